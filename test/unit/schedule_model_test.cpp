// The schedule as a whole in small worlds drawn by chance, in virtual time: limits, verdicts, and
// that nothing stands idle.
#include "bench/lower_bound.hpp"
#include "support/random_world.hpp"
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <random>

namespace leadverify {
namespace {

using std::chrono::seconds;

// Of each weather: more than 10,000 in all where the compiler optimises, and as many as take about
// 20 seconds where it does not.
#ifdef NDEBUG
constexpr std::uint64_t worlds = 3334;
#else
constexpr std::uint64_t worlds = 2000;
#endif

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

/// What a server can have seen of a domain's rate limit, as a bucket of tokens.
class SeenRate {
 public:
  explicit SeenRate(const Options& options)
      : unlimited_(options.domain_rate.count == 0),
        interval_(unlimited_ ? Duration{0} : options.domain_rate.per / options.domain_rate.count),
        burst_(options.domain_burst) {}

  /// Has any stretch of time more RCPTs than the burst, and what the rate adds in it and in `lag`?
  bool exceeded_by(const std::vector<TimePoint>& rcpt_at, Duration lag) const {
    if (unlimited_) return false;
    TimePoint full_at{};
    for (const TimePoint time : rcpt_at) {
      full_at = std::max(full_at, time) + interval_;
      if (full_at - time > interval_ * burst_ + lag) return true;
    }
    return false;
  }

  /// May so many more come `now`? As many as the burst, if they are more.
  bool permits(std::size_t count, const std::vector<TimePoint>& rcpt_at, TimePoint now) const {
    if (unlimited_) return true;
    TimePoint full_at{};
    for (const TimePoint time : rcpt_at) full_at = std::max(full_at, time) + interval_;
    const auto most = std::min(static_cast<Duration::rep>(count), burst_);
    return full_at <= now + interval_ * (burst_ - most);
  }

