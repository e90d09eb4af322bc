#include "address/own_name.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

constexpr std::string_view hosts = R"(# this host's own
127.0.0.1	localhost localhost.localdomain
127.0.1.1  Probe.example.net   probe  # canonical first
192.0.2.7	mx1 mx1.example.org
192.0.2.8
::1 ip6-localhost ip6-loopback
2001:db8::9 web.example.org web)";

TEST_CASE("a host's own name is qualified by itself or by its hosts file", "[address][own_name]") {
  struct Example {
    std::string_view host_name;
    std::optional<std::string> own_name;
  };
  const auto example = GENERATE(values<Example>({
      {"mail.example.org", "mail.example.org"},
      {"probe", "Probe.example.net"},
      {"PROBE", "Probe.example.net"},
      {"web", "web.example.org"},
      {"mx1", std::nullopt},    // its canonical name has no dot
      {"other", std::nullopt},  // not in the file
      {"", std::nullopt},
      {"localhost", std::nullopt},
      {"localhost.localdomain", std::nullopt},
      {"probe.localdomain", std::nullopt},
      {"probe.localhost", std::nullopt},
      {"LocalHost.example", std::nullopt},
      {"pro_be.example.net", std::nullopt},
      {"192.0.2.1", std::nullopt},
      {"ip6-localhost", std::nullopt},
  }));
  CAPTURE(example.host_name);

  CHECK(own_name(example.host_name, hosts) == example.own_name);
}

TEST_CASE("a hosts file with CRLF line ends is read", "[address][own_name]") {
  CHECK(own_name("a", "192.0.2.1 a.example a\r\n192.0.2.2 b.example b\r\n") == "a.example");
  CHECK(own_name("b", "192.0.2.1 a.example a\r\n192.0.2.2 b.example b\r\n") == "b.example");
}

}  // namespace
}  // namespace leadverify
