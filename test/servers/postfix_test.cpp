// leadverify against Postfix, alone and behind postscreen and postgrey.
#include "servers/postfix.hpp"

#include "servers/name_server.hpp"
#include "servers/run_case.hpp"

#include <catch2/catch.hpp>

namespace leadverify::servers {
namespace {

void check_postfix(const std::vector<Case>& cases, const LogWords& log) {
  const ServerRoot root;
  const Places places(free_port());
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const Postgrey postgrey(root, places);
  const Postfix postfix(root, places, cases);

  check_all(cases, places, {root, log});
}

TEST_CASE("Postfix is understood, and asked as it likes it") {
  check_postfix(postfix_cases(), postfix_log);
}

TEST_CASE("Postfix that refuses who asks is not taken to refuse the mailbox") {
  check_postfix(postfix_refusal_cases(), postfix_log);
}

TEST_CASE("Postfix is spoken to in TLS where it offers that") {
  check_postfix(postfix_tls_cases(), postfix_log);
}

TEST_CASE("postscreen is waited for, and its tests are passed") {
  check_postfix(postscreen_cases(), postscreen_log);
}

TEST_CASE("postgrey is given its time") {
  check_postfix(postgrey_cases(), postfix_log);
}

}  // namespace
}  // namespace leadverify::servers
