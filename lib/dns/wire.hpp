// The octets of a DNS answer, read as what they say of a name (RFC 1035 §4.1).
//
// Any octets can be given: what makes no sense is `failed`, never a wrong answer. The reading
// follows the CNAME chain from the question by owner name, takes the least TTL along it, and
// holds "there is none" apart from "this server does not know", since a domain without a mail
// server and a resolver that fails must not look alike.
#pragma once

#include "dns/answers.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace leadverify {

/// A message's four bits of response code (RFC 1035 §4.1.1).
enum class ResponseCode : std::uint8_t {
  no_error = 0,
  format_error = 1,
  server_failure = 2,
  name_error = 3,
  not_implemented = 4,
  refused = 5,
};

/// The response code of `message`; server_failure if it is too short to have one. Codes beyond
/// the named ones are given as their number.
ResponseCode response_code(std::span<const std::uint8_t> message);

/// "SERVFAIL"; "response code 9" where there is no short name.
std::string to_string(ResponseCode code);

/// What `message` says to the question for MX records of `name` (case is ignored). An exchange
/// is lower case; octets that no plain name has are escaped as in RFC 1035 §5.1 ("x\000y"), so
/// that an odd record can be named and is never taken for a host.
MxAnswer read_mx_answer(std::span<const std::uint8_t> message, std::string_view name);

/// Likewise for A records (family v4) or AAAA records (v6). The first five addresses,
/// each once, in order.
AddressAnswer read_address_answer(std::span<const std::uint8_t> message,
                                  std::string_view name,
                                  IpAddress::Family family);

/// Likewise for TXT records.
TextAnswer read_text_answer(std::span<const std::uint8_t> message, std::string_view name);

/// Likewise for PTR records; what they point to is written as an exchange is.
PointerAnswer read_pointer_answer(std::span<const std::uint8_t> message, std::string_view name);

}  // namespace leadverify
