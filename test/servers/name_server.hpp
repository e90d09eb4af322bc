// NSD, with the zone of the domains that a test asks about.
#pragma once

#include "servers/cases.hpp"
#include "servers/places.hpp"
#include "servers/server_process.hpp"

#include <string>
#include <string_view>

namespace leadverify::servers {

struct Zone {
  std::string name;     // "test"
  std::string records;  // in the zone file's own form, without the SOA
};

/// Each case's domain with its one exchange.
Zone zone_of(const std::vector<Case>& cases, const Places& places);

/// The records that the cases have as their settings, each below its domain.
Zone zone_of_records(const std::vector<Case>& cases);

class NameServer {
 public:
  NameServer(const ServerRoot& root, const Endpoint& place, const std::vector<Zone>& zones);

 private:
  ServerProcess process_;
};

}  // namespace leadverify::servers
