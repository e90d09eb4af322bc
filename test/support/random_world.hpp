// A small mail world drawn by chance: its script, the limits to keep in it, and what is true of
// its addresses.
#pragma once

#include <leadverify/options.hpp>
#include <leadverify/verdict.hpp>

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace leadverify {

/// What the servers of a world may do to those who ask.
enum class Weather : std::uint8_t {
  fair,     // answer, at their own pace
  strange,  // also break off, greylist and stand still, in ways behind which the truth can be found
  foul,     // anything
};

class RandomWorld {
 public:
  /// The same number is the same world. A reply takes a millisecond at least.
  RandomWorld(std::uint64_t number,
              Weather weather,
              std::chrono::milliseconds longest_latency = std::chrono::seconds{1});

  struct Server {
    std::string address;
    std::chrono::milliseconds latency{0};
    bool pipelining = true;  // offered, and never broken off, which would end it
    Duration slowness{0};    // beyond the latency, of a reply at most
    bool dead = false;       // no session with it comes as far as MAIL
    bool clear = true;       // whoever asks long enough gets the truth
    std::string script;      // its directives
  };
  struct Domain {
    std::string name;
    std::vector<std::size_t> exchanges;  // servers, in the order of their preference
    bool accepts_everybody = false;
    Status truth_for_all = Status::valid;  // other than valid: what the DNS says of its addresses
    bool clear = true;                     // every verdict on it has to be the truth
  };
  struct Address {
    std::string text;
    std::size_t domain = 0;
    Status truth = Status::unknown;
  };

  const std::vector<Server>& servers() const { return servers_; }
  const std::vector<Domain>& domains() const { return domains_; }
  const std::vector<Address>& addresses() const { return addresses_; }
  const Options& options() const { return options_; }
  Weather weather() const { return weather_; }
  /// As test/world/README.md has it.
  std::string script() const;

 private:
  std::size_t draw(std::size_t least, std::size_t most);
  std::size_t draw_by_size(std::size_t least, std::size_t most);
  bool happens(double chance) { return std::bernoulli_distribution(chance)(random_); }
  std::string pick(const std::vector<std::string>& words);

  void draw_options();
  void draw_server();
  void add_strange_ways(Server& server);
  void add_foul_ways(Server& server);
  void draw_domain();
  void draw_address(std::size_t number);

  std::mt19937_64 random_;
  Weather weather_;
  std::chrono::milliseconds longest_latency_;
  Options options_;
  std::vector<Server> servers_;
  std::vector<Domain> domains_;
  std::vector<Address> addresses_;
};

}  // namespace leadverify
