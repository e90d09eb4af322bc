// Servers that answer once too often: whose answer was it?
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Nobody whose name begins with "bad" exists; everybody else does.
bool is_truth(const std::string& address, Reason reason) {
  if (status_of(reason) == Status::unknown) return true;
  return reason == (address.starts_with("bad") ? Reason::user_unknown : Reason::accepted);
}

/// A server at a distance of 100 ms: no answer is ever early enough to be seen before the next
/// command leaves.
std::string far_server(const std::string& directives) {
  return R"(
    domain one.test
      mx 10 mx.shared.test
    domain two.test
      mx 10 mx.shared.test
    server mx.shared.test 127.1.0.1
      latency 100ms
      users good*
)" + directives;
}

const std::vector<std::string> addresses = {"good1@one.test",
                                            "bad2@one.test",
                                            "bad3@one.test",
                                            "good4@one.test",
                                            "bad5@one.test",
                                            "good6@two.test",
                                            "bad7@two.test"};

TEST_CASE("an answer too many, late as it may be, makes no false verdict", "[schedule][step]") {
  const std::string directives = GENERATE(values<std::string>({
      "no-pipelining\n on ehlo 250 hello | after 40ms 250 hello",
      "no-pipelining\n on mail 250 Ok | after 40ms 250 Ok",
      "no-pipelining\n on rcpt * nth=1 250 Ok | after 40ms 250 Ok",
      "no-pipelining\n on rcpt * nth=3 550 5.1.1 User unknown | after 40ms 550 5.1.1 User unknown",
      "no-pipelining\n on rcpt bad5 550 5.1.1 User unknown | after 40ms 550 5.1.1 User unknown",
      "no-pipelining\n on mail nth=2 250 Ok | after 40ms 250 Ok",
      "on mail 250 Ok | 250 Ok",
      "on mail 250 Ok | after 40ms 250 Ok",
      "on rcpt * nth=2 250 Ok | after 40ms 250 Ok",
      "on rcpt bad7 550 5.1.1 User unknown | after 40ms 550 5.1.1 User unknown",
  }));
  const bool catch_all = GENERATE(true, false);
  const bool one_by_one = GENERATE(true, false);
  CAPTURE(directives, catch_all, one_by_one);
  VirtualRun run(far_server(directives),
                 {.catch_all = catch_all, .max_connections = one_by_one ? 1 : 50});
  for (const std::string& address : addresses) run.submit(address);

  run.run();

  for (const std::string& address : addresses) {
    CAPTURE(address);
    CHECK(is_truth(address, run[address].reason()));
    CHECK(run[address].at < seconds{75});
  }
  CHECK(run.open_sessions() == 0);
}

TEST_CASE("a server that fell out of step once is asked once more", "[schedule][step]") {
  VirtualRun run(far_server("no-pipelining\n on mail until=500ms 250 Ok | after 40ms 250 Ok"));
  for (const std::string& address : addresses) run.submit(address);

  run.run();

  for (const std::string& address : addresses) {
    CAPTURE(address);
    CHECK(status_of(run[address].reason()) != Status::unknown);
    CHECK(is_truth(address, run[address].reason()));
  }
}

TEST_CASE("where nobody waits for it any more the random recipient is not asked",
          "[schedule][step]") {
  VirtualRun run(far_server(R"(
      no-pipelining
      on rcpt bad? 250 Ok | after 3ms 550 5.1.1 User unknown
      on rcpt * 250 Ok | after 1800ms 550 5.1.1 User unknown
    )"),
                 {.rcpt_per_session = 1});
  run.submit("bad1@one.test");
  run.submit("bad2@one.test");

  run.run();

  CHECK(run["bad1@one.test"].reason() == Reason::protocol_error);
  CHECK(run["bad2@one.test"].reason() == Reason::protocol_error);
  CHECK(run.seen().rcpt == 5);
}

TEST_CASE("an answer stands when the session ends, however the server says goodbye",
          "[schedule][step]") {
  struct Example {
    std::string goodbye;
    milliseconds at;
  };
  const Example example = GENERATE(values<Example>({
      {"", milliseconds{600}},
      {"on quit 250 Bye | close", milliseconds{600}},
      {"on quit 500 What?", milliseconds{2500}},
      {"on quit garbage", milliseconds{600}},
      {"on quit close", milliseconds{600}},
      {"on quit reset", milliseconds{600}},
      {"on quit silent", milliseconds{2500}},
      {"on quit 421 4.4.2 Timeout", milliseconds{600}},
  }));
  CAPTURE(example.goodbye);
  VirtualRun run(far_server(example.goodbye));
  run.submit("bad1@one.test");

  run.run();

  CHECK(run["bad1@one.test"].reason() == Reason::user_unknown);
  CHECK(run["bad1@one.test"].at <= example.at);
}

TEST_CASE("an answer waits for the others of its session, but for no longer than its patience",
          "[schedule][step]") {
  VirtualRun run(far_server("no-pipelining\n slow mail 28s\n slow rset 28s"),
                 {.catch_all = false, .max_connections = 1});
  run.submit("bad1@one.test");
  run.submit("bad2@two.test");

  run.run();

  CHECK(run.seen().connections == 1);
  CHECK(run["bad1@one.test"].reason() == Reason::user_unknown);
  CHECK(run["bad1@one.test"].at > seconds{70});
  CHECK(run["bad1@one.test"].at <= seconds{75});
  CHECK(run["bad2@two.test"].at > seconds{80});
}

TEST_CASE("those whose commands a server swallowed do not wait for each other's turn",
          "[schedule][step]") {
  VirtualRun run(R"(
    domain slow.test
      mx 10 mx.slow.test
    server mx.slow.test 127.1.0.1
      users good*
      on rcpt * until=29s silent
      on rcpt * after 29s 250 Ok
  )",
                 {.catch_all = false});
  for (int i = 1; i <= 9; ++i) run.submit("good" + std::to_string(i) + "@slow.test");

  run.run();

  for (int i = 1; i <= 9; ++i)
    CHECK(run["good" + std::to_string(i) + "@slow.test"].at <= seconds{75});
}

}  // namespace
}  // namespace leadverify
