#include "world/series.hpp"

#include "world/words.hpp"

namespace leadverify::world {
namespace {

constexpr std::uint32_t most_numbers = 100'000;

}  // namespace

std::optional<Series> find_series(std::string_view text) {
  for (auto begin = text.find('{'); begin != text.npos; begin = text.find('{', begin + 1)) {
    const auto end = text.find('}', begin);
    if (end == text.npos) return std::nullopt;
    const std::string_view inner = text.substr(begin + 1, end - begin - 1);
    const auto dash = inner.find('-');
    if (dash == inner.npos) continue;
    const auto first = read_number(inner.substr(0, dash));
    const auto last = read_number(inner.substr(dash + 1));
    if (!first || !last || *first > *last || *last - *first >= most_numbers) continue;
    return Series{begin, end + 1, *first, *last};
  }
  return std::nullopt;
}

std::string with_number(std::string text, std::uint32_t number) {
  if (const auto series = find_series(text)) {
    text.replace(series->begin, series->end - series->begin, std::to_string(number));
  }
  return repeat_number(std::move(text), number);
}

std::string repeat_number(std::string text, std::uint32_t number) {
  const std::string digits = std::to_string(number);
  for (auto at = text.find("{}"); at != text.npos; at = text.find("{}", at)) {
    text.replace(at, 2, digits);
  }
  return text;
}

}  // namespace leadverify::world
