// Faults of our own in the middle of a run: what they cost, and what they do not.
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

namespace leadverify {
namespace {

constexpr const char* small_world = R"(
template default
  users ada grace
domain one.test
  mx 10 mx.shared.test
domain two.test
  mx 10 mx.shared.test
server mx.shared.test 127.30.0.1
  no-pipelining
)";

TEST_CASE("an exception in a session costs the addresses it carried, and no slot", "[schedule]") {
  int spoiled = 0;
  int spoiled_runs = 0;
  for (int n = 1;; ++n) {
    CAPTURE(n);
    int left = n;
    VirtualNetwork::Params network;
    network.before_each = [&left] {
      if (--left == 0) throw std::runtime_error("a fault");
    };
    // One slot for all: if it is lost, nobody else is ever asked.
    VirtualRun run(small_world, {.max_connections = 1}, network);
    const std::vector<std::string> addresses = {
        "ada@one.test", "nobody@one.test", "grace@one.test", "ada@two.test", "nobody@two.test"};
    for (const std::string& address : addresses) run.submit(address);

    run.run();

    if (left > 0) break;
    ++spoiled_runs;
    REQUIRE(run.size() == addresses.size());
    REQUIRE(run.open_sessions() == 0);
    for (const std::string& address : addresses) {
      CAPTURE(address);
      const Reason reason = run[address].reason();
      const Reason right = address.starts_with("nobody") ? Reason::user_unknown : Reason::accepted;
      REQUIRE((reason == right || reason == Reason::internal_error));
      if (reason == Reason::internal_error) ++spoiled;
    }
  }

  CHECK(spoiled_runs > 10);
  CHECK(spoiled > 0);
  CHECK(spoiled <= 2 * spoiled_runs);
}

}  // namespace
}  // namespace leadverify
