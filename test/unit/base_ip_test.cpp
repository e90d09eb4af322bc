#include "base/ip.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

IpAddress ip(const char* text) {
  return IpAddress::parse(text).value();
}

struct Example {
  const char* address;
  bool is_public;
};

TEST_CASE("only addresses that the whole internet can reach are public", "[base][ip]") {
  const auto example = GENERATE(values<Example>({
      {"8.8.8.8", true},
      {"193.0.6.139", true},
      {"2001:4860:4860::8888", true},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"100.64.0.1", false},
      {"100.128.0.1", true},
      {"127.0.0.1", false},
      {"169.254.169.254", false},
      {"172.15.0.1", true},
      {"172.16.0.1", false},
      {"172.31.255.255", false},
      {"192.0.0.8", false},
      {"192.0.2.1", false},
      {"192.88.99.1", false},
      {"192.168.1.1", false},
      {"198.18.0.1", false},
      {"198.51.100.7", false},
      {"203.0.113.7", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"::", false},
      {"::1", false},
      {"::ffff:127.0.0.1", false},
      {"::ffff:8.8.8.8", false},
      {"64:ff9b::10.0.0.1", false},
      {"64:ff9b::8.8.8.8", true},
      {"64:ff9b:1::1", false},
      {"100::1", false},
      {"2001:db8::1", false},
      {"2001::1", false},
      {"2002:7f00:1::", false},
      {"2002:0808:0808::", true},
      {"3fff::1", false},
      {"fc00::1", false},
      {"fe80::1", false},
      {"ff02::1", false},
      {"5f00::1", false},
  }));
  CAPTURE(example.address);

  CHECK(is_public(ip(example.address)) == example.is_public);
}

TEST_CASE("a network contains the addresses that share its prefix", "[base][ip]") {
  const IpNetwork loopback = *IpNetwork::parse("127.0.0.0/8");
  const IpNetwork odd = *IpNetwork::parse("192.0.2.128/25");
  const IpNetwork one = *IpNetwork::parse("2001:db8::7");

  CHECK(loopback.contains(ip("127.255.0.1")));
  CHECK_FALSE(loopback.contains(ip("128.0.0.1")));
  CHECK(loopback.contains(ip("::ffff:127.0.0.1")));
  CHECK(odd.contains(ip("192.0.2.200")));
  CHECK_FALSE(odd.contains(ip("192.0.2.100")));
  CHECK(one.contains(ip("2001:db8::7")));
  CHECK_FALSE(one.contains(ip("2001:db8::8")));
}

TEST_CASE("a text that is no network is refused with a sentence", "[base][ip]") {
  const auto text = GENERATE("", "10", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "a/8");
  CAPTURE(text);

  const auto network = IpNetwork::parse(text);

  REQUIRE_FALSE(network.has_value());
  CHECK_FALSE(network.error().empty());
}

TEST_CASE("a private address can be reached only if its net is allowed", "[base][ip]") {
  const Reach open({});
  const Reach loopback_too({*IpNetwork::parse("127.0.0.0/8")});

  CHECK(open.permits(ip("8.8.8.8")));
  CHECK_FALSE(open.permits(ip("127.0.0.1")));
  CHECK(loopback_too.permits(ip("127.0.0.1")));
  CHECK_FALSE(loopback_too.permits(ip("10.0.0.1")));
}

TEST_CASE("an endpoint is written with its port, IPv6 in brackets", "[base][ip]") {
  CHECK(to_string(Endpoint{ip("192.0.2.1"), 25}) == "192.0.2.1:25");
  CHECK(to_string(Endpoint{ip("2001:DB8::1"), 2525}) == "[2001:db8::1]:2525");
}

TEST_CASE("an endpoint is read with its port or without", "[base][ip]") {
  struct Endpoints {
    const char* text;
    Endpoint endpoint;
  };
  const auto example = GENERATE(values<Endpoints>({
      {"192.0.2.1", {ip("192.0.2.1"), 53}},
      {"192.0.2.1:5300", {ip("192.0.2.1"), 5300}},
      {"192.0.2.1:65535", {ip("192.0.2.1"), 65535}},
      {"2001:db8::1", {ip("2001:db8::1"), 53}},
      {"::1:5300", {ip("::1:5300"), 53}},
      {"[2001:db8::1]", {ip("2001:db8::1"), 53}},
      {"[2001:db8::1]:5300", {ip("2001:db8::1"), 5300}},
  }));
  CAPTURE(example.text);

  CHECK(parse_endpoint(example.text, 53) == example.endpoint);
}

TEST_CASE("a text that is no endpoint is not read as one", "[base][ip]") {
  const auto text = GENERATE("",
                             ":53",
                             "dns.example.org",
                             "192.0.2.1:",
                             "192.0.2.1:0",
                             "192.0.2.1:65536",
                             "192.0.2.1:-1",
                             "192.0.2.1:+1",
                             "192.0.2.1:53x",
                             "192.0.2.1:53:53",
                             "[192.0.2.1]:53",
                             "[::1",
                             "[::1]53",
                             "[::1]:",
                             "[]:53",
                             "::1]:53");
  CAPTURE(text);

  CHECK_FALSE(parse_endpoint(text, 53));
}

TEST_CASE("an address that goes on after a NUL is none", "[base][ip]") {
  CHECK_FALSE(IpAddress::parse(std::string_view("192.0.2.1\0", 10)));
  CHECK_FALSE(IpAddress::parse(std::string_view("::1\0.example.org", 16)));
}

}  // namespace
}  // namespace leadverify
