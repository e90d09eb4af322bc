#include "schedule/ipv6_path.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

const IpAddress some_v4 = *IpAddress::parse("192.0.2.1");
const IpAddress some_v6 = *IpAddress::parse("2001:db8::1");

void be_silent(Ipv6Path& path, int servers) {
  for (int i = 1; i <= servers; ++i) {
    path.on_silence(*IpAddress::parse("2001:db8::f:" + std::to_string(i)));
  }
}

TEST_CASE("IPv6 is done without where five servers are silent over it and IPv4 works",
          "[schedule][ip]") {
  Ipv6Path path;
  path.on_connection(some_v4);
  be_silent(path, 4);
  CHECK_FALSE(path.is_closed());
  be_silent(path, 4);  // the same ones
  CHECK_FALSE(path.is_closed());
  be_silent(path, 5);
  CHECK(path.is_closed());
}

TEST_CASE("one answer over IPv6 proves that it works", "[schedule][ip]") {
  Ipv6Path path;
  path.on_connection(some_v4);
  be_silent(path, 20);
  path.on_connection(some_v6);
  CHECK_FALSE(path.is_closed());
}

TEST_CASE("where IPv4 does not work either, IPv6 is no worse", "[schedule][ip]") {
  Ipv6Path path;
  be_silent(path, 20);
  path.on_silence(some_v4);
  CHECK_FALSE(path.is_closed());
}

}  // namespace
}  // namespace leadverify
