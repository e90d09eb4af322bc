// May this address send mail for that domain (RFC 7208)? The check, told what the DNS says (pure).
//
// It is made from the beginning with every answer that comes, and either ends or says what it has
// to know next. So it can stop anywhere without a memory of its own: the answers are its memory.
// `exists`, `ptr` and macros are not looked at: what rests on them is undecided.
#pragma once

#include "base/ip.hpp"
#include "dns/answers.hpp"
#include "dns/spf_record.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>

namespace leadverify {

/// What the DNS said so far, by name.
struct SpfAnswers {
  std::map<std::string, TextAnswer> texts;
  std::map<std::string, MxAnswer> exchanges;
  std::map<std::string, AddressAnswer> addresses;  // of the client's IP version alone
};

struct SpfQuestion {
  enum class Kind : std::uint8_t { texts, exchanges, addresses };
  Kind kind = Kind::texts;
  std::string name;

  friend bool operator==(const SpfQuestion&, const SpfQuestion&) = default;
};

struct SpfVerdict {
  SpfResult result = SpfResult::none;
  std::string because;  // the term that decided, or what is wrong; any octets. Empty: nothing did

  friend bool operator==(const SpfVerdict&, const SpfVerdict&) = default;
};

/// The verdict on `client` for `domain` (lower case, A-labels), or what must be known for it. It
/// ends after at most 10 terms that ask the DNS and 2 answers without records (RFC 7208 §4.6.4).
std::variant<SpfVerdict, SpfQuestion> check_spf(const std::string& domain,
                                                const IpAddress& client,
                                                const SpfAnswers& answers);

}  // namespace leadverify
