// Exim: one daemon for each case, with its own configuration and address.
#pragma once

#include "servers/cases.hpp"
#include "servers/places.hpp"
#include "servers/server_process.hpp"

#include <list>
#include <vector>

namespace leadverify::servers {

class Exim {
 public:
  /// Settings are main options, "name = value", and lines of the ACLs and of the routers, marked
  /// "connect:", "helo:", "mail:", "rcpt:" and "router:". They come before the usual ones.
  Exim(const ServerRoot& root, const Places& places, const std::vector<Case>& cases);

 private:
  std::list<ServerProcess> processes_;
};

}  // namespace leadverify::servers
