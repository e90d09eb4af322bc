#include "support/random_world.hpp"

#include <algorithm>
#include <cmath>

namespace leadverify {
namespace {

using std::chrono::seconds;

std::string server_name(std::size_t index) {
  return "mx" + std::to_string(index) + ".test";
}

}  // namespace

RandomWorld::RandomWorld(std::uint64_t number,
                         Weather weather,
                         std::chrono::milliseconds longest_latency)
    : random_(number), weather_(weather), longest_latency_(longest_latency) {
  draw_options();
  for (std::size_t left = draw(1, 6); left > 0; --left) draw_server();
  for (std::size_t left = draw_by_size(1, 12); left > 0; --left) draw_domain();
  const std::size_t addresses = draw_by_size(1, 60);
  for (std::size_t i = 0; i < addresses; ++i) draw_address(i);
}

std::string RandomWorld::script() const {
  std::string script;
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    const Server& server = servers_[i];
    script += "server " + server_name(i) + " " + server.address + "\n  users user*\n  latency " +
              std::to_string(server.latency.count()) + "ms\n" + server.script;
  }
  for (const Domain& domain : domains_) {
    if (domain.truth_for_all == Status::invalid && domain.exchanges.empty()) continue;
    script += "domain " + domain.name + "\n";
    if (domain.truth_for_all == Status::unknown && domain.exchanges.empty()) {
      script += "  dns servfail\n";
    }
    int preference = 0;
    for (const std::size_t exchange : domain.exchanges) {
      script += "  mx " + std::to_string(preference += 10) + " " + server_name(exchange) + "\n";
    }
    if (domain.accepts_everybody) script += "  users *\n";
  }
  return script;
}

std::size_t RandomWorld::draw(std::size_t least, std::size_t most) {
  return std::uniform_int_distribution<std::size_t>(least, most)(random_);
}

/// Small ones as likely as large ones.
std::size_t RandomWorld::draw_by_size(std::size_t least, std::size_t most) {
  const double low = std::log(double(least));
  const double high = std::log(double(most) + 1);
  const double drawn = std::exp(std::uniform_real_distribution<double>(low, high)(random_));
  return std::clamp(static_cast<std::size_t>(drawn), least, most);
}

std::string RandomWorld::pick(const std::vector<std::string>& words) {
  return words[draw(0, words.size() - 1)];
}

void RandomWorld::draw_options() {
  options_.max_connections = int(draw_by_size(1, 20));
  options_.domain_connections = int(draw(1, 5));
  options_.mx_connections = int(draw(1, 5));
  options_.rcpt_per_session = int(draw_by_size(1, 40));
  options_.domain_rate.count = happens(0.5) ? 0 : unsigned(draw_by_size(10, 600));
  options_.domain_burst = int(draw_by_size(1, 20));
  options_.catch_all = happens(0.8);
  options_.greylist_delays = {seconds(draw(20, 60))};
  if (happens(0.3)) options_.greylist_delays.push_back(seconds(draw(20, 120)));
  options_.greylist_retries = weather_ == Weather::foul ? int(draw(0, 3)) : 2;
}

void RandomWorld::draw_server() {
  Server server;
  server.address = "127.1.0." + std::to_string(servers_.size() + 1);
  server.latency = std::chrono::milliseconds(
      draw_by_size(1, static_cast<std::size_t>(longest_latency_.count())));
  server.pipelining = !happens(0.3);
  if (!server.pipelining) server.script += "  no-pipelining\n";
  // The first one answers, so that every domain can have one that does.
  server.dead = weather_ != Weather::fair && !servers_.empty() && happens(0.15);
  if (server.dead) {
    server.script += "  banner " +
                     pick({"refuse",
                           "blackhole",
                           "close",
                           "reset",
                           "silent",
                           "garbage",
                           "421 4.3.2 Busy",
                           "450 4.3.2 Later",
                           "554 5.3.2 Not here"}) +
                     "\n";
  } else {
    if (weather_ != Weather::fair) add_strange_ways(server);
    if (weather_ == Weather::foul && happens(0.5)) add_foul_ways(server);
  }
  servers_.push_back(std::move(server));
}

