// Does IPv6 get through from here? (pure)
//
// Many hosts have an IPv6 address and no way out with it: each connection then costs its whole
// timeout. Where several servers are silent over IPv6, none ever answered over it, and IPv4
// works, the rest of the run does without.
#pragma once

#include "base/ip.hpp"

#include <cstddef>
#include <set>

namespace leadverify {

class Ipv6Path {
 public:
  /// A connection with `address` came about.
  void on_connection(const IpAddress& address);
  /// It did not, in time.
  void on_silence(const IpAddress& address);

  /// Is it no use to try?
  bool is_closed() const;

 private:
  bool v4_works_ = false;
  bool v6_works_ = false;
  std::set<IpAddress> silent_;  // over IPv6; as many as are enough
};

}  // namespace leadverify
