// What is written beside addresses and is no part of one, on either side of the @.
#pragma once

#include <optional>
#include <string>

namespace leadverify {

/// "a control character (U+000A) can't be part of an address"
std::string control_character(char c);

/// Why the ASCII character `c` stands in no part of an address that is not quoted, as a sentence:
/// controls, and what RFC 5322 gives a meaning in headers. Absent for any other.
std::optional<std::string> misplaced_anywhere(char c);

}  // namespace leadverify
