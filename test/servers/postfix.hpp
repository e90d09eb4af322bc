// Postfix: one master, with an SMTP server for each case at its own address.
#pragma once

#include "servers/cases.hpp"
#include "servers/places.hpp"
#include "servers/server_process.hpp"

#include <string>
#include <vector>

namespace leadverify::servers {

class Postfix {
 public:
  /// Settings are main.cf's "name = value"; "postscreen" puts postscreen before the server, and
  /// $postgrey is where it finds Postgrey.
  Postfix(const ServerRoot& root, const Places& places, const std::vector<Case>& cases);

 private:
  ServerProcess process_;
};

/// postgrey, a policy service that greylists for three seconds.
class Postgrey {
 public:
  Postgrey(const ServerRoot& root, const Places& places);

 private:
  ServerProcess process_;
};

}  // namespace leadverify::servers
