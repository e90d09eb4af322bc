// verify_list: has a list verified while it is read, and gives it up once too much of it is bad.
//
// usage: verify_list syntax|dns|smtp MOST_INVALID <LIST
//
// Reads one address a line. Writes status, reason and address of each as it becomes known, and
// the sums at the end; the progress goes to standard error about once a second. Exit status: 0
// verified, 1 given up, 2 called wrongly.
#include <leadverify/verifier.hpp>

#include <charconv>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace {

using leadverify::Callbacks;
using leadverify::Depth;
using leadverify::Options;
using leadverify::Progress;
using leadverify::Result;
using leadverify::Status;
using leadverify::Summary;

class ListCheck {
 public:
  ListCheck(Options options, std::uint64_t most_invalid)
      : most_invalid_(most_invalid), verifier_(std::move(options), callbacks()) {}

  Summary run(std::istream& list) {
    std::string text;
    for (std::uint64_t line = 1; std::getline(list, text); ++line) {
      // Waits where 10,000 addresses (options.window) are under way; false after stop().
      if (!verifier_.submit({.text = text, .line = line})) break;
    }
    verifier_.close();
    return verifier_.wait();
  }

 private:
  Callbacks callbacks() {
    Callbacks callbacks;
    callbacks.on_result = [this](const Result& result) { take(result); };
    callbacks.on_progress = [](const Progress& progress) {
      std::cerr << progress.summary.total << " of " << progress.submitted << " are settled\n";
    };
    return callbacks;
  }

  /// Called on a thread of the Verifier, one result at a time: `invalid_` needs no lock.
  void take(const Result& result) {
    std::cout << to_string(result.status) << ' ' << to_string(result.reason) << ' ' << result.email
              << '\n';
    if (result.status == Status::invalid && ++invalid_ == most_invalid_) verifier_.stop();
  }

  std::uint64_t most_invalid_;
  std::uint64_t invalid_ = 0;
  leadverify::Verifier verifier_;  // the last member: its callbacks use the others
};

std::optional<Depth> read_depth(std::string_view word) {
  if (word == "syntax") return Depth::syntax;
  if (word == "dns") return Depth::dns;
  if (word == "smtp") return Depth::smtp;
  return std::nullopt;
}

std::optional<std::uint64_t> read_count(std::string_view word) {
  std::uint64_t count = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), count);
  if (read.ec != std::errc{} || read.ptr != word.data() + word.size()) return std::nullopt;
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  const auto depth = argc == 3 ? read_depth(argv[1]) : std::nullopt;
  const auto most_invalid = argc == 3 ? read_count(argv[2]) : std::nullopt;
  if (!depth || !most_invalid) {
    std::cerr << "usage: verify_list syntax|dns|smtp MOST_INVALID <LIST\n";
    return 2;
  }

  Options options;
  options.depth = *depth;
  const Summary summary = ListCheck(options, *most_invalid).run(std::cin);

  std::cout << (summary.complete ? "verified: " : "given up: ") << summary.total << " addresses, "
            << summary.valid << " valid, " << summary.catch_all << " catch-all, " << summary.invalid
            << " invalid, " << summary.unknown << " unknown\n";
  return summary.complete ? 0 : 1;
}
