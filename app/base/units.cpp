#include "app/base/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace leadverify::app {
namespace {

using std::chrono::nanoseconds;

struct Unit {
  std::string_view name;
  nanoseconds length;
};

constexpr std::array duration_units = {Unit{"h", std::chrono::hours{1}},
                                       Unit{"m", std::chrono::minutes{1}},
                                       Unit{"s", std::chrono::seconds{1}},
                                       Unit{"ms", std::chrono::milliseconds{1}}};

constexpr std::array rate_units = {Unit{"s", std::chrono::seconds{1}},
                                   Unit{"min", std::chrono::minutes{1}},
                                   Unit{"h", std::chrono::hours{1}}};

// A year: far beyond use, and far from where a clock's arithmetic would overflow.
constexpr nanoseconds longest_duration = std::chrono::hours{366 * 24};

constexpr std::uint64_t highest_rate = 1'000'000;

std::string two_digits(long long number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::optional<nanoseconds> parse_duration(std::string_view text) {
  nanoseconds total{0};
  auto unit = duration_units.begin();
  do {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::optional<std::uint64_t> count = parse_count(text.substr(0, digits));
    text.remove_prefix(digits);
    const std::string_view name = text.substr(0, text.find_first_of("0123456789"));
    text.remove_prefix(name.size());

    unit = std::find_if(
        unit, duration_units.end(), [&](const Unit& candidate) { return candidate.name == name; });
    if (!count || unit == duration_units.end()) return std::nullopt;
    if (*count > static_cast<std::uint64_t>(longest_duration / unit->length)) return std::nullopt;
    total += unit->length * static_cast<nanoseconds::rep>(*count);
    ++unit;
  } while (!text.empty());

  if (total > longest_duration) return std::nullopt;
  return total;
}

std::optional<Rate> parse_rate(std::string_view text) {
  if (text == "0") return Rate{};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;

  const std::optional<std::uint64_t> count = parse_count(text.substr(0, slash));
  const auto unit = std::ranges::find(rate_units, text.substr(slash + 1), &Unit::name);
  if (!count || *count > highest_rate || unit == rate_units.end()) return std::nullopt;
  return Rate{.count = static_cast<unsigned>(*count), .per = unit->length};
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t count = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, count);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return count;
}

std::string to_text(nanoseconds duration) {
  const long long seconds = std::chrono::floor<std::chrono::seconds>(duration).count();
  if (seconds < 60) return std::to_string(seconds) + "s";
  const long long minutes = seconds / 60;
  if (minutes < 60) return std::to_string(minutes) + "m" + two_digits(seconds % 60) + "s";
  return std::to_string(minutes / 60) + "h" + two_digits(minutes % 60) + "m";
}

}  // namespace leadverify::app
