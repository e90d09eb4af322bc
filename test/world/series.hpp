// Many of a kind in a line of a script: `{1-60}` and the `{}` that repeats its number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify::world {

/// `{1-60}` in a text; of at most 100,000 numbers.
struct Series {
  std::size_t begin = 0;  // where it stands
  std::size_t end = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The first one in `text`.
std::optional<Series> find_series(std::string_view text);

/// `text` with `number` in place of its series, if there is one, and of each `{}`.
std::string with_number(std::string text, std::uint32_t number);

/// `text` with `number` in place of each `{}` alone.
std::string repeat_number(std::string text, std::uint32_t number);

}  // namespace leadverify::world
