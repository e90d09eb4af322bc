// How near the schedule comes to the shortest time that its limits allow, in random worlds.
//
//   makespan_bench [--limits standard|random] [--worlds 200] [--first 1] [--show 3]
//
// Each world has 1 to 24 mail servers that take 10 to 1,000 ms for a reply, 1 to 60 domains behind
// them with 1 to 300 addresses, a quarter of them unknown, and every tenth domain a catch-all. Half
// of the worlds have a rate limit of 10 to 600 a minute; the other limits are those of a run
// without options, or drawn too. Each world is run through in virtual time; its makespan, from the
// first address to the last QUIT, is divided by the lower bound (lower_bound.hpp): that of the
// limits alone, and that of the limits and the manners. The connections are divided by the fewest
// that the same work can be done with. --show tells the worst worlds by number;
// one is run again by --first NUMBER --worlds 1.
#include "bench/arguments.hpp"
#include "bench/child.hpp"
#include "bench/lower_bound.hpp"
#include "support/virtual_run.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>

using namespace leadverify;
using namespace leadverify::bench;

namespace {

enum class Limits : std::uint8_t { standard, random };

class RandomWorld {
 public:
  RandomWorld(std::uint64_t number, Limits limits) : random_(number) {
    if (limits == Limits::random) draw_limits();
    options_.domain_rate.count = happens(0.5) ? 0 : unsigned(draw_by_size(10, 600));
    draw_exchanges();
    draw_domains();
    std::shuffle(addresses_.begin(), addresses_.end(), random_);
  }

  const Options& options() const { return options_; }
  const std::vector<ExchangeWork>& exchanges() const { return exchanges_; }
  const std::vector<std::string>& addresses() const { return addresses_; }

  std::string describe() const {
    std::size_t used = 0;
    std::size_t domains = 0;
    for (const ExchangeWork& exchange : exchanges_) {
      used += exchange.domains.empty() ? 0 : 1;
      domains += exchange.domains.size();
    }
    return std::to_string(addresses_.size()) + " addresses, " + std::to_string(domains) +
           " domains, " + std::to_string(used) + " servers; sessions " +
           std::to_string(options_.max_connections) + " / " +
           std::to_string(options_.domain_connections) + " / " +
           std::to_string(options_.mx_connections) + ", " +
           std::to_string(options_.rcpt_per_session) + " RCPTs each, rate " +
           std::to_string(options_.domain_rate.count) + "/min";
  }

  std::string script() const {
    std::string script = script_;
    for (std::size_t i = 0; i < exchanges_.size(); ++i) {
      const auto latency =
          std::chrono::duration_cast<std::chrono::milliseconds>(exchanges_[i].latency);
      script += "server mx" + std::to_string(i) + ".test 127.1.0." + std::to_string(i + 1) +
                "\n  users user*\n  latency " + std::to_string(latency.count()) + "ms\n";
    }
    return script;
  }

 private:
  std::size_t draw(std::size_t least, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(least, most)(random_);
  }
  /// Small ones as likely as large ones.
  std::size_t draw_by_size(std::size_t least, std::size_t most) {
    const double low = std::log(double(least));
    const double high = std::log(double(most) + 1);
    const double drawn = std::exp(std::uniform_real_distribution<double>(low, high)(random_));
    return std::clamp(static_cast<std::size_t>(drawn), least, most);
  }
  bool happens(double chance) { return std::bernoulli_distribution(chance)(random_); }

  void draw_limits() {
    options_.max_connections = int(draw_by_size(1, 50));
    options_.domain_connections = int(draw(1, 5));
    options_.mx_connections = int(draw(1, 8));
    options_.rcpt_per_session = int(draw_by_size(1, 100));
  }

  void draw_exchanges() {
    exchanges_.resize(draw_by_size(1, 24));
    for (ExchangeWork& exchange : exchanges_) {
      exchange.latency = std::chrono::milliseconds(draw_by_size(10, 1000));
    }
  }

  void draw_domains() {
    const std::size_t domains = draw_by_size(1, 60);
    for (std::size_t i = 0; i < domains; ++i) {
      const std::size_t at = draw_by_size(1, exchanges_.size()) - 1;
      const std::string name = "d" + std::to_string(i) + ".test";
      const DomainWork domain = draw_domain(name);
      exchanges_[at].domains.push_back(domain);
      script_ += "domain " + name + "\n  mx 10 mx" + std::to_string(at) + ".test\n";
      if (domain.accepts_everybody) script_ += "  users *\n";
    }
  }

  DomainWork draw_domain(const std::string& name) {
    DomainWork domain{.accepts_everybody = happens(0.1)};
    const std::size_t addresses = draw_by_size(1, 300);
    for (std::size_t i = 0; i < addresses; ++i) {
      const bool unknown = happens(0.25);
      addresses_.push_back((unknown ? "nobody" : "user") + std::to_string(i) + "@" + name);
      ++(unknown && !domain.accepts_everybody ? domain.refused : domain.accepted);
    }
    return domain;
  }

