#include "address/mailbox.hpp"

#include "address/ascii.hpp"
#include "address/misplaced.hpp"
#include "address/unsafe_character.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>

namespace leadverify {
namespace {

constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_address = 254;

/// What is wrong and at which octet of the text.
using Fault = DomainFault;

struct Domain {
  std::string text;
  std::optional<IpAddress> literal;
};

Unexpected<Fault> fault(std::string what, std::size_t offset) {
  return Unexpected(Fault{std::move(what), offset});
}

/// RFC 5322 §3.2.3, without the characters beyond ASCII that RFC 6531 §3.3 adds.
constexpr std::array<bool, 128> atext = [] {
  std::array<bool, 128> table{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789!#$%&'*+-/=?^_`{|}~")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

/// Why an ASCII character has no place in a local part that is not quoted.
std::string misplaced_in_local_part(char c) {
  if (auto sentence = misplaced_anywhere(c)) return *std::move(sentence);
  switch (c) {
    case ' ': return "a space in the local part: only a quoted one can have it";
    case '"': return "a quotation mark inside the local part: quote the whole of it, or nothing";
    case '\\': return "a backslash in the local part: only a quoted one can have it";
    default: return std::string("'") + c + "' in the local part: only a quoted one can have it";
  }
}

Unexpected<Fault> no_at(std::string_view text) {
  return fault("there is no @", text.size());
}

/// The length of the dot-string that `text` begins with; after it comes an @.
Expected<std::size_t, Fault> read_dot_string(std::string_view text) {
  // Where there is none, that is the thing to say, whatever else is wrong; beyond ASCII there
  // may be something that looks like one.
  if (text.find('@') == std::string_view::npos && is_ascii(text)) return no_at(text);
  bool after_dot = true;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '@') {
      if (i == 0) return fault("there is nothing before the @", 0);
      if (after_dot) return fault("the local part ends with a dot", i - 1);
      return i;
    }
    if (c == '.') {
      if (i == 0) return fault("the local part begins with a dot", 0);
      if (after_dot) return fault("two dots in a row in the local part", i);
      after_dot = true;
      ++i;
      continue;
    }
    after_dot = false;
    if (c < 0x80) {
      if (!atext[c]) return fault(misplaced_in_local_part(text[i]), i);
      ++i;
      continue;
    }
    if (auto unsafe = unsafe_character(text, i, LocalPartForm::dot_string)) {
      return fault(*std::move(unsafe), i);
    }
    i += first_character(text.substr(i)).length;
  }
  return no_at(text);
}

/// The length of the quoted string that `text` begins with, its marks included; after it comes
/// an @ (RFC 5321 §4.1.2: printable ASCII, and a backslash before any of it).
Expected<std::size_t, Fault> read_quoted_string(std::string_view text) {
  bool escaped = false;
  std::size_t i = 1;
  while (i < text.size() && (escaped || text[i] != '"')) {
    const char c = text[i];
    if (is_control(c)) return fault(control_character(c), i);
    if (static_cast<unsigned char>(c) < 0x80) {
      escaped = !escaped && c == '\\';
      ++i;
      continue;
    }
    if (escaped) return fault("a backslash before a character that is not ASCII", i - 1);
    if (auto unsafe = unsafe_character(text, i, LocalPartForm::quoted_string)) {
      return fault(*std::move(unsafe), i);
    }
    i += first_character(text.substr(i)).length;
  }
  if (i == text.size()) return fault("the quotation mark is not closed", 0);

  const std::size_t length = i + 1;
  if (length == text.size()) return fault("there is no @ after the quoted local part", length);
  if (text[length] != '@') {
    return fault("the closing quotation mark is not followed by the @", length);
  }
  return length;
}

Expected<std::size_t, Fault> read_local_part(std::string_view text) {
  auto length = text.front() == '"' ? read_quoted_string(text) : read_dot_string(text);
  if (length && *length > longest_local_part) {
    return fault("the local part is longer than 64 octets",
                 start_of_character(text, longest_local_part));
  }
  return length;
}

/// RFC 5321 §4.1.3, from the "[" on.
Expected<Domain, Fault> read_address_literal(std::string_view text) {
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) return fault("the bracket is not closed", 0);
  if (close + 1 != text.size()) return fault("there is more after the address literal", close + 1);

  const std::string_view content = text.substr(1, close - 1);
  const std::size_t colon = content.find(':');
  if (colon == std::string_view::npos) {
    const auto address = IpAddress::parse(content);
    if (!address) {
      return fault(
          "no IPv4 address in the brackets: four numbers of 0 to 255, without leading zeros", 1);
    }
    return Domain{"[" + address->to_string() + "]", address};
  }
  if (!equal_ignoring_case(content.substr(0, colon), "ipv6")) {
    if (IpAddress::parse(content)) {
      return fault("an IPv6 address in brackets needs its tag: [IPv6:" + std::string(content) + "]",
                   1);
    }
    return fault(
        "an address literal of an unknown kind: there are [192.0.2.1] and [IPv6:2001:db8::1]", 1);
  }
  const auto address = IpAddress::parse(content.substr(colon + 1));
  if (!address || address->is_v4()) return fault("no IPv6 address after the tag", colon + 2);
  return Domain{"[IPv6:" + address->to_string() + "]", address};
}

Expected<Domain, Fault> read_domain(std::string_view text) {
  if (text.empty()) return fault("there is nothing after the @", 0);
  if (text.front() == '[') return read_address_literal(text);
  auto domain = normalise_domain(text);
  if (!domain) return Unexpected(domain.error());
  return Domain{*std::move(domain), std::nullopt};
}

Expected<Mailbox, Fault> read_mailbox(std::string_view text) {
  if (text.empty()) return fault("there is no address", 0);
  if (const auto broken = find_broken_utf8(text)) return fault("not UTF-8", *broken);

  const auto length = read_local_part(text);
  if (!length) return Unexpected(length.error());
  const std::size_t domain_offset = *length + 1;
  auto domain = read_domain(text.substr(domain_offset));
  if (!domain) return fault(domain.error().what, domain_offset + domain.error().offset);
  if (domain_offset + domain->text.size() > longest_address) {
    return fault("the address is longer than 254 octets",
                 start_of_character(text, longest_address));
  }

  Mailbox mailbox;
  mailbox.local_part = text.substr(0, *length);
  mailbox.domain = std::move(domain->text);
  mailbox.literal = domain->literal;
  mailbox.needs_smtputf8 = !is_ascii(mailbox.local_part);
  return mailbox;
}

}  // namespace

std::string to_string(const SyntaxFault& fault) {
  return fault.what + " (column " + std::to_string(fault.column) + ")";
}

Expected<Mailbox, SyntaxFault> parse_mailbox(std::string_view text) {
  auto mailbox = read_mailbox(text);
  if (mailbox) return *std::move(mailbox);
  const Fault& fault = mailbox.error();
  const std::size_t column = 1 + count_characters(text.substr(0, fault.offset));
  return Unexpected(SyntaxFault{fault.what, column});
}

}  // namespace leadverify
