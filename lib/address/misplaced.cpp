#include "address/misplaced.hpp"

#include "address/ascii.hpp"
#include "base/utf8.hpp"

namespace leadverify {

std::string control_character(char c) {
  return "a control character (" + code_point_name(static_cast<unsigned char>(c)) +
         ") can't be part of an address";
}

std::optional<std::string> misplaced_anywhere(char c) {
  if (is_control(c)) return control_character(c);
  switch (c) {
    case '(':
    case ')': return "a comment in parentheses can't be sent in SMTP: write the address alone";
    case '<':
    case '>': return "angle brackets are no part of an address: leave them out";
    case ',':
    case ';': return "one address at a time: there is a '" + std::string(1, c) + "' in this one";
    default: return std::nullopt;
  }
}

}  // namespace leadverify
