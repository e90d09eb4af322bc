#include "address/domain_name.hpp"

#include "address/ascii.hpp"
#include "address/misplaced.hpp"
#include "base/ip.hpp"
#include "base/utf8.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace leadverify {
namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_domain = 255;
// Mapping shortens a label, by dropping what can't be seen; beyond this it is not tried.
constexpr std::size_t longest_unicode_label = 1024;

Unexpected<DomainFault> fault(std::string what, std::size_t offset) {
  return Unexpected(DomainFault{std::move(what), offset});
}

/// A full stop, or one of the three characters that IDNA reads as one (UTS 46 §2.3).
struct Dot {
  std::size_t offset;  // the text's size where there is none
  std::size_t length;  // in octets
};

Dot find_dot(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '.') return {i, 1};
    if (text[i] != '\xE3' && text[i] != '\xEF') continue;
    const std::string_view here = text.substr(i, 3);
    if (here == "\xE3\x80\x82" || here == "\xEF\xBC\x8E" || here == "\xEF\xBD\xA1") return {i, 3};
  }
  return {text.size(), 0};
}

/// Why an ASCII character has no place in a domain.
std::string misplaced_in_domain(char c) {
  if (auto sentence = misplaced_anywhere(c)) return *std::move(sentence);
  switch (c) {
    case '@': return "a second @: an address has one, and a local part that holds one is quoted";
    case '_': return "an underscore in the domain: mail domains have letters, digits and hyphens";
    case ' ': return "a space in the domain";
    case ':': return "a colon in the domain: a port or a scheme is no part of an address";
    case '[':
    case ']': return "a bracket in the domain: brackets go around an IP address alone";
    default:
      return std::string("'") + c +
             "' in the domain: mail domains have letters, digits and hyphens";
  }
}

/// What is wrong with the ASCII characters of a label; those beyond ASCII are left to IDNA.
std::optional<DomainFault> find_misplaced(std::string_view label) {
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char c = label[i];
    const bool fits =
        is_letter(c) || is_digit(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    if (!fits) return DomainFault{misplaced_in_domain(c), i};
  }
  return std::nullopt;
}

/// Letters, digits and inner hyphens, 1 to 63 of them (RFC 5321 §4.1.2, RFC 1035 §2.3.4).
std::optional<DomainFault> check_ldh(std::string_view label) {
  if (auto found = find_misplaced(label)) return found;
  if (label.front() == '-') return DomainFault{"a label of the domain begins with a hyphen", 0};
  if (label.back() == '-') {
    return DomainFault{"a label of the domain ends with a hyphen", label.size() - 1};
  }
  if (label.size() > longest_label) {
    return DomainFault{"a label of the domain is longer than 63 octets", longest_label};
  }
  return std::nullopt;
}

struct FreeIdn {
  void operator()(char* text) const { idn2_free(text); }
};
using IdnText = std::unique_ptr<char, FreeIdn>;

// IDN2_USE_STD3_ASCII_RULES is not for use here: it deletes characters, so that another domain
// would be asked about.
struct Conversion {
  int error;
  IdnText text;
};

Conversion to_a_label(const std::string& label) {
  char* text = nullptr;
  const int error = idn2_to_ascii_8z(label.c_str(), &text, IDN2_NONTRANSITIONAL);
  return {error, IdnText(text)};
}

/// Is `label`, in lower case, what IDNA makes of the Unicode label that it stands for?
bool is_a_label(const std::string& label) {
  char* unicode = nullptr;
  const int error = idn2_to_unicode_8z8z(label.c_str(), &unicode, IDN2_NONTRANSITIONAL);
  const IdnText owner(unicode);
  if (error != IDN2_OK || is_ascii(unicode)) return false;

  const Conversion back = to_a_label(unicode);
  return back.error == IDN2_OK && label == back.text.get();
}

std::string explain_idna(int error, std::string_view character) {
  const auto code_point = first_character(character).code_point;
  const std::string name = code_point ? code_point_name(*code_point) : "";
  switch (error) {
    case IDN2_DISALLOWED: return name + " is a character that domain names can't have (IDNA2008)";
    case IDN2_UNASSIGNED: return name + " is no character that IDNA2008 knows";
    case IDN2_LEADING_COMBINING: return "a label of the domain begins with a combining mark";
    case IDN2_CONTEXTJ:
    case IDN2_CONTEXTJ_NO_RULE:
    case IDN2_CONTEXTO:
    case IDN2_CONTEXTO_NO_RULE: return "a label of the domain has a character where it can't stand";
    case IDN2_BIDI: return "a label of the domain mixes directions of writing (RFC 5893)";
    case IDN2_2HYPHEN: return "a label of the domain has hyphens in its third and fourth place";
    case IDN2_HYPHEN_STARTEND: return "a label of the domain begins or ends with a hyphen";
    case IDN2_PUNYCODE_BIG_OUTPUT:
    case IDN2_TOO_BIG_DOMAIN:
    case IDN2_TOO_BIG_LABEL: return "a label of the domain is longer than 63 octets as an A-label";
    default: return "a label of the domain is no internationalised one (IDNA2008)";
  }
}