 private:
  bool unlimited_;
  Duration interval_;
  Duration::rep burst_;
};

/// How much later than a question the last of its RCPTs may leave: the tokens for all of them are
/// taken when it is put. Where the server takes commands one by one, RSET, MAIL and up to nine
/// RCPTs wait for a reply each.
Duration longest_question(const RandomWorld& world, const RandomWorld::Domain& domain) {
  Duration longest{0};
  for (const std::size_t exchange : domain.exchanges) {
    const auto& server = world.servers()[exchange];
    if (!server.pipelining) longest = std::max(longest, 11 * (server.latency + server.slowness));
  }
  return longest;
}

void check_limits(Faults& faults, const VirtualRun& run, const RandomWorld& world) {
  const Options& options = world.options();
  const world::Counts& seen = run.seen();
  check_most(faults, "sessions in all", seen.sessions.most, options.max_connections);
  for (const auto& [address, server] : seen.servers) {
    check_most(faults, "sessions with " + address, server.sessions.most, options.mx_connections);
    check_most(faults,
               "recipients in a session with " + address,
               server.most_rcpt_in_session,
               options.rcpt_per_session);
  }
  const SeenRate rate(options);
  for (const auto& domain : world.domains()) {
    const auto counts = seen.domains.find(domain.name);
    if (counts == seen.domains.end()) continue;
    check_most(faults,
               "sessions for " + domain.name,
               counts->second.sessions.most,
               options.domain_connections);
    if (rate.exceeded_by(counts->second.rcpt_at, longest_question(world, domain))) {
      faults.push_back("the rate of " + domain.name);
    }
  }
  if (seen.sessions.now != 0) faults.push_back("a session was left open");
  for (const std::string& line : seen.fault_lines) faults.push_back("a server saw: " + line);
}

/// Where all servers answer, everybody is asked once. Elsewhere a recipient is asked in each round
/// of retries, at each exchange of its domain, and there again where a session ended before its
/// turn, where its RCPT was one too many for a transaction, or where it gets another sender.
void check_times_asked(Faults& faults, const VirtualRun& run, const RandomWorld& world) {
  constexpr std::size_t most_in_a_round = 5;
  const auto rounds = static_cast<std::size_t>(1 + world.options().greylist_retries);
  std::map<std::string, std::size_t> most_of_domain;
  for (const auto& domain : world.domains()) {
    most_of_domain[domain.name] =
        world.weather() == Weather::fair ? 1 : rounds * most_in_a_round * domain.exchanges.size();
  }
  for (const auto& [recipient, times] : run.seen().recipients) {
    const std::size_t most = most_of_domain[recipient.substr(recipient.find('@') + 1)];
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
  check_limits(faults, run, world);
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

/// A run's faults and the world they came up in, for a person; empty where there are none.
std::string report(const RandomWorld& world, const Faults& faults) {
  if (faults.empty()) return {};
  std::string text;
  for (const std::string& fault : faults) text += fault + "\n";
  return text + describe(world);
}

void expect_no_faults(std::uint64_t number, Weather weather) {
  const RandomWorld world(number, weather);
  const std::string faults = report(world, find_faults(world));
  CAPTURE(number);
  CHECK(faults == "");
}

TEST_CASE(
    "in thousands of worlds that answer in time no limit is exceeded and every verdict is the "
    "truth",
    "[schedule][model]") {
  for (std::uint64_t number = 1; number <= worlds; ++number)
    expect_no_faults(number, Weather::fair);
}

TEST_CASE("in thousands of worlds that break off and put off no verdict is lost",
          "[schedule][model]") {
  for (std::uint64_t number = 1; number <= worlds; ++number) {
    expect_no_faults(number, Weather::strange);
  }
}

TEST_CASE(
    "in thousands of worlds where anything happens no limit is exceeded and no verdict is wrong",
    "[schedule][model]") {
  for (std::uint64_t number = 1; number <= worlds; ++number)
    expect_no_faults(number, Weather::foul);
}

/// Looks, whenever nothing is left but to let time pass, whether a slot stands idle.
class IdleWatch {
 public:
  IdleWatch(const RandomWorld& world, const VirtualRun& run)
      : world_(world), run_(run), rate_(world.options()) {}

  void look() {
    int open = 0;
    for (const auto& [address, connections] : run_.open_connections()) open += connections;
    if (open >= world_.options().max_connections) return;
    for (std::size_t i = 0; i < world_.servers().size(); ++i) look_at(i);
  }

  const Faults& faults() const { return faults_; }

 private:
  /// Behind each server, every domain that may ask and has no session has one that is being opened
  /// or closed for it, or finds the server's slots taken.
  void look_at(std::size_t server) {
    const int open = connections_with(world_.servers()[server].address);
    if (open >= world_.options().mx_connections) return;
    int of_domains = 0;
    int waiting = 0;
    for (std::size_t i = 0; i < world_.domains().size(); ++i) {
      if (world_.domains()[i].exchanges.front() != server) continue;
      const auto sessions = static_cast<int>(counts_of(i).sessions.now);
      of_domains += sessions;
      if (sessions == 0 && may_ask(i)) ++waiting;
    }
    if (open - of_domains >= waiting) return;
    faults_.push_back(std::to_string(waiting) + " domains wait for " +
                      world_.servers()[server].address + " at " +
                      std::to_string(std::chrono::duration<double>(run_.elapsed()).count()) + " s");
  }

  int connections_with(const std::string& address) const {
    const auto found = run_.open_connections().find(*IpAddress::parse(address));
    return found == run_.open_connections().end() ? 0 : found->second;
  }

  const world::DomainCounts& counts_of(std::size_t domain) const {
    static const world::DomainCounts nothing;
    const auto found = run_.seen().domains.find(world_.domains()[domain].name);
    return found == run_.seen().domains.end() ? nothing : found->second;
  }

  /// Is somebody not asked yet, and does the rate allow to ask for all of a session's share?
  bool may_ask(std::size_t domain) const {
    const auto not_asked = [&](const RandomWorld::Address& address) {
      return address.domain == domain && run_.seen().asked(address.text) == 0;
    };
    const auto count =
        static_cast<std::size_t>(std::ranges::count_if(world_.addresses(), not_asked));
    if (count == 0) return false;
    const auto share = static_cast<std::size_t>(world_.options().rcpt_per_session);
    return rate_.permits(
        std::min(count + 1, share), counts_of(domain).rcpt_at, TimePoint{} + run_.elapsed());
  }

  const RandomWorld& world_;
  const VirtualRun& run_;
  SeenRate rate_;
  Faults faults_;
};

TEST_CASE("no session slot stands idle while a domain may ask", "[schedule][model]") {
  for (std::uint64_t number = 1; number <= 1000; ++number) {
    const RandomWorld world(number, Weather::fair);
    VirtualRun run(world.script(), world.options());
    IdleWatch watch(world, run);
    submit_all(run, world);
    run.run([&] { watch.look(); });

    CAPTURE(number);
    CHECK(report(world, watch.faults()) == "");
  }
}

/// The work that a world's limits are to be kept in.
std::vector<bench::ExchangeWork> work_of(const RandomWorld& world) {
  std::vector<bench::DomainWork> domains(world.domains().size());
  for (const auto& address : world.addresses()) {
    bench::DomainWork& domain = domains[address.domain];
    domain.accepts_everybody = world.domains()[address.domain].accepts_everybody;
    ++(address.truth == Status::invalid ? domain.refused : domain.accepted);
  }
  std::vector<bench::ExchangeWork> exchanges(world.servers().size());
  for (std::size_t i = 0; i < exchanges.size(); ++i) {
    exchanges[i].latency = world.servers()[i].latency;
  }
  for (std::size_t i = 0; i < domains.size(); ++i) {
    if (domains[i].accepted + domains[i].refused == 0) continue;
    exchanges[world.domains()[i].exchanges.front()].domains.push_back(domains[i]);
  }
  return exchanges;
}

// Twice is rare: where the burst is 1 and the next token comes just behind an answer, each session
// is closed after one recipient.
TEST_CASE("a run takes at most three times the time that its limits and manners need",
          "[schedule][model]") {
  for (std::uint64_t number = 1; number <= 1000; ++number) {
    const RandomWorld world(number, Weather::fair);
    // The lower bound is one for servers that take commands in groups.
    if (!std::ranges::all_of(world.servers(), &RandomWorld::Server::pipelining)) continue;
    VirtualRun run(world.script(), world.options());
    submit_all(run, world);
    const Duration time = run.run();

    const auto bound =
        bench::find_lower_bound(work_of(world), world.options(), bench::Manners{}).time;
    CAPTURE(number);
    CHECK(time >= bound);
    CHECK(time <= 3 * bound);
  }
}

using Verdicts = std::map<std::string, Judgement>;

Verdicts find_verdicts(const RandomWorld& world,
                       int connections,
                       std::size_t piece,
                       std::uint64_t order) {
  Options options = world.options();
  options.max_connections = connections;
  VirtualRun run(world.script(), options, {.piece = piece});
  std::vector<RandomWorld::Address> addresses = world.addresses();
  std::shuffle(addresses.begin(), addresses.end(), std::mt19937_64(order));
  for (const auto& address : addresses) run.submit(address.text);
  run.run();

  Verdicts verdicts;
  for (const auto& address : addresses) {
    verdicts[address.text] = run[address.text].settlement.judgement;
  }
  return verdicts;
}

TEST_CASE("verdicts are the same with 1 and 500 sessions, in any order, however the octets are cut",
          "[schedule][model]") {
  for (std::uint64_t number = 1; number <= 300; ++number) {
    const RandomWorld world(number, Weather::strange);
    const Verdicts verdicts = find_verdicts(world, 1, 1000, 1);
    CAPTURE(number);
    CHECK(find_verdicts(world, 500, 1, 2) == verdicts);
    CHECK(find_verdicts(world, 500, 3, 3) == verdicts);
    CHECK(find_verdicts(world, 1, 3, 4) == verdicts);
  }
}

}  // namespace
}  // namespace leadverify
