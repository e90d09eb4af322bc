// What a domain's MX answer means for its mail: exchanges in order, or why there are none.
#pragma once

#include "dns/answers.hpp"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace leadverify {

struct MailRoute {
  enum class Kind : std::uint8_t {
    exchanges,       // ask these
    implicit,        // no MX: the domain is its own exchange if it has an address (RFC 5321 §5.1)
    null_mx,         // takes no mail (RFC 7505)
    domain_unknown,  // NXDOMAIN
    no_exchange,     // MX records, and none of them names a host
    unknown,         // the DNS did not tell
  };
  Kind kind = Kind::unknown;
  std::vector<std::string>
      exchanges;          // host names, best first, at most 10; for implicit the domain
  std::string error;      // where there are none: why, for a person
  bool has_more = false;  // the domain has exchanges beyond those
};

/// Sorts by preference, shuffles among equal ones with `random` (RFC 5321 §5.1), drops
/// duplicates and names that are not host names, keeps the first 10.
MailRoute route_mail(const std::string& domain, const MxAnswer& answer, std::mt19937_64& random);

}  // namespace leadverify
