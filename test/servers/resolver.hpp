// Resolvers that leadverify asks: Unbound, which asks the name server itself and validates, and
// dnsmasq, which asks Unbound.
#pragma once

#include "servers/places.hpp"
#include "servers/server_process.hpp"

namespace leadverify::servers {

class Unbound {
 public:
  /// Asks `name_server` about all under test., and about lame.example., which that one does not
  /// serve. bogus.test. has a key that nobody signs with.
  Unbound(const ServerRoot& root, const Endpoint& place, const Endpoint& name_server);

 private:
  ServerProcess process_;
};

class Dnsmasq {
 public:
  Dnsmasq(const ServerRoot& root, const Endpoint& place, const Endpoint& upstream);

 private:
  ServerProcess process_;
};

}  // namespace leadverify::servers
