// The list that speed is measured on, and the mail world behind it, shaped like lists in real life.
//
// Domains follow Zipf's law: few hold many addresses, most hold one. The largest has 13 % of all;
// of 10,000 addresses about 2,158 domains are drawn, 1,311 of them once. The ten largest have a
// mail server each. Of the others every second is behind one of five providers, and the rest have
// servers of their own. Every tenth domain accepts everybody, a quarter of all addresses is unknown
// to its server. The same seed gives the same list; larger ones have the same shape.
#pragma once

#include "bench/lower_bound.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace leadverify::bench {

class SampleList {
 public:
  explicit SampleList(std::size_t addresses, std::uint64_t seed = 1);

  /// The next address; absent after the last.
  std::optional<std::string> next();
  /// Back to the first address.
  void rewind();

  struct Census {
    std::size_t domains = 0;
    std::size_t with_one_address = 0;
    std::size_t largest = 0;    // addresses of the largest domain
    std::size_t catch_all = 0;  // addresses at domains that accept everybody
    std::size_t unknown = 0;    // addresses that their server refuses
    std::size_t exchanges = 0;  // mail servers
    struct Domain {
      std::size_t addresses = 0;
      std::size_t unknown = 0;  // of these, if it does not accept everybody
    };
    std::vector<Domain> of_rank;  // by rank of the domain, 0 the likeliest
  };
  /// Counts the list through, and rewinds it.
  Census count();

  /// The same as work for a schedule.
  static std::vector<ExchangeWork> work(const Census& census, std::chrono::milliseconds latency);

  /// The world that answers for this list: each reply takes `latency`.
  void write_world(std::ostream& script, const Census& census, std::chrono::milliseconds latency);

 private:
  std::size_t draw_domain();

  std::size_t addresses_;
  std::uint64_t seed_;
  std::vector<double> cumulative_;  // by rank: the share of all domains up to it
  std::mt19937_64 random_;
  std::size_t given_ = 0;
};

}  // namespace leadverify::bench
