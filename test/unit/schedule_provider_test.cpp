// Whom the schedule leaves in peace: exchanges of providers whose word would tell nothing.
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

constexpr const char* three_providers = R"(
template default
  users ada grace
domain all.test
  mx 10 mx1.accepts-all.example
  mx 20 mx2.accepts-all.example
server mx1.accepts-all.example 127.1.0.1
  users *
server mx2.accepts-all.example 127.1.0.2
  users *
domain forbids.test
  mx 10 mx.forbids.example
server mx.forbids.example 127.1.0.3
domain example.test
  mx 10 mx.example.test
server mx.example.test 127.1.0.4
domain backed-up.test
  mx 10 mx.example.test
  mx 20 mx1.accepts-all.example
)";

constexpr const char* table = R"(
generous  accepts-all  accepts-all.example
reserved  forbids      forbids.example
own       verifiable   example.test
)";

TEST_CASE("a provider whose answer tells nothing is not connected to", "[schedule][provider]") {
  VirtualRun run(three_providers, {.providers = table});
  run.submit("ada@all.test");
  run.submit("nobody@all.test");
  run.submit("ada@forbids.test");
  run.submit("ada@example.test");
  run.run();

  const auto& generous = run["ada@all.test"];
  CHECK(generous.reason() == Reason::unverifiable);
  CHECK(generous.settlement.judgement.confidence == std::nullopt);
  CHECK(generous.settlement.judgement.catch_all == std::nullopt);
  CHECK(generous.settlement.stage == Stage::dns);
  CHECK(generous.settlement.where.exchange == "mx1.accepts-all.example");
  CHECK(generous.settlement.where.address == std::nullopt);
  CHECK(generous.settlement.recipient.attempts == 0);
  CHECK(generous.settlement.error ==
        "generous accepts every recipient, so it was not asked (--probe-provider generous asks "
        "all the same)");
  CHECK(run["nobody@all.test"].reason() == Reason::unverifiable);
  CHECK(run["ada@forbids.test"].reason() == Reason::unverifiable);
  CHECK_THAT(run["ada@forbids.test"].settlement.error,
             Catch::StartsWith("reserved does not want to be asked"));
  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run.counts().connections == 1);
  CHECK(run.seen().connections == 1);
}

TEST_CASE("a provider that is asked for is asked like any other", "[schedule][provider]") {
  VirtualRun run(three_providers, {.providers = table, .probe_providers = {"generous"}});
  run.submit("ada@all.test");
  run.submit("ada@forbids.test");
  run.run();

  CHECK(run["ada@all.test"].reason() == Reason::catch_all);
  CHECK(run["ada@forbids.test"].reason() == Reason::unverifiable);
  CHECK(run.seen().connections == 1);
}

TEST_CASE("many recipients of a provider that is not asked are settled at once",
          "[schedule][provider]") {
  VirtualRun run(three_providers, {.providers = table});
  for (int i = 0; i < 200; ++i) run.submit("u" + std::to_string(i) + "@all.test");

  // No server is asked, so its rate limit is nobody's concern.
  CHECK(run.run() == Duration{0});
  CHECK(run.size() == 200);
  CHECK(run.seen().connections == 0);
}

TEST_CASE("whose domain it is, the exchange that is best says", "[schedule][provider]") {
  VirtualRun run(three_providers, {.providers = table});
  run.submit("ada@backed-up.test");
  run.run();

  CHECK(run["ada@backed-up.test"].reason() == Reason::accepted);
}

TEST_CASE("where no server is to be asked, every provider is looked at alike",
          "[schedule][provider]") {
  VirtualRun run(three_providers, {.depth = Depth::dns, .providers = table});
  run.submit("ada@all.test");
  run.run();

  CHECK(run["ada@all.test"].reason() == Reason::not_checked);
  CHECK(run["ada@all.test"].settlement.where.exchange == "mx1.accepts-all.example");
}

}  // namespace
}  // namespace leadverify
