#include "bench/sample_list.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace leadverify::bench {
namespace {

constexpr double largest_share = 0.13;
constexpr double unknown_share = 0.25;
constexpr double ranks_an_address = 0.6;  // makes 2,158 domains of 10,000 addresses
constexpr std::size_t large_domains = 10;
constexpr std::size_t providers = 5;
constexpr std::size_t most_own_servers = 10'000;  // each is a listening socket

double harmonic(std::size_t ranks, double exponent) {
  double sum = 0;
  for (std::size_t rank = ranks; rank > 0; --rank) sum += std::pow(double(rank), -exponent);
  return sum;
}

/// Zipf's exponent with which the first of `ranks` has its share.
double find_exponent(std::size_t ranks) {
  double low = 0.5;
  double high = 2.0;
  for (int halvings = 0; halvings < 30; ++halvings) {
    const double middle = (low + high) / 2;
    (1 / harmonic(ranks, middle) < largest_share ? low : high) = middle;
  }
  return low;
}

bool accepts_everybody(std::size_t rank) {
  return rank % 10 == 7;
}

/// Which mail server a domain has: the first five are the providers'.
std::size_t server_of(std::size_t rank) {
  if (rank < large_domains) return providers + rank;
  if (rank % 2 == 0) return rank / 2 % providers;
  return providers + large_domains + (rank - large_domains) / 2 % most_own_servers;
}

std::string domain_name(std::size_t rank) {
  return "domain" + std::to_string(rank + 1) + ".test";
}

std::string exchange_name(std::size_t server) {
  return "mx" + std::to_string(server + 1) + ".test";
}

std::string loopback_address(std::size_t server) {
  const std::size_t number = server + 1;
  return "127.1." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 1);
}

}  // namespace

SampleList::SampleList(std::size_t addresses, std::uint64_t seed)
    : addresses_(addresses), seed_(seed), random_(seed) {
  const auto ranks =
      std::max<std::size_t>(2 * large_domains, std::size_t(double(addresses) * ranks_an_address));
  const double exponent = find_exponent(ranks);
  const double all = harmonic(ranks, exponent);
  cumulative_.reserve(ranks);
  double sum = 0;
  for (std::size_t rank = 1; rank <= ranks; ++rank) {
    sum += std::pow(double(rank), -exponent) / all;
    cumulative_.push_back(sum);
  }
  cumulative_.back() = 1;
}

std::size_t SampleList::draw_domain() {
  const double point = std::uniform_real_distribution<double>(0, 1)(random_);
  const auto found = std::ranges::lower_bound(cumulative_, point);
  return static_cast<std::size_t>(found - cumulative_.begin());
}

std::optional<std::string> SampleList::next() {
  if (given_ == addresses_) return std::nullopt;
  const std::size_t rank = draw_domain();
  const bool unknown = std::bernoulli_distribution(unknown_share)(random_);
  return (unknown ? "nobody" : "user") + std::to_string(++given_) + "@" + domain_name(rank);
}

void SampleList::rewind() {
  random_.seed(seed_);
  given_ = 0;
}

SampleList::Census SampleList::count() {
  rewind();
  Census census;
  census.of_rank.resize(cumulative_.size());
  for (given_ = 0; given_ < addresses_; ++given_) {
    const std::size_t rank = draw_domain();
    const bool unknown = std::bernoulli_distribution(unknown_share)(random_);
    ++census.of_rank[rank].addresses;
    if (accepts_everybody(rank)) {
      ++census.catch_all;
    } else if (unknown) {
      ++census.of_rank[rank].unknown;
      ++census.unknown;
    }
  }
  std::set<std::size_t> servers;
  for (std::size_t rank = 0; rank < census.of_rank.size(); ++rank) {
    const std::size_t count = census.of_rank[rank].addresses;
    if (count == 0) continue;
    ++census.domains;
    if (count == 1) ++census.with_one_address;
    census.largest = std::max(census.largest, count);
    servers.insert(server_of(rank));
  }
  census.exchanges = servers.size();
  rewind();
  return census;
}

std::vector<ExchangeWork> SampleList::work(const Census& census,
                                           std::chrono::milliseconds latency) {
  std::map<std::size_t, ExchangeWork> by_server;
  for (std::size_t rank = 0; rank < census.of_rank.size(); ++rank) {
    const auto [addresses, unknown] = census.of_rank[rank];
    if (addresses == 0) continue;
    ExchangeWork& exchange = by_server[server_of(rank)];
    exchange.latency = latency;
    exchange.domains.push_back({.accepted = addresses - unknown,
                                .refused = unknown,
                                .accepts_everybody = accepts_everybody(rank)});
  }
  std::vector<ExchangeWork> work;
  for (auto& [server, exchange] : by_server) work.push_back(std::move(exchange));
  return work;
}

void SampleList::write_world(std::ostream& script,
                             const Census& census,
                             std::chrono::milliseconds latency) {
  std::set<std::size_t> servers;
  for (std::size_t rank = 0; rank < census.of_rank.size(); ++rank) {
    if (census.of_rank[rank].addresses == 0) continue;
    const std::size_t server = server_of(rank);
    servers.insert(server);
    script << "domain " << domain_name(rank) << "\n  mx 10 " << exchange_name(server) << '\n';
    if (accepts_everybody(rank)) script << "  users *\n";
  }
  for (const std::size_t server : servers) {
    script << "server " << exchange_name(server) << ' ' << loopback_address(server)
           << "\n  users user*\n";
    if (latency.count() > 0) script << "  latency " << latency.count() << "ms\n";
  }
}

}  // namespace leadverify::bench
