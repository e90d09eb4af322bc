// The schedule as a whole in small worlds drawn by chance, in virtual time: limits, verdicts, and
// that nothing stands idle.
#include "bench/lower_bound.hpp"
#include "support/random_world.hpp"
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace leadverify {
namespace {

using std::chrono::seconds;

/// What is wrong with a run, in sentences.
using Faults = std::vector<std::string>;

void submit_all(VirtualRun& run, const RandomWorld& world) {
  for (const auto& address : world.addresses()) run.submit(address.text);
}

void check_most(Faults& faults, const std::string& what, std::uint64_t most, int limit) {
  if (most <= static_cast<std::uint64_t>(limit)) return;
  faults.push_back(what + ": " + std::to_string(most) + " where " + std::to_string(limit) +
                   " are allowed");
}

/// Has any stretch of time more of these than the burst and what the rate adds in it?
bool exceeds(const std::vector<TimePoint>& times, const Options& options) {
  if (options.domain_rate.count == 0) return false;
  const Duration interval = options.domain_rate.per / options.domain_rate.count;
  TimePoint full_at{};
  for (const TimePoint time : times) {
    full_at = std::max(full_at, time) + interval;
    if (full_at - time > interval * options.domain_burst) return true;
  }
  return false;
}

void check_limits(Faults& faults, const VirtualRun& run, const Options& options) {
  const world::Counts& seen = run.seen();
  check_most(faults, "sessions in all", seen.sessions.most, options.max_connections);
  for (const auto& [address, server] : seen.servers) {
    check_most(faults, "sessions with " + address, server.sessions.most, options.mx_connections);
    check_most(faults,
               "recipients in a session with " + address,
               server.most_rcpt_in_session,
               options.rcpt_per_session);
  }
  for (const auto& [name, domain] : seen.domains) {
    check_most(faults, "sessions for " + name, domain.sessions.most, options.domain_connections);
    if (exceeds(domain.rcpt_at, options)) faults.push_back("the rate of " + name);
  }
  if (seen.sessions.now != 0) faults.push_back("a session was left open");
  for (const std::string& line : seen.fault_lines) faults.push_back("a server saw: " + line);
}

void check_times_asked(Faults& faults, const VirtualRun& run, const RandomWorld& world) {
  std::map<std::string, std::uint64_t> most_of_domain;
  for (const auto& domain : world.domains()) {
    const auto rounds = static_cast<std::uint64_t>(1 + world.options().greylist_retries);
    most_of_domain[domain.name] = rounds * 3 * domain.exchanges.size();
  }
  for (const auto& [recipient, times] : run.seen().recipients) {
    const std::uint64_t most = most_of_domain[recipient.substr(recipient.find('@') + 1)];
    check_most(faults, "RCPTs for " + recipient, times, static_cast<int>(most));
  }
}

void check_verdicts(Faults& faults, const VirtualRun& run, const RandomWorld& world) {
  for (const auto& address : world.addresses()) {
    if (!run.has(address.text)) {
      faults.push_back(address.text + " was not settled");
      continue;
    }
    const Reason reason = run[address.text].reason();
    const Status status = status_of(reason);
    const bool clear = world.domains()[address.domain].clear;
    const bool undecided = status == Status::unknown ||
                           (status == Status::valid && address.truth == Status::catch_all);
    if (status == address.truth || (undecided && !clear)) continue;
    faults.push_back(address.text + " is " + std::string(to_string(reason)) + " and not " +
                     std::string(to_string(address.truth)));
  }
}

Faults find_faults(const RandomWorld& world) {
  VirtualRun run(world.script(), world.options());
  submit_all(run, world);
  run.run();
  Faults faults;
  check_limits(faults, run, world.options());
  check_times_asked(faults, run, world);
  check_verdicts(faults, run, world);
  return faults;
}

std::string describe(const RandomWorld& world) {
  const Options& options = world.options();
  const auto seconds_of = [](Duration time) {
    return std::to_string(std::chrono::duration_cast<seconds>(time).count()) + "s ";
  };
  std::string text = "sessions " + std::to_string(options.max_connections) + ", of a domain " +
                     std::to_string(options.domain_connections) + ", with an address " +
                     std::to_string(options.mx_connections) + "; recipients in each " +
                     std::to_string(options.rcpt_per_session) + "; rate " +
                     std::to_string(options.domain_rate.count) + " a minute, burst " +
                     std::to_string(options.domain_burst) + "; retries " +
                     std::to_string(options.greylist_retries) + " after ";
  for (const Duration delay : options.greylist_delays) text += seconds_of(delay);
  text += options.catch_all ? "\n" : "; no catch-all\n";
  text += world.script();
  for (const auto& address : world.addresses()) text += address.text + " ";
  return text;
}

void expect_no_faults(std::uint64_t number, Weather weather) {
  const RandomWorld world(number, weather);
  const Faults faults = find_faults(world);
  if (faults.empty()) return;
  CAPTURE(number, faults);
  FAIL_CHECK(describe(world));
}

TEST_CASE("in 1,000 worlds that answer in time no limit is exceeded and every verdict is the truth",
          "[schedule][model]") {
  for (std::uint64_t number = 1; number <= 1000; ++number) expect_no_faults(number, Weather::fair);
}

TEST_CASE("in 1,000 worlds that break off and put off no verdict is lost", "[schedule][model]") {
  for (std::uint64_t number = 1; number <= 1000; ++number) {
    expect_no_faults(number, Weather::strange);
  }
}

TEST_CASE("in 1,000 worlds where anything happens no limit is exceeded and no verdict is wrong",
          "[schedule][model]") {
  for (std::uint64_t number = 1; number <= 1000; ++number) expect_no_faults(number, Weather::foul);
}

}  // namespace
}  // namespace leadverify
