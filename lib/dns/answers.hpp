// What the DNS said of a name, as values.
#pragma once

#include "base/ip.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace leadverify {

/// How a lookup ended.
enum class DnsStatus : std::uint8_t {
  ok,        // there are records
  no_data,   // the name exists and has none of this type
  nxdomain,  // the name does not exist
  failed,    // SERVFAIL, REFUSED, no answer, or one that makes no sense: nothing is known
};

/// RFC 1035 §3.3.9
struct MxRecord {
  std::uint16_t preference = 0;  // the lowest is tried first
  std::string exchange;          // lower case, without the trailing dot; empty: the root, "."

  friend bool operator==(const MxRecord&, const MxRecord&) = default;
};

struct MxAnswer {
  DnsStatus status = DnsStatus::failed;
  std::vector<MxRecord> records;  // in the order of the answer; empty unless ok
  std::chrono::seconds ttl{0};    // how long it may be believed: the least along the CNAME chain;
                                  // of no_data and nxdomain the SOA's (RFC 2308 §5); 0 if failed
  std::string error;              // if failed: what happened, for a person
};

constexpr std::size_t most_addresses = 5;  // of one host that are used

struct AddressAnswer {
  DnsStatus status = DnsStatus::failed;
  std::vector<IpAddress> addresses;  // v6 first where both were asked for, at most 5 in all;
                                     // empty unless ok
  std::chrono::seconds ttl{0};       // as in MxAnswer
  std::string error;                 // likewise
};

/// What the TXT records of a name say (RFC 1035 §3.3.14).
struct TextAnswer {
  DnsStatus status = DnsStatus::failed;
  std::vector<std::string> texts;  // one a record, its strings put together (RFC 7208 §3.3), any
                                   // octets; at most 100, in order; empty unless ok
  std::chrono::seconds ttl{0};     // as in MxAnswer
  std::string error;               // likewise
};

/// What the PTR records of a name point to (RFC 1035 §3.3.12).
struct PointerAnswer {
  DnsStatus status = DnsStatus::failed;
  std::vector<std::string> names;  // lower case, without the trailing dot; at most 100, in order;
                                   // empty unless ok
  std::chrono::seconds ttl{0};     // as in MxAnswer
  std::string error;               // likewise
};

/// A lookup that failed: `error` says how, for a person.
template <class Answer>
Answer failed_answer(std::string error) {
  Answer answer;
  answer.error = std::move(error);
  return answer;
}

/// What the answers for AAAA and A records say of one host together: one that failed does not
/// spoil the other's addresses, and IPv6 leaves room for two of IPv4. Without addresses the
/// host is unknown (nxdomain) only if both say so.
AddressAnswer join_addresses(const AddressAnswer& v6, const AddressAnswer& v4);

}  // namespace leadverify
