// How text for people looks on a descriptor: colours, characters, width.
#pragma once

#include "app/settings/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadverify::app {

enum class Colour : std::uint8_t { none, green, yellow, red, faint };

struct Look {
  bool terminal = false;
  bool colours = false;
  bool utf8 = false;     // characters beyond ASCII can be shown
  bool redraws = false;  // a line can be erased and drawn anew
};

/// What `descriptor` can show. Colours: as `wanted` says; by itself, on a terminal that is not
/// `dumb`, unless NO_COLOR is set (to anything but nothing). UTF-8 is told by LC_ALL, LC_CTYPE or
/// LANG, the first of them that is set.
Look look_of(int descriptor, ColourStyle wanted);

/// `text` in `colour` (ECMA-48: SGR), or as it is.
std::string in_colour(std::string_view text, Colour colour, const Look& look);

/// The width of the terminal; 80 where it does not say.
std::size_t columns_of(int terminal);

}  // namespace leadverify::app
