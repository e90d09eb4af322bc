// A list that a run is given piece by piece, so that each piece is a write of its own.
#pragma once

#include "support/program.hpp"
#include "support/records.hpp"
#include "support/settled.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace leadverify {

/// Waits until `file` of `folder` has `count` lines; false after 20 seconds.
inline bool wait_for_lines(const TemporaryFolder& folder,
                           const std::string& file,
                           std::ptrdiff_t count) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < deadline) {
    const std::string text = folder.read(file);
    if (std::count(text.begin(), text.end(), '\n') >= count) return true;
    ::usleep(5000);
  }
  return false;
}

struct StagedList {
  static constexpr std::array pieces = {"# a list\nada@example.org\nnonsense\n",
                                        "\nbob@example.net\nada@EXAMPLE.org\n",
                                        "b\xC3\xB6rge@example.net\nbob@example.net"};
  static constexpr std::ptrdiff_t records_in_piece = 2;

  StagedList() {
    REQUIRE(run_program(call("whole"), all()).exit_status == 0);
    expected = settled(folder.read("whole"));
    REQUIRE(expected.size() == pieces.size() * records_in_piece);
  }

  static std::string all() {
    std::string text;
    for (const char* const piece : pieces) text += piece;
    return text;
  }

  /// A run with its records in `file` of the folder.
  Call call(const std::string& file, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"--check", "syntax", "-o", folder.path(file)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return {.arguments = arguments};
  }

  /// Does what `call` asks, for "out", up to the piece behind the first `calm`, whose records
  /// are awaited.
  Outcome run(const Call& call, std::size_t calm) const {
    Program program(call);
    for (std::size_t piece = 0; piece < pieces.size() && piece <= calm; ++piece) {
      program.write(pieces.at(piece));
      const auto records = static_cast<std::ptrdiff_t>(piece + 1) * records_in_piece;
      if (piece < calm) REQUIRE(wait_for_lines(folder, "out", records));
    }
    return program.finish();
  }

  /// Is all in "out" after one more run?
  void check_completed() const {
    const Outcome outcome = run_program(call("out", {"--resume"}), all());
    CHECK(outcome.exit_status == 0);
    CHECK(outcome.messages.empty());
    CHECK(settled(folder.read("out")) == expected);
    CHECK(read_records(outcome.output).summary.at("total") == expected.size());
  }

  TemporaryFolder folder;
  std::multiset<std::string> expected;
};

}  // namespace leadverify
