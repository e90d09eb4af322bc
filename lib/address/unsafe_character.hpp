// Which of Unicode's characters have no place in a local part: those that can't be seen, that
// make an address look like another, or that mean nothing to anybody but their sender.
//
// RFC 6531 §3.3 lets every character beyond ASCII into a local part, and RFC 6532 §3.1 only
// advises against some. This program is stricter, since its input comes from web forms and
// address lists, where such characters are accidents or attacks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// Where in a local part a character stands.
enum class LocalPartForm { dot_string, quoted_string };

/// Why the character at `offset` of `text` can't stand in a local part, as a sentence; absent
/// where it can. `text` is UTF-8, and the character is not ASCII. A quoted string may hold
/// white space, but no line ends.
std::optional<std::string> unsafe_character(std::string_view text,
                                            std::size_t offset,
                                            LocalPartForm form);

}  // namespace leadverify
