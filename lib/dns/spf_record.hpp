// One SPF record, read into its terms (RFC 7208 §4.5, §4.6.1): pure.
#pragma once

#include "base/expected.hpp"
#include "base/ip.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

/// What a check of a sender's domain and a client's address comes to (RFC 7208 §2.6).
enum class SpfResult : std::uint8_t {
  pass,
  fail,
  softfail,
  neutral,
  none,       // the domain has no record
  temperror,  // the DNS failed
  permerror,  // the record is wrong
  undecided,  // it rests on what is not looked at here: `exists`, `ptr`, macros. Our own
};

std::string_view to_string(SpfResult result);

struct SpfMechanism {
  enum class Kind : std::uint8_t { all, include, a, mx, ptr, ip4, ip6, exists };
  Kind kind = Kind::all;
  SpfResult qualifier = SpfResult::pass;  // pass, fail, softfail or neutral: if it matches
  std::string domain;                     // as written; empty: the domain that is checked
  std::optional<IpNetwork> network;       // of ip4 and ip6
  int v4_prefix = 32;                     // of a and mx
  int v6_prefix = 128;                    // likewise
  std::string text;                       // the term as written
};

struct SpfRecord {
  std::vector<SpfMechanism> mechanisms;
  std::optional<std::string> redirect;  // a domain, as written
};

/// Is a TXT record's text an SPF record, whatever it says: "v=spf1", then a space or the end?
bool is_spf_record(std::string_view text);

/// Reads such a record. The error is the term that is wrong. Unknown modifiers are left out.
Expected<SpfRecord, std::string> read_spf_record(std::string_view text);

}  // namespace leadverify
