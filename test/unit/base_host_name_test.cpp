#include "base/host_name.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace leadverify {
namespace {

struct Example {
  std::string name;
  bool is_host;
};

TEST_CASE("only names that can be a mail server's on another machine are host names",
          "[base][host_name]") {
  const auto example = GENERATE(values<Example>({
      {"mx.example.org", true},
      {"MX1.Example.ORG", true},
      {"example.org", true},
      {"aspmx2.l.example.org", true},
      {"_dc-mx.1a2b3c.example.org", true},
      {"mx_1.example.org", true},
      {"3.example.org", true},
      {"127.99.0.1.example.org", true},
      {"mx.xn--p1ai", true},
      {"mx.3com", true},
      {"mx.0xyz", true},
      {"localhost.example.org", true},
      {"", false},
      {".", false},
      {"mx", false},
      {"localhost", false},
      {"mx.localhost", false},
      {"MX.LOCALHOST", false},
      {"localhost.localdomain", false},
      {"mx.example.org.", false},
      {".example.org", false},
      {"mx..example.org", false},
      {"-mx.example.org", false},
      {"mx-.example.org", false},
      {"mx.example.-org", false},
      {"127.0.0.1", false},
      {"127.99.0.1", false},
      {"127.1", false},
      {"2130706433", false},
      {"0x7f.1", false},
      {"1.0x7f", false},
      {"1.0X7F", false},
      {"127.0.0.0x", false},
      {"0177.0.0.01", false},
      {"mx.example.25", false},
      {"::1", false},
      {"[127.0.0.1]", false},
      {"mx.example.org\\000", false},
      {std::string("mx\0.example.org", 15), false},
      {"mx example.org", false},
      {"mx\r\n.example.org", false},
      {"mx\\046example.org", false},
      {"m\xC3\xBCller.example.org", false},
      {"mx/etc.example.org", false},
      {std::string(63, 'a') + ".example.org", true},
      {std::string(64, 'a') + ".example.org", false},
  }));
  CAPTURE(example.name);

  CHECK(is_host_name(example.name) == example.is_host);
}

TEST_CASE("a host name has at most 253 octets", "[base][host_name]") {
  std::string name = "org";
  while (name.size() < 249) name.insert(0, "m.");

  CHECK(is_host_name(name.insert(0, "mx.")));
  CHECK(name.size() == 252);
  CHECK(is_host_name("x" + name));
  CHECK_FALSE(is_host_name("xx" + name));
}

}  // namespace
}  // namespace leadverify
