#include "servers/name_server.hpp"

#include <stdexcept>

namespace leadverify::servers {
namespace {

constexpr std::string_view begin_of_zone = R"($TTL 300
@ SOA ns.test. hostmaster.test. 1 3600 600 86400 60
@ NS ns.test.
)";

/// Writes its configuration and zones; the words that start it.
ServerProcess::Call prepare(const ServerRoot& root,
                            const Endpoint& place,
                            const std::vector<Zone>& zones) {
  std::string configuration =
      "server:\n  ip-address: " + place.address.to_string() + "@" + std::to_string(place.port) + R"(
  username: ""
  chroot: ""
  zonesdir: "/etc/nsd"
  pidfile: "/run/nsd.pid"
  database: ""
  xfrdfile: "/run/xfrd.state"
  zonelistfile: "/run/zone.list"
  server-count: 1
remote-control:
  control-enable: no
)";
  for (const Zone& zone : zones) {
    configuration +=
        "zone:\n  name: \"" + zone.name + "\"\n  zonefile: \"" + zone.name + ".zone\"\n";
    root.write("/etc/nsd/" + zone.name + ".zone", std::string(begin_of_zone) + zone.records);
  }
  root.write("/etc/nsd/nsd.conf", configuration);
  return {.name = "nsd",
          .words = {"/usr/sbin/nsd", "-d", "-c", "/etc/nsd/nsd.conf"},
          .listens = {place}};
}

}  // namespace

Zone zone_of(const std::vector<Case>& cases, const Places& places) {
  Zone zone{.name = "test", .records = {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Endpoint place = places.mail_server(i);
    const std::string exchange = "mx." + cases[i].domain + ".";
    zone.records += cases[i].domain + ". MX 10 " + exchange + "\n" + exchange +
                    (place.address.is_v4() ? " A " : " AAAA ") + place.address.to_string() + "\n";
  }
  return zone;
}

Zone zone_of_records(const std::vector<Case>& cases) {
  Zone zone{.name = "test", .records = {}};
  for (const Case& each : cases) {
    if (each.settings.empty()) continue;
    zone.records += "$ORIGIN " + each.domain + ".\n";
    for (const std::string& record : each.settings) zone.records += record + "\n";
  }
  return zone;
}

NameServer::NameServer(const ServerRoot& root,
                       const Endpoint& place,
                       const std::vector<Zone>& zones)
    : process_(root, prepare(root, place, zones)) {
  if (process_.said().find("error:") != std::string::npos)
    throw std::runtime_error(process_.said());
}

}  // namespace leadverify::servers
