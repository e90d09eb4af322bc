// The library over real sockets in worlds drawn by chance, on one thread and on four.
#include "support/random_world.hpp"

#include <leadverify/verifier.hpp>

#include "world/loopback_front.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace leadverify {
namespace {

using std::chrono::milliseconds;

using Statuses = std::map<std::string, Status>;

TEST_CASE("in worlds drawn by chance verdicts and limits are the same on one thread and on four",
          "[verifier][concurrent]") {
  const auto threads = GENERATE(1, 4);
  const std::uint64_t number = GENERATE(range(1, 7));
  CAPTURE(threads, number);
  const RandomWorld drawn(number, Weather::fair, milliseconds{4});
  auto script = world::read_script(drawn.script());
  REQUIRE(script);
  world::LoopbackWorld world(*std::move(script));
  Options options = drawn.options();
  options.threads = threads;
  options.helo = "probe.example.net";
  options.resolvers = {to_string(world.places().dns)};
  options.smtp_port = world.places().smtp_port;
  options.allow_nets = {"127.0.0.0/8"};
  options.domain_rate.count = 0;
  std::vector<std::string> addresses;
  Statuses expected;
  for (const auto& address : drawn.addresses()) {
    addresses.push_back(address.text);
    expected[address.text] = address.truth;
  }

  const std::vector<Result> results = verify(addresses, options);

  Statuses found;
  for (const Result& result : results) found[result.email] = status_of(result.reason);
  CHECK(results.size() == addresses.size());
  CHECK(found == expected);
  const auto allowed = [](int limit) { return static_cast<std::uint64_t>(limit); };
  const world::Counts seen = world.counts();
  // A session that was lent on counts for its old domain until it is heard of the new one, so the
  // limit of a domain is a matter for virtual time.
  CHECK(seen.faults.sum() == 0);
  CHECK(seen.sessions.now == 0);
  CHECK(seen.sessions.most <= allowed(options.max_connections));
  for (const auto& [address, server] : seen.servers) {
    CAPTURE(address);
    CHECK(server.sessions.most <= allowed(options.mx_connections));
    CHECK(server.most_rcpt_in_session <= allowed(options.rcpt_per_session));
  }
  for (const auto& [recipient, times] : seen.recipients) {
    CAPTURE(recipient);
    CHECK(times == 1);
  }
}

}  // namespace
}  // namespace leadverify
