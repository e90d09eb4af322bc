// A mail world as its script tells it: names, servers, and how each of them acts.
//
// The format is described in test/world/README.md.
#pragma once

#include "base/expected.hpp"
#include "base/ip.hpp"
#include "base/time.hpp"
#include "dns/answers.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::world {

/// What can happen to a server.
enum class Event : std::uint8_t {
  connect,     // a client connects
  early,       // a client speaks before the banner
  pipelining,  // a command comes that had to wait for a reply (RFC 2920 §3.1)
  ehlo,
  helo,
  starttls,
  mail,
  rcpt,
  rset,
  noop,
  quit,
  data,
  other,  // any other command
};
inline constexpr std::size_t event_count = 13;

/// One thing that a server does when something happens to it.
struct Step {
  enum class Kind : std::uint8_t {
    line,       // says `text`, a line; 421 ends the connection (RFC 5321 §3.8)
    octets,     // says `text` as it stands
    drip,       // says `text`, a line, an octet each `pause`
    repeat,     // says `text`, a line, `times` times, `pause` apart
    silent,     // says nothing from here on, and keeps the connection
    close,      // ends the connection
    reset,      // ends it with a TCP reset
    refuse,     // at connect: the port is closed
    blackhole,  // at connect: the SYN is never answered
    usual,      // does as if there were no rule
  };
  Kind kind = Kind::line;
  Duration wait{0};  // before it
  std::string text;
  Duration pause{0};
  std::size_t times = 1;
};

/// What a server does on an event, if all the conditions hold. "*" is any.
struct Rule {
  Event event = Event::connect;
  std::string recipient = "*";    // rcpt: local part, or the whole address if there is an '@'
  std::string client = "*";       // the client's IP address
  std::string helo = "*";         // its name in EHLO or HELO
  std::string sender = "*";       // the reverse-path; "" is the null one
  std::size_t nth = 0;            // only the nth such event of a session; 0: any
  std::size_t first = 0;          // only the first so many (rcpt: of each recipient); 0: any
  std::optional<Duration> until;  // only so long since the world began
  std::vector<Step> steps;
};

/// A temporary refusal of each new triplet of client, sender and recipient.
struct Greylist {
  Duration delay{0};
  std::string reply;
};

/// Who lives at a domain or behind a server.
struct Household {
  std::optional<std::vector<std::string>> users;  // globs of local parts; absent: not said here
  std::optional<Greylist> greylist;
  std::vector<Rule> rules;  // of Event::rcpt
};

/// A departure of the DNS from a plain answer.
struct DnsManner {
  enum class Kind : std::uint8_t {
    nxdomain,
    servfail,
    refused,
    formerr,
    silent,     // no answer
    truncated,  // over UDP TC and no record, over TCP all of them
    garbage,    // octets that are no message
  };
  Kind kind = Kind::servfail;
  std::optional<std::uint16_t> type;  // only for questions of this type
  std::size_t first = 0;              // only for the first so many; 0: always
};

/// What the DNS knows of a name, and who lives there if it is a mail domain.
struct Name {
  std::vector<MxRecord> mx;
  std::vector<IpAddress> addresses;
  std::string cname;  // empty: none
  std::chrono::seconds ttl{300};
  std::chrono::seconds negative_ttl{60};
  Duration latency{0};
  std::vector<DnsManner> manners;
  Household household;  // overrides that of its servers
};

struct Server {
  /// What it makes of STARTTLS.
  enum class Tls : std::uint8_t {
    off,       // is not offered
    on,        // offers it
    required,  // and refuses MAIL without
    refused,   // offers it, and answers 454
    broken,    // offers it, and answers the handshake with an alert
    inject,    // lets a reply follow the 220 before the handshake
  };

  std::string name;
  std::vector<IpAddress> addresses;
  Duration latency{0};                           // of each reply; once for a pipelined group
  std::vector<std::pair<Event, Duration>> slow;  // further time that each such command takes
  std::vector<std::string> offers;               // EHLO keywords
  Tls tls = Tls::off;
  std::vector<std::string> serves;             // globs of domains, beyond those with an MX here
  std::optional<std::size_t> most_recipients;  // accepted in one transaction
  std::optional<std::size_t> most_sessions;    // of one client at once
  std::optional<std::size_t> soft_errors;      // from then on each reply takes a second more
  std::optional<std::size_t> hard_errors;      // from then on 421
  std::string accepted_reply;
  std::string unknown_reply;
  std::string relay_reply;
  std::vector<Rule> rules;  // of all events but rcpt
  Household household;

  Server();
};

struct Script {
  std::map<std::string, Name, std::less<>> names;  // lower case, without the trailing dot
  std::vector<Server> servers;
};

struct ScriptFault {
  std::size_t line = 0;  // 1-based
  std::string what;      // a sentence
};

/// "line 7: there is no directive 'mxx'"
std::string to_string(const ScriptFault& fault);

Expected<Script, ScriptFault> read_script(std::string_view text);

/// Does `text` fit `glob`, where * stands for any octets and ? for one? ASCII case is ignored.
bool fits(std::string_view glob, std::string_view text);

std::string lower_case(std::string_view text);

}  // namespace leadverify::world
