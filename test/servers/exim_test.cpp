// leadverify against Exim.
#include "servers/exim.hpp"

#include "servers/name_server.hpp"
#include "servers/run_case.hpp"

#include <catch2/catch.hpp>

namespace leadverify::servers {
namespace {

TEST_CASE("Exim is understood, and asked as it likes it") {
  const ServerRoot root;
  const Places places(free_port());
  const std::vector<Case> cases = exim_cases();
  const NameServer name_server(root, places.name_server(), {zone_of(cases, places)});
  const Exim exim(root, places, cases);

  check_all(cases, places, {root, exim_log});
}

}  // namespace
}  // namespace leadverify::servers
