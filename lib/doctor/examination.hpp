// One examination of this host: asks what the judgements want to know, and tells each check.
//
// The order is that of what rests on what: the resolver, a mail server, our address, and then what
// others say of it.
#pragma once

#include <leadverify/doctor.hpp>

#include "base/clock.hpp"
#include "dns/cares_resolver.hpp"
#include "doctor/judgements.hpp"
#include "smtp/transport.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

class Examination {
 public:
  struct Server {
    std::string name;  // as the user knows it: "192.0.2.53:53"
    std::shared_ptr<CaresResolver> resolver;
  };
  struct Params {
    std::vector<Server> servers;        // each DNS server alone
    std::shared_ptr<CaresResolver> v4;  // all of them, for IPv4 addresses
    std::shared_ptr<CaresResolver> v6;  // likewise for IPv6
    std::chrono::system_clock::time_point built;
  };

  /// What is referred to outlives it. `checkup` has no fault.
  Examination(asio::io_context& context,
              const Checkup& checkup,
              Params params,
              std::function<void(Check)> tell);

  /// Looks at everything; then the resolvers are stopped.
  asio::awaitable<void> run();

 private:
  using Family = IpAddress::Family;

  /// A mail server to connect to.
  struct Target {
    std::string host;
    IpAddress address;
  };

  asio::awaitable<void> look_at_resolvers();
  asio::awaitable<void> find_targets();
  asio::awaitable<void> find_exchanges();
  asio::awaitable<void> add_target(std::string host, Family family);
  asio::awaitable<void> look_at_mail_port();
  asio::awaitable<void> look_at_ipv6();
  void look_at_address();
  asio::awaitable<void> look_at_helo_name();
  asio::awaitable<void> look_at_reverse_dns(IpAddress own);
  asio::awaitable<void> look_at_sender_domain();
  asio::awaitable<void> look_at_spf(IpAddress own);
  asio::awaitable<void> look_at_blocklists(IpAddress own);
  asio::awaitable<void> look_at_names();
  void give_up_on_names();

  asio::awaitable<Attempt> attempt(Target target);
  asio::awaitable<SpfVerdict> check(std::string domain, IpAddress own);

  asio::awaitable<AddressAnswer> addresses(std::string host, Family family);
  asio::awaitable<MxAnswer> exchanges(std::string domain);
  asio::awaitable<TextAnswer> texts(std::string name);
  asio::awaitable<PointerAnswer> pointers(std::string name);

  Family first_family() const;
  std::vector<Target> targets_of(Family family) const;
  std::optional<IpAddress> source_of(Family family);
  std::optional<std::string> sender_domain() const;

  asio::io_context& context_;
  const Checkup& checkup_;
  Params params_;
  std::function<void(Check)> tell_;
  SteadyClock clock_;
  Reach reach_;
  std::optional<IpAddress> source_;  // that is connected from; absent: the system's choice
  IpVersion version_;                // of the addresses that are connected to
  TcpNetwork network_;
  std::optional<std::string> helo_;  // absent: this host has no name
  bool dns_answers_ = false;
  std::string no_targets_because_;
  std::vector<Target> targets_;
  std::vector<IpAddress> own_;  // that mail servers see
};

}  // namespace leadverify
