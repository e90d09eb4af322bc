// TLS in the whole schedule, in virtual time: who is asked in the clear, and what is given up.
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// A server with its users, and what it makes of STARTTLS.
std::string world_with(const std::string& tls_lines) {
  return "domain example.test\n  mx 10 mx.example.test\n"
         "server mx.example.test 127.1.0.1\n  users ada grace\n  " +
         tls_lines + "\n";
}

Options with(StartTls starttls) {
  Options options;
  options.starttls = starttls;
  return options;
}

TEST_CASE("a server that offers TLS is asked over it", "[schedule][tls]") {
  struct Example {
    StartTls starttls;
    std::string lines;
    std::uint64_t secured;
    Reason reason;
  };
  const auto example = GENERATE(values<Example>({
      {StartTls::automatic, "starttls on", 1, Reason::accepted},
      {StartTls::automatic, "starttls required", 1, Reason::accepted},
      {StartTls::automatic, "starttls off", 0, Reason::accepted},
      {StartTls::automatic, "starttls refused", 0, Reason::accepted},
      {StartTls::require, "starttls on", 1, Reason::accepted},
      {StartTls::require, "starttls refused", 0, Reason::tls_required},
      {StartTls::require, "starttls off", 0, Reason::tls_required},
      {StartTls::never, "starttls on", 0, Reason::accepted},
      {StartTls::never, "starttls required", 0, Reason::tls_required},
  }));
  CAPTURE(static_cast<int>(example.starttls), example.lines);
  VirtualRun run(world_with(example.lines), with(example.starttls));
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == example.reason);
  CHECK(run.seen().secured == example.secured);
  CHECK(run.seen().connections == 1);
  CHECK(run.seen().quit == 1);
  CHECK(run.seen().faults.sum() == 0);
}

TEST_CASE("a server whose TLS is broken is asked in the clear, for the rest of the run",
          "[schedule][tls]") {
  const auto lines = GENERATE(values<std::string>({
      "starttls broken",
      "offers STARTTLS\n  on starttls close",
      "offers STARTTLS\n  on starttls 220 Go | close",
  }));
  CAPTURE(lines);
  VirtualRun run(world_with(lines));
  run.submit("ada@example.test");
  run.run();
  run.run_for(minutes{10});
  run.submit("grace@example.test");
  run.run();

  for (const char* address : {"ada@example.test", "grace@example.test"}) {
    CHECK(run[address].reason() == Reason::accepted);
    CHECK(run[address].settlement.recipient.attempts == 1);
  }
  CHECK(run.seen().starttls == 1);
  CHECK(run.seen().connections == 3);
}

TEST_CASE("where TLS is required, a handshake that fails says so", "[schedule][tls]") {
  VirtualRun run(world_with("starttls broken"), with(StartTls::require));
  run.submit("ada@example.test");
  run.run();

  const auto& ada = run["ada@example.test"];
  CHECK(ada.reason() == Reason::tls_required);
  CHECK(ada.settlement.stage == Stage::starttls);
  CHECK(run.seen().connections == 1);
  CHECK(run.seen().rcpt == 0);
}

TEST_CASE("a handshake that hangs costs a reply's time once, and not the answer",
          "[schedule][tls]") {
  const auto starttls = GENERATE(StartTls::automatic, StartTls::require);
  const auto lines = GENERATE(values<std::string>({
      "offers STARTTLS\n  on starttls 220 Go | silent",
      "offers STARTTLS\n  on starttls silent",
  }));
  CAPTURE(lines);
  Options options = with(starttls);
  VirtualRun run(world_with(lines), options);
  run.submit("ada@example.test");
  const Duration took = run.run();

  const bool in_clear = starttls == StartTls::automatic;
  CHECK(run["ada@example.test"].reason() == (in_clear ? Reason::accepted : Reason::timeout));
  CHECK(took <= options.command_timeout + seconds{3});
  CHECK(run.seen().connections == (in_clear ? 2 : 1));
}

TEST_CASE("a server that hangs at TLS and is slow in the clear keeps nobody for long",
          "[schedule][tls]") {
  VirtualRun run(
      world_with("offers STARTTLS\n  on starttls 220 Go | silent\n"
                 "  on rcpt * silent"));
  run.submit("ada@example.test");

  CHECK(run.run() <= 5 * Options().command_timeout / 2 + seconds{3});
  CHECK(run["ada@example.test"].reason() == Reason::timeout);
}

TEST_CASE("many sessions whose handshakes fail at once are no reason to give a server up",
          "[schedule][tls]") {
  VirtualRun run(R"(
    domain d{1-20}.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada
      latency 100ms
      starttls broken
  )");
  for (int i = 1; i <= 20; ++i) run.submit("ada@d" + std::to_string(i) + ".test");
  run.run();

  for (int i = 1; i <= 20; ++i) {
    CHECK(run["ada@d" + std::to_string(i) + ".test"].reason() == Reason::accepted);
  }
  CHECK(run.seen().starttls <= 5);
}

TEST_CASE("what is slipped in before the handshake is nobody's verdict", "[schedule][tls]") {
  VirtualRun run(world_with("starttls inject"));
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::protocol_error);
  CHECK(run["ada@example.test"].settlement.stage == Stage::starttls);
  CHECK(run.seen().secured == 0);
  CHECK(run.seen().rcpt == 0);
}

TEST_CASE("where TLS is required, a second server that has it is asked", "[schedule][tls]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 plain.example.test
      mx 20 tls.example.test
    server plain.example.test 127.1.0.1
      users ada
    server tls.example.test 127.1.0.2
      users ada
      starttls on
  )",
                 with(StartTls::require));
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["ada@example.test"].settlement.where.exchange == "tls.example.test");
}

TEST_CASE("a secured session is lent on as any other", "[schedule][tls]") {
  VirtualRun run(R"(
    domain d{1-10}.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada
      starttls on
  )",
                 [] {
                   Options options;
                   options.mx_connections = 1;
                   return options;
                 }());
  for (int i = 1; i <= 10; ++i) run.submit("ada@d" + std::to_string(i) + ".test");
  run.run();

  CHECK(run.size() == 10);
  CHECK(run.seen().rcpt == 20);
  CHECK(run.seen().secured == run.seen().connections);
  CHECK(run.seen().connections < 10);
}

}  // namespace
}  // namespace leadverify
