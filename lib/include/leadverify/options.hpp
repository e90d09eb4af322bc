// Every knob of a verification: unit, range, default.
//
// A default-constructed Options is what `leadverify` runs with when it is given
// no option. fault() says what is wrong with a set of values, in a sentence for
// the person who chose them; Verifier wants a set without a fault.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

/// How deep to look.
enum class Depth : std::uint8_t { syntax, dns, smtp };

/// Which IP versions mail servers are connected to over.
enum class IpVersion : std::uint8_t { any, v4, v6 };

/// At most `count` events in each stretch of `per`; a count of 0 lifts the limit.
struct Rate {
  unsigned count = 0;
  std::chrono::nanoseconds per = std::chrono::minutes{1};

  friend bool operator==(const Rate&, const Rate&) = default;
};

struct Options {
  // Checks.
  Depth depth = Depth::smtp;
  bool catch_all = true;  // ask each domain that accepts a recipient for a random one too

  // Identity.
  std::optional<std::string> helo;  // EHLO name: a host name or an address literal in brackets.
                                    // Absent: system_helo(), else our address as a literal
  std::string mail_from;            // reverse-path; empty is the null one, <>
  std::optional<std::string> fallback_mail_from;  // asked with where the null reverse-path is
                                                  // refused; absent: postmaster@ the EHLO name

  // Providers: who accepts every recipient, or does not want the question, is not asked.
  std::optional<std::string> providers;  // text of a provider table (docs/providers.md); absent:
                                         // the one that the library brings along
  std::vector<std::string> probe_providers;  // names from the table, to be asked all the same

  // Network.
  std::vector<std::string> resolvers;   // "IP", "IP:PORT", "[IP6]:PORT"; none: the system's
  std::uint16_t smtp_port = 25;         // 1 to 65535
  std::vector<std::string> allow_nets;  // CIDR blocks whose mail servers may be connected to
                                        // although they are not public
  IpVersion ip = IpVersion::any;

  // Time.
  std::chrono::nanoseconds connect_timeout = std::chrono::seconds{10};
  std::chrono::nanoseconds command_timeout = std::chrono::seconds{30};  // greeting and each reply,
                                                                        // to its last line
  std::chrono::nanoseconds session_timeout = std::chrono::minutes{2};   // one session in all
  std::vector<std::chrono::nanoseconds> greylist_delays = {std::chrono::seconds{45}};
  // wait before each retry of a temporarily refused recipient; the last one repeats. At least one
  int greylist_retries = 2;  // 0 or more
  std::chrono::nanoseconds greylist_max_delay = std::chrono::minutes{10};
  // the longest wait that a server's own hint can ask for; past it, no retry

  // Limits, each at least 1; they hold at every instant.
  int max_connections = 50;    // sessions open at once, in all
  int domain_connections = 5;  // for one recipient domain
  int mx_connections = 5;      // for one address of a mail server, whatever the domains behind it
  Rate domain_rate = {10, std::chrono::minutes{1}};  // recipients asked for one domain
  int domain_burst = 10;                             // of which so many may come at once
  int rcpt_per_session = 20;                         // recipients asked over one connection
  int threads = 1;                                   // that run the io_context; 1 to 64
  int window = 10'000;  // addresses in hand at once, an eighth of them of one domain; more of that
                        // domain wait in some 64 MB, and submit() waits when either is full

  // Cache.
  std::chrono::nanoseconds mx_ttl = std::chrono::hours{1};  // cap on how long a DNS answer is kept
};

/// What is wrong with `options`, as one sentence; absent where nothing is.
std::optional<std::string> fault(const Options& options);

/// This host's fully qualified name as the system knows it (its host name, or
/// the canonical name that the hosts file gives it); absent where it has none.
/// Sends nothing to the network.
std::optional<std::string> system_helo();

}  // namespace leadverify
