#include <leadverify/json_line.hpp>

#include "base/utf8.hpp"

#include <algorithm>

namespace leadverify {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F;
}

/// Would a terminal or a reader be misled by the character: a control, C0 or C1, one that turns
/// the direction of writing, a line end of Unicode's own, an annotation's mark, or a tag?
bool misleads(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || is_bidi_control(c) || c == 0x2028 || c == 0x2029 ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

/// What stands for the character: itself, or what can be shown in its place.
std::string_view shown(const FirstCharacter& character, std::string_view octets) {
  if (!character.code_point) return replacement;
  const char32_t c = *character.code_point;
  // Line ends and tabs separate words.
  if (c == U'\n' || c == U'\r' || c == U'\t') return " ";
  return misleads(c) ? replacement : octets;
}

}  // namespace

std::string safe_text(std::string_view text, std::size_t limit) {
  const std::string_view start = text.substr(0, limit);
  const auto plain =
      static_cast<std::size_t>(std::ranges::find_if_not(start, is_plain) - start.begin());
  std::string safe(start.substr(0, plain));

  for (std::string_view rest = text.substr(plain); !rest.empty();) {
    const FirstCharacter character = first_character(rest);
    const std::string_view piece = shown(character, rest.substr(0, character.length));
    if (safe.size() + piece.size() > limit) break;
    safe += piece;
    // CRLF is one line end.
    rest.remove_prefix(rest.starts_with("\r\n") ? 2 : character.length);
  }
  return safe;
}

}  // namespace leadverify
