// A line of a script, taken apart word by word.
#pragma once

#include "base/time.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify::world {

class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) { skip_space(); }

  bool empty() const { return rest_.empty(); }
  /// What has not been taken, without white space around it.
  std::string_view rest() const { return rest_; }
  std::string_view peek() const { return rest_.substr(0, rest_.find_first_of(" \t")); }

  /// The next word; empty at the end.
  std::string_view take() {
    const std::string_view word = peek();
    rest_.remove_prefix(word.size());
    skip_space();
    return word;
  }

 private:
  void skip_space() {
    const auto begin = rest_.find_first_not_of(" \t");
    rest_ = begin == rest_.npos ? std::string_view{} : rest_.substr(begin);
    rest_ = rest_.substr(0, rest_.find_last_not_of(" \t") + 1);
  }

  std::string_view rest_;
};

/// A number in decimal digits and nothing else.
inline std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "500ms", "45s", "5m", "1h"
inline std::optional<Duration> read_duration(std::string_view text) {
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == text.npos) return std::nullopt;
  const auto number = read_number(text.substr(0, digits));
  if (!number) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  if (unit == "ms") return std::chrono::milliseconds(*number);
  if (unit == "s") return std::chrono::seconds(*number);
  if (unit == "m") return std::chrono::minutes(*number);
  if (unit == "h") return std::chrono::hours(*number);
  return std::nullopt;
}

}  // namespace leadverify::world
