// leadverify with real name servers: NSD asked directly, Unbound, and dnsmasq.
#include "servers/resolver.hpp"

#include "servers/name_server.hpp"
#include "servers/run_case.hpp"
#include "support/program.hpp"
#include "support/records.hpp"

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

/// How many questions the second address of a domain costs, once the first one's record is there.
int questions_for_the_second(const std::string& domain, const Endpoint& resolver) {
  Program program({.arguments = {"--resolver", to_string(resolver), "--check", "dns"}});
  program.write("ada@" + domain + "\n");
  REQUIRE(program.wait_for_output("ada@" + domain));
  program.write("grace@" + domain + "\n");
  const Outcome both = program.finish();
  const Outcome one = run_program(
      {.arguments = {"--resolver", to_string(resolver), "--check", "dns"}}, "ada@" + domain);

  const auto asked = [](const Outcome& outcome) {
    return read_records(outcome.output).summary.at("dns_queries").get<int>();
  };
  return asked(both) - asked(one);
}

TEST_CASE("an answer is kept as long as Unbound says, and no longer") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = {{.title = "an hour",
                                    .domain = "kept.test",
                                    .settings = {"@ 3600 MX 10 mail", "mail 3600 A 192.0.2.1"}},
                                   {.title = "not at all",
                                    .domain = "fresh.test",
                                    .settings = {"@ 0 MX 10 mail", "mail 0 A 192.0.2.1"}}};
  const NameServer name_server(root, places.name_server(), {zone_of_records(cases)});
  const Unbound unbound(root, places.resolver(), places.name_server());

  CHECK(questions_for_the_second("kept.test", places.resolver()) == 0);
  CHECK(questions_for_the_second("fresh.test", places.resolver()) > 0);
}

}  // namespace
}  // namespace leadverify::servers
