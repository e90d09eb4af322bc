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
      {"2002:0808:0808::", false},
      {"2002:808:808::1", false},
      {"2001:ffff::1", true},
      {"2003::1", true},
      {"3fff::1", false},
      {"fc00::1", false},
      {"fe80::1", false},
      {"ff02::1", false},
      {"5f00::1", false},
  }));
  CAPTURE(example.address);

  CHECK(is_public(ip(example.address)) == example.is_public);
}

/// A block of a registry: its first and last address, and those before and behind it where they
/// are public.
struct Block {
  const char* name;
  const char* first;
  const char* last;
  const char* before = nullptr;
  const char* behind = nullptr;
};

// IANA IPv4 Special-Purpose Address Registry (RFC 6890 and successors), IPv4 Multicast and Reserved
// (Address Space Registry).
const std::vector<Block> special_v4 = {
    {"this network, RFC 791", "0.0.0.0", "0.255.255.255", nullptr, "1.0.0.0"},
    {"private use, RFC 1918", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"},
    {"shared, RFC 6598", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"},
    {"loopback, RFC 1122", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"},
    {"link local, RFC 3927", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"},
    {"private use, RFC 1918", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"},
    {"protocol assignments, RFC 6890", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"},
    {"TEST-NET-1, RFC 5737", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"},
    {"AS112, RFC 7535", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"},
    {"AMT, RFC 7450", "192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"},
    {"6to4 relays, RFC 7526", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"},
    {"private use, RFC 1918", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"},
    {"AS112, RFC 7534", "192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"},
    {"benchmarking, RFC 2544", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"},
    {"TEST-NET-2, RFC 5737", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"},
    {"TEST-NET-3, RFC 5737", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"},
    {"multicast, RFC 5771", "224.0.0.0", "239.255.255.255", "223.255.255.255", nullptr},
    {"reserved, RFC 1112", "240.0.0.0", "255.255.255.254"},
    {"limited broadcast, RFC 8190", "255.255.255.255", "255.255.255.255"},
};

// IANA IPv6 Special-Purpose Address Registry, IPv6 Address Space (site-local, multicast, and what
// is not assigned).
const std::vector<Block> special_v6 = {
    {"unspecified, RFC 4291", "::", "::"},
    {"loopback, RFC 4291", "::1", "::1"},
    {"IPv4-compatible, RFC 4291", "::8.8.8.8", "::255.255.255.255"},
    {"IPv4-mapped, RFC 4291", "::ffff:0.0.0.0", "::ffff:255.255.255.255"},
    {"IPv4-mapped, a public one", "::ffff:8.8.8.8", "::ffff:8.8.8.8"},
    {"IPv4-translated, RFC 2765", "::ffff:0:0.0.0.0", "::ffff:0:8.8.8.8"},
    {"NAT64 of private use, RFC 6052", "64:ff9b::10.0.0.0", "64:ff9b::10.255.255.255"},
    {"NAT64 of loopback", "64:ff9b::127.0.0.1", "64:ff9b::127.255.255.255"},
    {"local-use NAT64, RFC 8215", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"},
    {"discard only, RFC 6666", "100::", "100::ffff:ffff:ffff:ffff"},
    {"dummy prefix, RFC 9780", "100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"},
    {"protocol assignments, RFC 2928; Teredo, ORCHID, benchmarking and more within",
     "2001::",
     "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:200::"},
    {"Teredo, RFC 4380", "2001::1", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"ORCHIDv2, RFC 7343", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"documentation, RFC 3849",
     "2001:db8::",
     "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:db9::"},
    {"6to4, RFC 3056",
     "2002::",
     "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2003::"},
    {"AS112, RFC 7534",
     "2620:4f:8000::",
     "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
     "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff",
     "2620:4f:8001::"},
    {"documentation, RFC 9637",
     "3fff::",
     "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
     "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "3fff:1000::"},
    {"not assigned", "4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"segment routing, RFC 9602", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"unique local, RFC 4193", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"link local, RFC 4291", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"site local, RFC 3879", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"multicast, RFC 4291", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
};

TEST_CASE("no address of a special-purpose block is public, and those beside it are",
          "[base][ip]") {
  for (const auto* registry : {&special_v4, &special_v6}) {
    for (const Block& block : *registry) {
      CAPTURE(block.name);
      CHECK_FALSE(is_public(ip(block.first)));
      CHECK_FALSE(is_public(ip(block.last)));
      if (block.before) CHECK(is_public(ip(block.before)));
      if (block.behind) CHECK(is_public(ip(block.behind)));
    }
  }
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

  const Reach six_to_four_too({*IpNetwork::parse("2002::/16")});
  CHECK_FALSE(open.permits(ip("2002:808:808::1")));
  CHECK(six_to_four_too.permits(ip("2002:808:808::1")));
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