  std::mt19937_64 random_;
  Options options_;
  std::vector<ExchangeWork> exchanges_;
  std::vector<std::string> addresses_;
  std::string script_;
};

struct Trial {
  std::uint64_t number = 0;
  double seconds = 0;
  double to_limits = 0;         // makespan over the bound of the limits
  double to_manners = 0;        // and over that of the limits and the manners
  Limit limit = Limit::in_all;  // that binds, manners counted
  double connections = 0;       // over the fewest that do
  std::uint64_t faults = 0;
  std::string what;  // the world in a line
};

Trial try_world(std::uint64_t number, Limits limits_wanted) {
  const RandomWorld world(number, limits_wanted);
  VirtualRun run(world.script(), world.options());
  for (const std::string& address : world.addresses()) run.submit(address);
  const Seconds makespan = run.run();
  const LowerBound limits = find_lower_bound(world.exchanges(), world.options(), no_manners);
  const LowerBound manners = find_lower_bound(world.exchanges(), world.options(), Manners{});
  if (run.size() != world.addresses().size()) std::printf("!! not all addresses were settled\n");
  // A faster one would mean that the bound is none, or that a limit was broken.
  if (makespan / manners.time < 0.999) {
    std::printf("!! world %llu is faster than its bound\n",
                static_cast<unsigned long long>(number));
  }
  return {.number = number,
          .seconds = makespan.count(),
          .to_limits = makespan / limits.time,
          .to_manners = makespan / manners.time,
          .limit = manners.limit,
          .connections = double(run.seen().connections) / double(manners.sessions),
          .faults = run.seen().faults.sum(),
          .what = world.describe()};
}

void print_figures(const char* what, const std::vector<Trial>& trials, double Trial::*ratio) {
  if (trials.empty()) return;
  std::vector<double> ratios;
  double sum = 0;
  for (const Trial& trial : trials) {
    ratios.push_back(trial.*ratio);
    sum += trial.*ratio;
  }
  std::ranges::sort(ratios);
  const auto within = std::ranges::upper_bound(ratios, 1.10) - ratios.begin();
  std::printf("%-34s %7zu %7.3f %7.3f %7.3f %7.3f %6.1f %%\n",
              what,
              ratios.size(),
              sum / double(ratios.size()),
              ratios[ratios.size() / 2],
              ratios[ratios.size() * 95 / 100],
              ratios.back(),
              100.0 * double(within) / double(ratios.size()));
}

void print_report(std::vector<Trial> trials, std::size_t shown) {
  std::printf("%-34s %7s %7s %7s %7s %7s %8s\n",
              "makespan / lower bound",
              "worlds",
              "mean",
              "median",
              "95 %",
              "worst",
              "<= 1.10");
  print_figures("of the limits", trials, &Trial::to_limits);
  print_figures("of the limits and the manners", trials, &Trial::to_manners);
  for (std::size_t i = 0; i < limit_count; ++i) {
    const auto limit = static_cast<Limit>(i);
    std::vector<Trial> bound;
    for (const Trial& trial : trials) {
      if (trial.limit == limit) bound.push_back(trial);
    }
    print_figures(
        ("  bound by " + std::string(to_string(limit))).c_str(), bound, &Trial::to_manners);
  }
  print_figures("connections over the fewest", trials, &Trial::connections);

  std::ranges::sort(trials, std::greater(), &Trial::to_manners);
  for (std::size_t i = 0; i < std::min(shown, trials.size()); ++i) {
    std::printf("world %llu: %.1f s, %.3f times the bound of %s, %.2f times the connections: %s\n",
                static_cast<unsigned long long>(trials[i].number),
                trials[i].seconds,
                trials[i].to_manners,
                std::string(to_string(trials[i].limit)).c_str(),
                trials[i].connections,
                trials[i].what.c_str());
  }
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments(count, words);
  const std::uint64_t worlds = arguments.number("worlds", 200);
  const std::uint64_t first = arguments.number("first", 1);
  const std::string limits_word = arguments.word("limits", "standard");
  const Limits limits = limits_word == "random" ? Limits::random : Limits::standard;
  const std::size_t shown = arguments.number("show", 3);
  arguments.refuse_others();

  const auto begun = std::chrono::steady_clock::now();
  std::vector<Trial> trials;
  std::uint64_t faults = 0;
  for (std::uint64_t number = first; number < first + worlds; ++number) {
    trials.push_back(try_world(number, limits));
    faults += trials.back().faults;
  }
  print_report(std::move(trials), shown);
  const Seconds took = std::chrono::steady_clock::now() - begun;
  std::printf("faults seen by the servers: %llu; took %.1f s\n",
              static_cast<unsigned long long>(faults),
              took.count());
  return 0;
}
