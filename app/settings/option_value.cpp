#include "app/settings/option_value.hpp"

#include "app/base/units.hpp"
#include "app/base/usage_error.hpp"

namespace leadverify::app {
namespace {

std::string trim(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

const std::string& OptionValue::word() const {
  if (text_.empty()) throw UsageError(option_ + " wants an argument that is not empty");
  return text_;
}

bool OptionValue::yes_or_no() const {
  return choice<bool>(
      {{"true", true}, {"yes", true}, {"1", true}, {"false", false}, {"no", false}, {"0", false}});
}

int OptionValue::number(int least, int most) const {
  const std::optional<std::uint64_t> count = parse_count(text_);
  const auto in_range = [&](std::uint64_t n) {
    return n >= static_cast<std::uint64_t>(least) && n <= static_cast<std::uint64_t>(most);
  };
  if (!count || !in_range(*count)) {
    refuse("a number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return static_cast<int>(*count);
}

std::chrono::nanoseconds OptionValue::duration() const {
  return duration_in(text_);
}

std::chrono::nanoseconds OptionValue::duration_in(std::string_view item) const {
  const std::optional<std::chrono::nanoseconds> duration = parse_duration(item);
  if (!duration) refuse("a duration with its unit, such as 500ms, 45s, 5m or 1h");
  return *duration;
}

Rate OptionValue::rate() const {
  const std::optional<Rate> rate = parse_rate(text_);
  if (!rate) refuse("a rate such as 5/s, 10/min or 100/h (0 lifts the limit)");
  return *rate;
}

std::vector<std::string> OptionValue::list() const {
  std::vector<std::string> items;
  std::size_t begin = 0;
  std::size_t comma = 0;
  do {
    comma = text_.find(',', begin);
    items.push_back(trim(text_.substr(begin, comma - begin)));
    if (items.back().empty()) refuse("a list with commas and no empty item");
    begin = comma + 1;
  } while (comma != std::string::npos);
  return items;
}

std::vector<std::chrono::nanoseconds> OptionValue::durations() const {
  std::vector<std::chrono::nanoseconds> durations;
  for (const std::string& item : list()) durations.push_back(duration_in(item));
  return durations;
}

void OptionValue::refuse(const std::string& wanted) const {
  throw UsageError(option_ + " wants " + wanted + ", not '" + text_ + "'");
}

}  // namespace leadverify::app
