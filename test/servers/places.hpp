// Where the servers of one test listen: one port, and an address on loopback for each.
#pragma once

#include "base/ip.hpp"

#include <string>

namespace leadverify::servers {

class Places {
 public:
  explicit Places(std::uint16_t port) : port_(port) {}

  std::uint16_t port() const { return port_; }
  Endpoint at(const std::string& address) const {
    return {.address = IpAddress::parse(address).value(), .port = port_};
  }
  Endpoint name_server() const { return at("127.0.1.53"); }
  Endpoint resolver() const { return at("127.0.1.54"); }
  Endpoint forwarder() const { return at("127.0.1.55"); }
  Endpoint policy_server() const { return at("127.0.1.60"); }
  /// The mail server of the case with this number, from 0.
  Endpoint mail_server(std::size_t number) const {
    return at("127.0.2." + std::to_string(number + 1));
  }

 private:
  std::uint16_t port_;
};

}  // namespace leadverify::servers
