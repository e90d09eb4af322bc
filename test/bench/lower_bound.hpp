// The time below which no schedule can verify a list: what the limits leave of any cleverness.
//
// Work is session time. A session with a server whose replies take L each holds its slot for L at
// the banner, L at EHLO, L for each group of pipelined MAIL and RCPTs, and L at QUIT; connecting
// and the DNS take no time here. A domain that accepts a recipient is then asked for a random one,
// in a later group, with others if there are any. So for a domain d with r recipients, at a server
// with latency L, and with p RCPTs at most in a session, and g in a group, which is p or, under a
// rate limit, the burst if that is less:
//
//   groups(d)   = ceil(r / g), r with the random recipient, and 2 at least where there is one
//   sessions(e) = ceil(RCPTs behind e / p)
//   work(e)     = L * (3 * sessions(e) + sum of groups(d) behind e)
//
// The bound is the largest of
//
//   in all      sum of work(e) / sessions in all
//   an exchange work(e) / sessions for one address (or in all, or for its domains together)
//   a domain    L * groups(d) / sessions for one domain
//   rate        2 L + (RCPTs of d beyond the burst) * interval + 2 L
//   one session the 4 L of the shortest conversation, 5 L with the random recipient
//
// Manners bind beyond the limits that a user sets: so as not to be slowed down or thrown out by
// servers, a session never has more than 9 refusals, nor more RCPTs under way than may still be
// refused, and serves 6 domains at most. With them, g is at most 9, and sessions(e)
// is at least ceil(refusals behind e / 9) and ceil(domains behind e / 6).
#pragma once

#include <leadverify/options.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace leadverify::bench {

struct DomainWork {
  std::size_t accepted = 0;  // recipients that its server accepts
  std::size_t refused = 0;
  bool accepts_everybody = false;
};

/// A mail server at one address, and the domains behind it: each has no other.
struct ExchangeWork {
  std::chrono::nanoseconds latency{0};
  std::vector<DomainWork> domains;
};

struct Manners {
  std::size_t refusals_a_session = 9;
  std::size_t domains_a_session = 6;
};
inline constexpr Manners no_manners = {.refusals_a_session = std::numeric_limits<int>::max(),
                                       .domains_a_session = std::numeric_limits<int>::max()};

enum class Limit : std::uint8_t { in_all, an_exchange, a_domain, rate, one_session };
inline constexpr std::size_t limit_count = 5;
std::string_view to_string(Limit limit);

struct LowerBound {
  std::chrono::nanoseconds time{0};
  Limit limit = Limit::one_session;  // the one that binds
  std::size_t sessions = 0;          // the fewest that do, in all
};

LowerBound find_lower_bound(const std::vector<ExchangeWork>& exchanges,
                            const Options& options,
                            const Manners& manners);

}  // namespace leadverify::bench
