#include "base/host_name.hpp"

#include <algorithm>
#include <cstddef>

namespace leadverify {
namespace {

constexpr std::size_t longest_name = 253;  // 255 octets on the wire (RFC 1035 §2.3.4)
constexpr std::size_t longest_label = 63;

// The locale has no say in what a host name is.
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_hex_digit(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

bool may_stand_in_label(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_';
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, may_stand_in_label);
}

bool is_number(std::string_view label) {
  if (label.size() >= 2 && label[0] == '0' && lower(label[1]) == 'x') {
    return std::ranges::all_of(label.substr(2), is_hex_digit);
  }
  return std::ranges::all_of(label, is_digit);
}

bool means_this_machine(std::string_view top_level) {
  const auto is = [&](std::string_view word) {
    return std::ranges::equal(top_level, word, {}, lower);
  };
  return is("localhost") || is("localdomain");
}

}  // namespace

bool is_host_name(std::string_view name) {
  if (name.size() > longest_name) return false;
  const std::size_t last_dot = name.rfind('.');
  if (last_dot == std::string_view::npos) return false;
  const std::string_view top_level = name.substr(last_dot + 1);
  if (is_number(top_level) || means_this_machine(top_level)) return false;

  std::string_view rest = name;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    if (!is_label(rest.substr(0, dot))) return false;
    rest.remove_prefix(dot + 1);
  }
  return is_label(rest);
}

}  // namespace leadverify
