#include "bench/lower_bound.hpp"

#include <algorithm>

namespace leadverify::bench {
namespace {

using Time = std::chrono::nanoseconds;

std::size_t divide_up(std::size_t count, std::size_t share) {
  return (count + share - 1) / share;
}

class Search {
 public:
  Search(const Options& options, const Manners& manners) : options_(options), manners_(manners) {}

  void add(const ExchangeWork& exchange) {
    if (exchange.domains.empty()) return;
    std::size_t recipients = 0;
    std::size_t refused = 0;
    std::size_t groups = 0;
    for (const DomainWork& domain : exchange.domains) {
      add_domain(domain, exchange.latency);
      recipients += rcpts(domain);
      refused += domain.refused + (asks_random(domain) && !domain.accepts_everybody ? 1 : 0);
      groups += groups_of(domain);
    }
    const std::size_t sessions =
        std::max({divide_up(recipients, per_session()),
                  divide_up(refused, manners_.refusals_a_session),
                  divide_up(exchange.domains.size(), manners_.domains_a_session)});
    bound_.sessions += sessions;
    const Time work = exchange.latency * (3 * sessions + groups);
    const auto at_once =
        std::min({std::size_t(options_.mx_connections),
                  std::size_t(options_.max_connections),
                  std::size_t(options_.domain_connections) * exchange.domains.size()});
    raise(Limit::an_exchange, work / at_once);
    work_in_all_ += work;
  }

  LowerBound finish() {
    raise(Limit::in_all, work_in_all_ / options_.max_connections);
    return bound_;
  }

 private:
  std::size_t per_session() const { return static_cast<std::size_t>(options_.rcpt_per_session); }

  bool asks_random(const DomainWork& domain) const {
    return options_.catch_all && domain.accepted > 0;
  }

  std::size_t rcpts(const DomainWork& domain) const {
    return domain.accepted + domain.refused + (asks_random(domain) ? 1 : 0);
  }

  std::size_t groups_of(const DomainWork& domain) const {
    std::size_t most = std::min(per_session(), manners_.refusals_a_session);
    if (options_.domain_rate.count != 0) most = std::min(most, std::size_t(options_.domain_burst));
    // The random recipient comes in a later group than the one whose acceptance calls for it.
    const std::size_t least = asks_random(domain) ? 2 : 1;
    return std::max(divide_up(rcpts(domain), most), least);
  }

  void add_domain(const DomainWork& domain, Time latency) {
    raise(Limit::one_session, latency * (asks_random(domain) ? 5 : 4));
    raise(Limit::a_domain, latency * groups_of(domain) / options_.domain_connections);
    const auto burst = static_cast<std::size_t>(options_.domain_burst);
    if (options_.domain_rate.count == 0 || rcpts(domain) <= burst) return;
    const Time interval = options_.domain_rate.per / options_.domain_rate.count;
    raise(Limit::rate, latency * 4 + interval * (rcpts(domain) - burst));
  }

  void raise(Limit limit, Time time) {
    if (time <= bound_.time) return;
    bound_.time = time;
    bound_.limit = limit;
  }

  const Options& options_;
  const Manners& manners_;
  Time work_in_all_{0};
  LowerBound bound_;
};

}  // namespace

std::string_view to_string(Limit limit) {
  switch (limit) {
    case Limit::in_all: return "in all";
    case Limit::an_exchange: return "an exchange";
    case Limit::a_domain: return "a domain";
    case Limit::rate: return "rate";
    case Limit::one_session: return "one session";
  }
  return {};
}

LowerBound find_lower_bound(const std::vector<ExchangeWork>& exchanges,
                            const Options& options,
                            const Manners& manners) {
  Search search(options, manners);
  for (const ExchangeWork& exchange : exchanges) search.add(exchange);
  return search.finish();
}

}  // namespace leadverify::bench
