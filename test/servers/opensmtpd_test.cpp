// leadverify against OpenSMTPD.
#include "servers/opensmtpd.hpp"

#include "servers/name_server.hpp"
#include "servers/run_case.hpp"

#include <catch2/catch.hpp>

namespace leadverify::servers {
namespace {

TEST_CASE("OpenSMTPD is understood, and asked as it likes it") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = opensmtpd_cases();
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const OpenSmtpd opensmtpd(root, places, cases);

  check_all(cases, places, {root, opensmtpd_log});
}

}  // namespace
}  // namespace leadverify::servers
