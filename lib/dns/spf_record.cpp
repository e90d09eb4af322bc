#include "dns/spf_record.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace leadverify {
namespace {

using Kind = SpfMechanism::Kind;

constexpr std::string_view version = "v=spf1";

constexpr std::array<std::pair<std::string_view, Kind>, 8> kinds = {{
    {"all", Kind::all},
    {"include", Kind::include},
    {"a", Kind::a},
    {"mx", Kind::mx},
    {"ptr", Kind::ptr},
    {"ip4", Kind::ip4},
    {"ip6", Kind::ip6},
    {"exists", Kind::exists},
}};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// A domain-spec as it is asked for: lower case, without a trailing dot.
std::string read_domain(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  return lower_case(text);
}

std::optional<SpfResult> qualifier_of(char sign) {
  switch (sign) {
    case '+': return SpfResult::pass;
    case '-': return SpfResult::fail;
    case '~': return SpfResult::softfail;
    case '?': return SpfResult::neutral;
    default: return std::nullopt;
  }
}

std::optional<int> read_prefix(std::string_view text, int most) {
  int length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || length < 0 || length > most) return std::nullopt;
  return length;
}

/// Takes "/24", "//64" or "/24//64" from the end of `text`; false: it is wrong.
bool take_prefixes(std::string_view& text, SpfMechanism& mechanism) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return true;
  std::string_view prefixes = text.substr(slash);
  text = text.substr(0, slash);
  const std::size_t two = prefixes.find("//");
  if (two != prefixes.npos) {
    const auto v6 = read_prefix(prefixes.substr(two + 2), 128);
    if (!v6) return false;
    mechanism.v6_prefix = *v6;
    prefixes = prefixes.substr(0, two);
  }
  if (prefixes.empty()) return true;
  const auto v4 = read_prefix(prefixes.substr(1), 32);
  if (!v4) return false;
  mechanism.v4_prefix = *v4;
  return true;
}

bool take_network(std::string_view text, SpfMechanism& mechanism) {
  const auto address = IpAddress::parse(text.substr(0, text.find('/')));
  const auto network = IpNetwork::parse(text);
  if (!address || !network || address->is_v4() != (mechanism.kind == Kind::ip4)) return false;
  mechanism.network = *network;
  return true;
}

/// What stands behind the name of a mechanism: ":DOMAIN", prefixes, a network; false: it is wrong.
bool take_rest(std::string_view rest, SpfMechanism& mechanism) {
  const bool has_argument = rest.starts_with(':');
  if (has_argument) rest.remove_prefix(1);
  switch (mechanism.kind) {
    case Kind::all: return rest.empty() && !has_argument;
    case Kind::ip4:
    case Kind::ip6: return has_argument && take_network(rest, mechanism);
    case Kind::a:
    case Kind::mx:
      if (!take_prefixes(rest, mechanism)) return false;
      break;
    case Kind::include:
    case Kind::exists:
      if (!has_argument) return false;
      break;
    case Kind::ptr: break;
  }
  mechanism.domain = read_domain(rest);
  return has_argument != rest.empty();
}

std::optional<SpfMechanism> read_mechanism(std::string_view term) {
  SpfMechanism mechanism;
  mechanism.text = term;
  if (const auto qualifier = qualifier_of(term.front())) {
    mechanism.qualifier = *qualifier;
    term.remove_prefix(1);
  }
  const std::string_view name = term.substr(0, term.find_first_of(":/"));
  const auto* const kind =
      std::ranges::find(kinds, lower_case(name), &std::pair<std::string_view, Kind>::first);
  if (kind == kinds.end()) return std::nullopt;
  mechanism.kind = kind->second;
  if (!take_rest(term.substr(name.size()), mechanism)) return std::nullopt;
  return mechanism;
}

/// Is it NAME=VALUE (RFC 7208 §12)? A mechanism has a : or a / before any =.
bool is_modifier(std::string_view term) {
  const std::size_t sign = term.find_first_of("=:/");
  return sign != term.npos && sign > 0 && term[sign] == '=';
}

/// Takes a modifier in; false: it is wrong.
bool take_modifier(std::string_view term, SpfRecord& record) {
  constexpr std::string_view redirect = "redirect=";
  if (lower_case(term.substr(0, redirect.size())) != redirect) return true;
  if (record.redirect || term.size() == redirect.size()) return false;
  record.redirect = read_domain(term.substr(redirect.size()));
  return true;
}

}  // namespace

std::string_view to_string(SpfResult result) {
  switch (result) {
    case SpfResult::pass: return "pass";
    case SpfResult::fail: return "fail";
    case SpfResult::softfail: return "softfail";
    case SpfResult::neutral: return "neutral";
    case SpfResult::none: return "none";
    case SpfResult::temperror: return "temperror";
    case SpfResult::permerror: return "permerror";
    case SpfResult::undecided: return "undecided";
  }
  return {};
}

bool is_spf_record(std::string_view text) {
  if (text.size() < version.size() || lower_case(text.substr(0, version.size())) != version) {
    return false;
  }
  return text.size() == version.size() || text[version.size()] == ' ';
}

Expected<SpfRecord, std::string> read_spf_record(std::string_view text) {
  text.remove_prefix(version.size());
  SpfRecord record;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return record;
    const std::string_view term = text.substr(0, text.find(' '));
    text.remove_prefix(term.size());
    if (is_modifier(term)) {
      if (!take_modifier(term, record)) return Unexpected(std::string(term));
      continue;
    }
    auto mechanism = read_mechanism(term);
    if (!mechanism) return Unexpected(std::string(term));
    record.mechanisms.push_back(*std::move(mechanism));
  }
}

}  // namespace leadverify
