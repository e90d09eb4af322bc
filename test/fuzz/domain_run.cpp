// The whole schedule, in virtual time, against two mail servers that act as the octets say.
#include "fuzz/target.hpp"
#include "support/virtual_run.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace leadverify::fuzz {
namespace {

constexpr std::array<std::string_view, 15> directives = {"latency",
                                                         "slow",
                                                         "offers",
                                                         "no-pipelining",
                                                         "max-rcpt",
                                                         "max-sessions",
                                                         "errors",
                                                         "accepted",
                                                         "unknown",
                                                         "relay",
                                                         "banner",
                                                         "users",
                                                         "greylist",
                                                         "on",
                                                         "serves"};

constexpr std::size_t most_lines = 24;  // of a server
constexpr std::size_t longest_line = 160;

bool is_directive(std::string_view line) {
  const std::string_view word = line.substr(0, line.find(' '));
  return std::ranges::find(directives, word) != directives.end() &&
         line.find("repeat") == std::string_view::npos;
}

/// A server of the world; lines that are no directives of one are left out.
std::string server(const std::string& heading, std::string_view text) {
  std::string script = heading + "\n  users user*\n";
  for (std::size_t lines = 0; !text.empty() && lines < most_lines; ++lines) {
    const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size()));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.size() > longest_line || !is_directive(line)) continue;
    const std::string longer = script + "  " + std::string(line) + "\n";
    if (world::read_script(longer)) script = longer;
  }
  return script;
}

constexpr std::string_view domains =
    "domain one.test\n  mx 10 mx1.test\n"
    "domain two.test\n  mx 10 mx1.test\n  mx 20 mx2.test\n"
    "domain three.test\n  mx 10 mx2.test\n  mx 10 mx1.test\n"
    "domain everybody.test\n  mx 10 mx2.test\n  users *\n";

Options options_from(std::string_view head) {
  Options options;
  options.max_connections = 1 + static_cast<int>(octet_at(head, 0) % 6);
  options.domain_connections = 1 + static_cast<int>(octet_at(head, 1) % 3);
  options.mx_connections = 1 + static_cast<int>(octet_at(head, 2) % 3);
  options.rcpt_per_session = 1 + static_cast<int>(octet_at(head, 3) % 10);
  options.greylist_retries = static_cast<int>(octet_at(head, 4) % 4);
  options.catch_all = octet_at(head, 5) % 4 != 3;
  options.domain_rate.count = octet_at(head, 6) % 2 == 0 ? 0 : 10;
  return options;
}

std::vector<std::string> addresses(std::string_view head) {
  std::vector<std::string> all;
  const std::size_t most = 1 + octet_at(head, 7) % 3;
  for (const std::string_view domain : {"one.test", "two.test", "three.test", "everybody.test"}) {
    for (std::size_t i = 0; i < most; ++i) {
      const std::string_view name = i % 3 == 1 ? "nobody" : "user";
      all.push_back(std::string(name) + std::to_string(i) + "@" + std::string(domain));
    }
  }
  return all;
}

void check_most(std::uint64_t most, int limit, std::string_view promise) {
  require(most <= static_cast<std::uint64_t>(limit), promise);
}

void check_limits(const world::Counts& seen, const Options& options) {
  check_most(seen.sessions.most, options.max_connections, "sessions in all have their limit");
  for (const auto& [address, counts] : seen.servers) {
    check_most(counts.sessions.most, options.mx_connections, "sessions with a server too");
    check_most(counts.most_rcpt_in_session, options.rcpt_per_session, "a session has its share");
  }
  for (const auto& [domain, counts] : seen.domains) {
    check_most(counts.sessions.most, options.domain_connections, "sessions for a domain too");
  }
}

void check_settled(const VirtualRun& run, const std::string& address) {
  require(run.has(address), "every recipient is settled");
  const Settlement& settlement = run[address].settlement;
  const Reason reason = settlement.judgement.reason;
  const Status status = status_of(reason);
  const bool heard = settlement.finding && settlement.finding->reply;
  if (status == Status::unknown) return;
  require(run.seen().asked(address) > 0, "no verdict on a recipient that was not asked about");
  require(heard && settlement.finding->stage == Stage::rcpt, "a verdict rests on a reply to RCPT");
  const int klass = settlement.finding->reply->klass();
  require(status == Status::invalid ? klass >= 4 : klass == 2, "and its class fits");
}

/// Three units: the client's limits, and the two servers.
void run(Octets octets) {
  const auto units = split_units(as_text(octets), 3);
  const std::string script = server("server mx1.test 127.1.0.1", unit_at(units, 1)) +
                             server("server mx2.test 127.1.0.2", unit_at(units, 2)) +
                             std::string(domains);
  const Options options = options_from(units.front());
  VirtualRun run(script, options);
  const std::vector<std::string> asked = addresses(units.front());
  for (const std::string& address : asked) run.submit(address);
  run.run();

  require(run.size() == asked.size(), "every recipient is settled, and nobody else");
  for (const std::string& address : asked) check_settled(run, address);
  for (const auto& [address, open] : run.open_connections()) {
    require(open == 0, "no connection is left open");
  }
  require(run.seen().faults.sum() == 0, "a client does nothing that it may not");
  check_limits(run.seen(), options);
}

const Registration registration({.name = "domain_run", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
