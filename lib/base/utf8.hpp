// UTF-8 as it comes in: read character by character, whatever the octets are (RFC 3629).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// What a text begins with.
struct FirstCharacter {
  std::optional<char32_t> code_point;  // absent where the octets are not UTF-8
  std::size_t length = 1;              // octets that it takes; at least 1
};

/// Reads the first character of `text`. Overlong forms, surrogates, values beyond U+10FFFF and
/// sequences that break off are not UTF-8; `length` then is that of the longest beginning of a
/// character, the part for which one U+FFFD stands (Unicode §3.9).
/// REQUIRES: !text.empty().
FirstCharacter first_character(std::string_view text);

bool is_ascii(std::string_view text);

/// Offset of the first octet that belongs to no character; absent where all is UTF-8.
std::optional<std::size_t> find_broken_utf8(std::string_view text);

/// Characters (code points) in `text`, which is UTF-8.
std::size_t count_characters(std::string_view text);

/// Offset of the character that the octet at `offset` of `text`, which is UTF-8, belongs to;
/// the size of `text` where that is shorter.
std::size_t start_of_character(std::string_view text, std::size_t offset);

void append_utf8(std::string& text, char32_t code_point);

/// Does `code_point` steer the direction of writing (Unicode's Bidi_Control, and the deprecated
/// U+206A to U+206F)? Such characters make a text look like another.
bool is_bidi_control(char32_t code_point);

/// "U+202E"
std::string code_point_name(char32_t code_point);

}  // namespace leadverify
