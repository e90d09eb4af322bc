// leadverify against Postfix, alone and behind postscreen and postgrey.
#include "servers/postfix.hpp"

#include "servers/name_server.hpp"
#include "servers/run_case.hpp"

#include <catch2/catch.hpp>

namespace leadverify::servers {
namespace {

TEST_CASE("Postfix is understood, and asked as it likes it") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = postfix_cases();
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const Postfix postfix(root, places, cases);

  check_all(cases, places, {root, postfix_log});
}

TEST_CASE("Postfix is spoken to in TLS where it offers that") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = postfix_tls_cases();
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const Postfix postfix(root, places, cases);

  check_all(cases, places, {root, postfix_log});
}

TEST_CASE("postscreen is waited for, and its tests are passed") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = postscreen_cases();
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const Postfix postfix(root, places, cases);

  check_all(cases, places, {root, postscreen_log});
}

TEST_CASE("postgrey is given its time") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = postgrey_cases();
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const Postgrey postgrey(root, places);
  const Postfix postfix(root, places, cases);

  check_all(cases, places, {root, postfix_log});
}

}  // namespace
}  // namespace leadverify::servers
