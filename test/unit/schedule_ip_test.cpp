// IP versions in the whole schedule, in virtual time.
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using std::chrono::seconds;

TEST_CASE("where IPv6 leads nowhere, only the first servers cost their timeout", "[schedule][ip]") {
  Options options;
  options.max_connections = 1;
  VirtualRun run(R"(
    template default
      users ada
    domain v4.test
      mx 10 mx.v4.test
    server mx.v4.test 127.1.0.1
    domain v6-{1-20}.test
      mx 10 mx.v6-{}.test
    host mx.v6-{1-20}.test fd00::{}
  )",
                 options);
  run.submit("ada@v4.test");
  run.run();
  for (int i = 1; i <= 20; ++i) run.submit("ada@v6-" + std::to_string(i) + ".test");

  CHECK(run.run() <= 6 * options.connect_timeout);

  for (int i = 1; i <= 20; ++i) {
    CHECK(run["ada@v6-" + std::to_string(i) + ".test"].reason() == Reason::timeout);
  }
  REQUIRE(run.notices().size() == 1);
  CHECK(run.notices().front().find("--ip 4") != std::string::npos);
}

TEST_CASE("a server that is silent over IPv4 is asked over IPv6", "[schedule][ip]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    host mx.example.test 127.1.0.9
    server mx.example.test fd00::1
      users ada
  )");
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["ada@example.test"].settlement.where.address == IpAddress::parse("fd00::1"));
}

TEST_CASE("addresses of the other IP version are passed by", "[schedule][ip]") {
  struct Example {
    IpVersion version;
    std::string address;
  };
  const auto example = GENERATE(values<Example>({
      {IpVersion::any, "127.1.0.1"},
      {IpVersion::v4, "127.1.0.1"},
      {IpVersion::v6, "fd00::1"},
  }));
  Options options;
  options.ip = example.version;
  VirtualRun run(R"(
    template default
      users ada
    domain both.test
      mx 10 mx.both.test
    server mx.both.test fd00::1 127.1.0.1
    domain v4.test
      mx 10 mx.v4.test
    server mx.v4.test 127.1.0.2
      serves [127.1.0.2]
  )",
                 options);
  run.submit("ada@both.test");
  run.submit("ada@v4.test");
  run.submit("ada@[127.1.0.2]");
  run.run();

  CHECK(run["ada@both.test"].settlement.where.address == IpAddress::parse(example.address));
  const bool passed_by = example.version == IpVersion::v6;
  const Reason reason = passed_by ? Reason::unroutable : Reason::accepted;
  CHECK(run["ada@v4.test"].reason() == reason);
  CHECK(run["ada@[127.1.0.2]"].reason() == reason);
}

TEST_CASE("a local part that is not ASCII is asked with SMTPUTF8, a domain by its A-labels",
          "[schedule][ip]") {
  VirtualRun run(R"(
    domain xn--bcher-kva.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users *
      starttls on
      offers SMTPUTF8
  )");
  run.submit("zoë@bücher.test");
  run.submit("zoe@BÜCHER.test");
  run.run();

  CHECK(run.seen().asked("zoë@xn--bcher-kva.test") == 1);
  CHECK(run.seen().asked("zoe@xn--bcher-kva.test") == 1);
  CHECK(run.seen().secured > 0);
}

}  // namespace
}  // namespace leadverify
