#include "app/terminal/look.hpp"

#include <unistd.h>

#include <cstdlib>
#include <strings.h>
#include <sys/ioctl.h>

namespace leadverify::app {
namespace {

/// Empty where it is not set, since many set it to nothing to take it away.
std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

bool names_utf8(std::string_view locale) {
  const std::size_t dot = locale.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string charset(locale.substr(dot + 1));
  return ::strncasecmp(charset.c_str(), "UTF-8", 5) == 0 ||
         ::strncasecmp(charset.c_str(), "UTF8", 4) == 0;
}

bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = variable(name);
    if (!locale.empty()) return names_utf8(locale);
  }
  return false;
}

std::string_view sequence(Colour colour) {
  switch (colour) {
    case Colour::none: break;
    case Colour::green: return "\033[32m";
    case Colour::yellow: return "\033[33m";
    case Colour::red: return "\033[31m";
    case Colour::faint: return "\033[2m";
  }
  return {};
}

}  // namespace

Look look_of(int descriptor, ColourStyle wanted) {
  const std::string_view terminal = variable("TERM");
  Look look;
  look.terminal = ::isatty(descriptor) != 0;
  look.redraws = look.terminal && !terminal.empty() && terminal != "dumb";
  look.utf8 = speaks_utf8();
  switch (wanted) {
    case ColourStyle::always: look.colours = true; break;
    case ColourStyle::never: break;
    case ColourStyle::by_terminal: look.colours = look.redraws && variable("NO_COLOR").empty();
  }
  return look;
}

std::string in_colour(std::string_view text, Colour colour, const Look& look) {
  std::string coloured(text);
  if (!look.colours || colour == Colour::none) return coloured;
  coloured.insert(0, sequence(colour));
  return coloured + "\033[0m";
}

std::size_t columns_of(int terminal) {
  constexpr std::size_t usual = 80;
  winsize size{};
  if (::ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

}  // namespace leadverify::app