/// Where IDNA's error shows: the first character that meets it also when it stands alone
/// between letters, else the label as a whole.
std::size_t locate(std::string_view label, int error) {
  if (error != IDN2_DISALLOWED && error != IDN2_UNASSIGNED) return 0;
  for (std::size_t i = 0; i < label.size();) {
    const std::size_t length = first_character(label.substr(i)).length;
    const std::string alone = "a" + std::string(label.substr(i, length)) + "a";
    if (length > 1 && to_a_label(alone).error == error) return i;
    i += length;
  }
  return 0;
}

Expected<std::string, DomainFault> normalise_unicode_label(std::string_view label) {
  if (auto found = find_misplaced(label)) return Unexpected(*found);
  if (label.size() > longest_unicode_label) {
    return fault("a label of the domain is longer than 63 octets", 0);
  }
  const Conversion converted = to_a_label(std::string(label));
  if (converted.error != IDN2_OK) {
    const std::size_t offset = locate(label, converted.error);
    return fault(explain_idna(converted.error, label.substr(offset)), offset);
  }

  std::string mapped = converted.text.get();
  if (mapped.empty()) return fault("a label of the domain has nothing but invisible characters", 0);
  // Compatibility mapping can bring in ASCII of any kind: U+2100 becomes "a/c".
  if (const auto found = check_ldh(mapped)) return fault(found->what, 0);
  return mapped;
}

Expected<std::string, DomainFault> normalise_label(std::string_view label) {
  std::string normal;
  if (is_ascii(label)) {
    if (auto found = check_ldh(label)) return Unexpected(*found);
    normal.resize(label.size());
    std::ranges::transform(label, normal.begin(), to_lower);
  } else {
    auto converted = normalise_unicode_label(label);
    if (!converted) return converted;
    normal = *std::move(converted);
  }
  if (normal.starts_with("xn--") && !is_a_label(normal)) {
    return fault("a label of the domain begins with xn-- and is no A-label (IDNA2008)", 0);
  }
  return normal;
}

/// Why there is no label at `begin`, and the dot that shows it.
DomainFault empty_label(std::string_view text, std::size_t begin, std::size_t dot_before) {
  if (begin == 0) return {"the domain begins with a dot", 0};
  if (begin == text.size()) return {"the domain ends with a dot", dot_before};
  return {"two dots in a row in the domain", begin};
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

std::string_view last_label(std::string_view domain) {
  return domain.substr(domain.rfind('.') + 1);
}

}  // namespace

Expected<std::string, DomainFault> normalise_domain(std::string_view text) {
  if (text.empty()) return fault("there is no domain", 0);
  if (const auto broken = find_broken_utf8(text)) return fault("not UTF-8", *broken);

  std::string domain;
  domain.reserve(text.size());
  std::size_t begin = 0;
  std::size_t dot_before = 0;
  while (true) {
    const Dot dot = find_dot(text, begin);
    if (dot.offset == begin) return Unexpected(empty_label(text, begin, dot_before));
    auto label = normalise_label(text.substr(begin, dot.offset - begin));
    if (!label) return fault(label.error().what, begin + label.error().offset);
    domain += *label;
    if (domain.size() > longest_domain) return fault("the domain is longer than 255 octets", begin);
    if (dot.length == 0) break;
    domain += '.';
    dot_before = dot.offset;
    begin = dot.offset + dot.length;
  }

  if (begin == 0) return fault("the domain has no dot", 0);
  if (!all_digits(last_label(domain))) return domain;
  if (IpAddress::parse(domain)) {
    return fault("an IP address in place of a domain goes in brackets: [" + domain + "]", 0);
  }
  return fault("the last label of the domain is all digits", begin);
}

bool is_helo_name(std::string_view name) {
  if (name.empty() || name.size() > longest_domain || !is_ascii(name)) return false;
  std::string_view rest = name;
  while (true) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    if (end == 0 || check_ldh(rest.substr(0, end))) return false;
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
    if (rest.empty()) return false;
  }
  return !all_digits(last_label(name));
}

}  // namespace leadverify
