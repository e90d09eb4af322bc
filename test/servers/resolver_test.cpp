// leadverify with real name servers: NSD asked directly, Unbound, and dnsmasq.
#include "servers/resolver.hpp"

#include "servers/name_server.hpp"
#include "servers/run_case.hpp"

#include <catch2/catch.hpp>

namespace leadverify::servers {
namespace {

std::vector<Case> all_cases() {
  std::vector<Case> cases = dns_cases();
  const std::vector<Case> more = recursion_cases();
  cases.insert(cases.end(), more.begin(), more.end());
  return cases;
}

TEST_CASE("NSD is asked as a resolver would be") {
  const ServerRoot root;
  const Places places(free_port());
  const NameServer name_server(root, places.name_server(), {zone_of_records(dns_cases())});

  check_dns(dns_cases(), places.name_server());
}

TEST_CASE("Unbound is asked, and believed where it can't answer") {
  const ServerRoot root;
  const Places places(free_port());
  const NameServer name_server(root, places.name_server(), {zone_of_records(all_cases())});
  const Unbound unbound(root, places.resolver(), places.name_server());

  check_dns(all_cases(), places.resolver());
}

TEST_CASE("dnsmasq is asked, and passes on what Unbound says") {
  const ServerRoot root;
  const Places places(free_port());
  const NameServer name_server(root, places.name_server(), {zone_of_records(all_cases())});
  const Unbound unbound(root, places.resolver(), places.name_server());
  const Dnsmasq dnsmasq(root, places.forwarder(), places.resolver());

  check_dns(all_cases(), places.forwarder());
}

}  // namespace
}  // namespace leadverify::servers
