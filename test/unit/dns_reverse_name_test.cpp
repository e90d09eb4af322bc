#include "dns/reverse_name.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

TEST_CASE("an address has a name for its PTR record", "[dns][reverse name]") {
  CHECK(reverse_name(ip("192.0.2.1")) == "1.2.0.192.in-addr.arpa");
  CHECK(reverse_name(ip("2001:db8::1f")) ==
        "f.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}

TEST_CASE("an address has a name on a blocklist", "[dns][reverse name]") {
  CHECK(blocklist_name(ip("192.0.2.99"), "dnsbl.example") == "99.2.0.192.dnsbl.example");
  CHECK(blocklist_name(ip("2001:db8::"), "dnsbl.example") ==
        "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.dnsbl.example");
}

TEST_CASE("every blocklist has the addresses that RFC 5782 tests it with", "[dns][reverse name]") {
  using Family = IpAddress::Family;
  CHECK(blocklist_name(blocklist_test_address(Family::v4), "z") == "2.0.0.127.z");
  CHECK(blocklist_name(blocklist_test_address(Family::v6), "z") ==
        "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.z");
}

}  // namespace
}  // namespace leadverify
