// The mail world without sockets: its servers and its DNS, in virtual time.
#pragma once

#include "dns/resolver.hpp"
#include "smtp/transport.hpp"
#include "support/fake_clock.hpp"
#include "world/mail_world.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace leadverify {

/// Connects to the servers of a mail world.
class VirtualNetwork final : public Network {
 public:
  struct Params {
    std::string client = "198.51.100.7";     // our address, as the servers see it
    std::size_t piece = 1000;                // octets that one read gives at most
    std::function<void()> before_each = {};  // connect, write and read; may throw
  };

  VirtualNetwork(world::MailWorld& world, FakeClock& clock) : VirtualNetwork(world, clock, {}) {}
  VirtualNetwork(world::MailWorld& world, FakeClock& clock, Params params)
      : world_(world), clock_(clock), params_(std::move(params)) {}

  std::unique_ptr<Transport> make_transport() override;

  /// Connections that we have open with each server, those included that are being opened, or
  /// that the server has ended already.
  using Open = std::map<IpAddress, int>;
  const Open& open() const { return open_; }

  /// The most octets that a connection to each server was read of.
  const std::map<IpAddress, std::size_t>& most_read() const { return most_read_; }

 private:
  world::MailWorld& world_;
  FakeClock& clock_;
  Params params_;
  Open open_;
  std::map<IpAddress, std::size_t> most_read_;
};

/// Asks the DNS of a mail world; every lookup is a query.
class VirtualResolver final : public Resolver {
 public:
  /// A question that stays without an answer fails after `most_time`.
  VirtualResolver(asio::io_context& context,
                  FakeClock& clock,
                  world::MailWorld& world,
                  Duration most_time = std::chrono::seconds{8})
      : context_(context), clock_(clock), world_(world), most_time_(most_time) {}

  void lookup_mx(const std::string& domain, MxDone done) override;
  void lookup_addresses(const std::string& host, AddressDone done) override;
  ResolverCounts counts() const override;

 private:
  void answer_later(const std::string& name, std::function<void()> answer);
  asio::awaitable<void> wait_for(Duration time);

  asio::io_context& context_;
  FakeClock& clock_;
  world::MailWorld& world_;
  Duration most_time_;
};

}  // namespace leadverify
