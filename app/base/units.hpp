// Amounts as people write them on a command line: 45s, 10/min, 50.
#pragma once

#include <leadverify/options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify::app {

/// A duration of h, m, s and ms, the larger unit first and each at most once: "500ms",
/// "45s", "5m15s". Absent where `text` is none, has no unit, or is longer than a year.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

/// "N/s", "N/min", "N/h", or "0" which lifts the limit. Absent where `text` is none, or N
/// is above a million.
std::optional<Rate> parse_rate(std::string_view text);

/// A whole number in decimal digits: no sign, no white space, no unit. Absent where `text`
/// is none, or does not fit.
std::optional<std::uint64_t> parse_count(std::string_view text);

/// A duration for people, in its two largest units and rounded down: "45s", "5m15s", "1h02m".
std::string to_text(std::chrono::nanoseconds duration);

}  // namespace leadverify::app
