// What a mail world saw of its clients: the witness of every test and benchmark.
#pragma once

#include "base/time.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace leadverify::world {

/// How many there are, and how many there were at most.
struct Gauge {
  std::uint64_t now = 0;
  std::uint64_t most = 0;

  void rise() {
    if (++now > most) most = now;
  }
  void fall() { --now; }
};

struct ServerCounts {  // of one IP address
  std::uint64_t connections = 0;
  std::uint64_t mail = 0;  // commands, whatever their reply
  std::uint64_t rcpt = 0;
  std::uint64_t rset = 0;
  std::uint64_t quit = 0;
  std::uint64_t most_rcpt_in_session = 0;
  std::uint64_t most_errors_in_session = 0;  // replies of 4yz and 5yz
  Gauge sessions;
};

struct DomainCounts {  // of one recipient domain
  std::uint64_t rcpt = 0;
  std::uint64_t most_rcpt_in_a_minute = 0;  // in any 60 s
  /// A session counts for the domain of its last RCPT, until it ends, says RSET or asks about
  /// another.
  Gauge sessions;
  std::vector<TimePoint> rcpt_at;  // when each RCPT came
};

/// What no client may do.
struct FaultCounts {
  std::uint64_t forbidden_command = 0;  // other than EHLO HELO STARTTLS MAIL RCPT RSET NOOP QUIT
  std::uint64_t bare_lf = 0;
  std::uint64_t nul = 0;
  std::uint64_t long_line = 0;   // over 512 octets with its CRLF (RFC 5321 §4.5.3.1.4)
  std::uint64_t early = 0;       // octets before the banner
  std::uint64_t pipelining = 0;  // a command that had to wait for a reply (RFC 2920 §3.1)

  std::uint64_t sum() const {
    return forbidden_command + bare_lf + nul + long_line + early + pipelining;
  }
};

struct Counts {
  std::uint64_t connections = 0;
  std::uint64_t ehlo = 0;
  std::uint64_t helo = 0;
  std::uint64_t starttls = 0;
  std::uint64_t secured = 0;  // handshakes that were done
  std::uint64_t mail = 0;
  std::uint64_t rcpt = 0;
  std::uint64_t rset = 0;
  std::uint64_t quit = 0;
  Gauge sessions;
  FaultCounts faults;
  std::vector<std::string> fault_lines;  // the first 20 lines at fault, for a person
  std::map<std::string, ServerCounts, std::less<>> servers;   // by IP address
  std::map<std::string, DomainCounts, std::less<>> domains;   // by recipient domain, lower case
  std::unordered_map<std::string, std::uint64_t> recipients;  // RCPTs by address as it was sent
  std::uint64_t dns_queries = 0;
  std::map<std::string, std::uint64_t, std::less<>> dns;  // by "valid.test MX"

  std::uint64_t asked(const std::string& recipient) const;
};

/// Every count by its name; gauges as {"now","most"}.
nlohmann::ordered_json to_json(const Counts& counts);

}  // namespace leadverify::world
