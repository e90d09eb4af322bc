// How far a run is, in a line for people.
#pragma once

#include <leadverify/verifier.hpp>

#include "app/terminal/look.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace leadverify::app {

struct RunStatus {
  Progress progress;
  std::uint64_t octets_read = 0;
  std::optional<std::uint64_t> octets_in_all;  // absent: not known
  bool all_read = false;
  std::chrono::nanoseconds elapsed{0};
  double each_second = 0;     // addresses settled, just now
  std::size_t held_back = 0;  // records that wait for those before them

  /// Addresses settled.
  std::uint64_t done() const { return progress.summary.total; }
  /// Addresses in all: known once everything is read, guessed before from the octets
  /// that were; absent where nothing tells.
  std::optional<std::uint64_t> total() const;
};

/// "120/1000 (12%)  8.5/s  valid 90  invalid 20 ...", without a line end.
std::string status_line(const RunStatus& status, const Look& look);

/// The same behind a bar, in exactly `columns` columns or less, whatever it takes.
std::string bar_line(const RunStatus& status, std::size_t columns, const Look& look);

}  // namespace leadverify::app
