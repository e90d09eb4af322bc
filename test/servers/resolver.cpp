#include "servers/resolver.hpp"

#include <string>

namespace leadverify::servers {
namespace {

std::string with_mark(const Endpoint& place, char mark) {
  return place.address.to_string() + mark + std::to_string(place.port);
}

ServerProcess::Call prepare_unbound(const ServerRoot& root,
                                    const Endpoint& place,
                                    const Endpoint& name_server) {
  root.write("/etc/unbound/test.conf",
             "server:\n"
             "  interface: " +
                 with_mark(place, '@') + R"(
  access-control: 127.0.0.0/8 allow
  username: ""
  chroot: ""
  directory: "/etc/unbound"
  pidfile: "/run/unbound.pid"
  use-syslog: no
  do-not-query-localhost: no
  local-zone: "test." transparent
  module-config: "validator iterator"
  trust-anchor: "bogus.test. DS 12345 8 2 0000000000000000000000000000000000000000000000000000000000000000"
remote-control:
  control-enable: no
stub-zone:
  name: "test."
  stub-addr: )" + with_mark(name_server, '@') +
                 R"(
stub-zone:
  name: "lame.example."
  stub-addr: )" + with_mark(name_server, '@') +
                 "\n");
  return {.name = "unbound",
          .words = {"/usr/sbin/unbound", "-d", "-c", "/etc/unbound/test.conf"},
          .listens = {place}};
}

ServerProcess::Call prepare_dnsmasq(const ServerRoot& root,
                                    const Endpoint& place,
                                    const Endpoint& upstream) {
  root.write("/etc/dnsmasq.test.conf",
             "listen-address=" + place.address.to_string() + "\nport=" +
                 std::to_string(place.port) + "\nserver=" + with_mark(upstream, '#') + R"(
bind-interfaces
no-resolv
no-hosts
keep-in-foreground
user=root
group=root
pid-file=
log-facility=-
)");
  return {.name = "dnsmasq",
          .words = {"/usr/sbin/dnsmasq", "-C", "/etc/dnsmasq.test.conf"},
          .listens = {place}};
}

}  // namespace

Unbound::Unbound(const ServerRoot& root, const Endpoint& place, const Endpoint& name_server)
    : process_(root, prepare_unbound(root, place, name_server)) {}

Dnsmasq::Dnsmasq(const ServerRoot& root, const Endpoint& place, const Endpoint& upstream)
    : process_(root, prepare_dnsmasq(root, place, upstream)) {}

}  // namespace leadverify::servers