/// Whoever asks again, or asks for less, gets an answer.
void RandomWorld::add_strange_ways(Server& server) {
  const auto number = [this](std::size_t least, std::size_t most) {
    return std::to_string(draw(least, most));
  };
  if (happens(0.2)) server.script += "  max-rcpt " + number(1, 5) + "\n";
  if (happens(0.2)) {
    const std::size_t soft = draw(1, 5);
    server.script += "  errors " + std::to_string(soft) + " " + number(soft + 1, 12) + "\n";
    server.slowness += seconds{1};
  }
  if (happens(0.4)) {
    server.pipelining = false;
    server.script += "  on rcpt * nth=" +
                     pick({number(2, 6) + " 421 4.3.2 Enough for now",
                           number(2, 6) + " close",
                           number(2, 6) + " reset",
                           number(1, 6) + " usual | close"}) +
                     "\n";
  }
  if (happens(0.1)) {
    server.pipelining = false;
    server.script += "  on mail nth=2 " + pick({"close", "421 4.7.0 One at a time"}) + "\n";
  }
  if (happens(0.1)) {
    server.script += "  slow " + pick({"rcpt", "mail", "quit"}) + " 3s\n";
    server.slowness += seconds{3};
  }
  if (happens(0.2)) {
    const auto shortest = std::ranges::min(options_.greylist_delays);
    const auto most = std::chrono::duration_cast<seconds>(shortest).count();
    server.script += "  greylist " + number(1, std::size_t(most)) + "s\n";
    server.clear = options_.greylist_retries > 1;
  }
}

/// Some of its answers may never be had.
void RandomWorld::add_foul_ways(Server& server) {
  server.clear = false;
  server.pipelining = false;
  server.script +=
      "  " +
      pick({"max-sessions " + std::to_string(draw(1, 3)),
            "banner first=" + std::to_string(draw(1, 5)) + " 421 4.3.2 Too many of you",
            "banner until=" + std::to_string(draw(1, 100)) + "s 421 4.3.2 Starting",
            "greylist 24h",
            "on rcpt user*3 " + pick({"close", "reset", "silent", "garbage"}),
            "on rcpt * " + pick({"close", "silent", "451 4.3.0 Try again later", "garbage"}),
            "on rcpt * first=" + std::to_string(draw(1, 4)) + " 451 4.7.1 Try again later",
            "on mail " + pick({"close", "silent", "421 4.3.2 Closing"}),
            "on mail sender=<> 550 5.7.1 Sender address rejected: null sender refused",
            "on ehlo " + pick({"close", "silent", "502 5.5.1 What?"}),
            "on quit " + pick({"close", "silent"})}) +
      "\n";
}

void RandomWorld::draw_domain() {
  Domain domain;
  domain.name = "d" + std::to_string(domains_.size()) + ".test";
  domain.accepts_everybody = happens(0.15);
  if (weather_ != Weather::fair && happens(0.05)) {
    domain.truth_for_all = happens(0.5) ? Status::invalid : Status::unknown;
    domains_.push_back(std::move(domain));
    return;
  }

  std::size_t main = draw_by_size(1, servers_.size()) - 1;
  if (servers_[main].dead) {
    domain.exchanges.push_back(main);
    main = 0;
  }
  domain.exchanges.push_back(main);
  domain.clear = servers_[main].clear;
  domains_.push_back(std::move(domain));
}

void RandomWorld::draw_address(std::size_t number) {
  const bool unknown = happens(0.3);
  Address address;
  address.domain = draw_by_size(1, domains_.size()) - 1;
  const Domain& domain = domains_[address.domain];
  address.text = (unknown ? "nobody" : "user") + std::to_string(number) + "@" + domain.name;
  if (domain.truth_for_all != Status::valid) {
    address.truth = domain.truth_for_all;
  } else if (domain.accepts_everybody) {
    address.truth = options_.catch_all ? Status::catch_all : Status::valid;
  } else {
    address.truth = unknown ? Status::invalid : Status::valid;
  }
  addresses_.push_back(std::move(address));
}

}  // namespace leadverify
