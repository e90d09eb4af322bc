#include "address/own_name.hpp"

#include "address/ascii.hpp"
#include "address/domain_name.hpp"

#include <algorithm>

namespace leadverify {
namespace {

/// Can others tell by it who greets them?
bool is_qualified(std::string_view name) {
  const std::size_t first_dot = name.find('.');
  if (first_dot == std::string_view::npos || !is_helo_name(name)) return false;
  const std::string_view first = name.substr(0, first_dot);
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return !equal_ignoring_case(first, "localhost") && !equal_ignoring_case(last, "localhost") &&
         !equal_ignoring_case(last, "localdomain");
}

/// Takes the next line or word off `text`: up to one of `separators`.
std::string_view take(std::string_view& text, std::string_view separators) {
  const std::size_t end = std::min(text.find_first_of(separators), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

std::string_view take_word(std::string_view& line) {
  std::string_view word;
  while (word.empty() && !line.empty()) word = take(line, " \t\r");
  return word;
}

/// The canonical name on a line "IP canonical alias..." of a hosts file that names `host_name`;
/// empty where it does not.
std::string_view canonical_name(std::string_view line, std::string_view host_name) {
  line = line.substr(0, line.find('#'));
  take_word(line);  // the address
  const std::string_view canonical = take_word(line);
  for (std::string_view name = canonical; !name.empty(); name = take_word(line)) {
    if (equal_ignoring_case(name, host_name)) return canonical;
  }
  return {};
}

}  // namespace

std::optional<std::string> own_name(std::string_view host_name, std::string_view hosts) {
  if (is_qualified(host_name)) return std::string(host_name);
  while (!hosts.empty()) {
    const std::string_view canonical = canonical_name(take(hosts, "\n"), host_name);
    if (is_qualified(canonical)) return std::string(canonical);
  }
  return std::nullopt;
}

}  // namespace leadverify
