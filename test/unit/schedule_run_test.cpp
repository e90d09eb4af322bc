// The whole schedule against the mail world, in virtual time: what users wait for, and what
// servers see of us.
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* example = R"(
template default
  users ada grace
domain example.test
  mx 10 mx.example.test
server mx.example.test 127.1.0.1
)";

TEST_CASE("a recipient that the server takes is valid, and a random one is not", "[schedule]") {
  VirtualRun run(example);
  run.submit("ada@example.test");
  run.run();

  const auto& ada = run["ada@example.test"];
  CHECK(ada.reason() == Reason::accepted);
  CHECK(ada.settlement.judgement.confidence == Confidence::high);
  CHECK(ada.settlement.judgement.catch_all == false);
  CHECK(ada.settlement.recipient.attempts == 1);
  CHECK(ada.settlement.where.exchange == "mx.example.test");
  CHECK(ada.settlement.where.address == IpAddress::parse("127.1.0.1"));
  CHECK(run.seen().rcpt == 2);
  CHECK(run.seen().connections == 1);
  CHECK(run.seen().quit == 1);
  CHECK(run.seen().faults.sum() == 0);
}

TEST_CASE("a recipient that the server does not know is invalid", "[schedule]") {
  VirtualRun run(example);
  run.submit("nobody@example.test");
  run.run();

  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
  CHECK(run["nobody@example.test"].settlement.finding->reply->code == 550);
  // Nobody was accepted, so the random recipient did not matter.
  CHECK(run.seen().rcpt == 1);
}

TEST_CASE("a catch-all domain is found out with one random recipient for the run", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users *
  )");
  for (const char* address : {"a@example.test", "b@example.test", "c@example.test"}) {
    run.submit(address);
  }
  run.run();
  run.submit("later@example.test");
  run.run();

  for (const char* address : {"a@example.test", "b@example.test", "later@example.test"}) {
    CAPTURE(address);
    CHECK(run[address].reason() == Reason::catch_all);
    CHECK(run[address].settlement.judgement.confidence == Confidence::low);
    CHECK(run[address].settlement.judgement.catch_all == true);
  }
  CHECK(run.seen().rcpt == 5);
}

TEST_CASE("the random recipient rides along where more are to be asked", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users u? u??
      latency 1s
  )",
                 {.domain_rate = {0, minutes{1}}});
  for (int i = 1; i <= 18; ++i) run.submit("u" + std::to_string(i) + "@example.test");

  // Banner, EHLO, MAIL with nine recipients, the random one with eight, the last, and QUIT: each
  // a reply's time, or as many as there are replies in a group.
  const Duration time = run.run();

  CHECK(run.size() == 18);
  CHECK(run["u18@example.test"].settlement.judgement.confidence == Confidence::high);
  CHECK(run.seen().connections == 1);
  CHECK(time <= seconds{6});
}

TEST_CASE("without the catch-all question an accepted recipient is no more than likely",
          "[schedule]") {
  VirtualRun run(example, {.catch_all = false});
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["ada@example.test"].settlement.judgement.confidence == Confidence::medium);
  CHECK(run["ada@example.test"].settlement.judgement.catch_all == std::nullopt);
  CHECK(run.seen().rcpt == 1);
}

TEST_CASE("a random recipient refused for other reasons leaves the question open", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada
      unknown 550 5.7.1 Message refused by local policy
  )");
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].settlement.judgement.confidence == Confidence::medium);
  CHECK(run["ada@example.test"].settlement.judgement.catch_all == std::nullopt);
}

TEST_CASE("a greylisted recipient is asked again after the delay, while others finish",
          "[schedule]") {
  VirtualRun run(R"(
    template default
      users ada
    domain grey.test
      mx 10 mx.grey.test
    server mx.grey.test 127.1.0.1
      greylist 40s
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.2
  )");
  run.submit("nobody@grey.test");
  run.submit("ada@grey.test");
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].at < seconds{1});
  CHECK(run["nobody@grey.test"].reason() == Reason::user_unknown);
  CHECK(run["nobody@grey.test"].at == seconds{45});
  CHECK(run["nobody@grey.test"].settlement.recipient.greylisted);
  CHECK(run["nobody@grey.test"].settlement.recipient.attempts == 2);
  // The random recipient is greylisted in its turn, and asked again by the same name.
  const auto& ada = run["ada@grey.test"];
  CHECK(ada.reason() == Reason::accepted);
  CHECK(ada.settlement.judgement.confidence == Confidence::high);
  CHECK(ada.settlement.recipient.greylisted);
  CHECK(ada.at == seconds{90});
  CHECK(run.seen().recipients.size() == 5);
}

TEST_CASE("while recipients wait for a retry it is known until when", "[schedule]") {
  VirtualRun run(R"(
template default
  users ada grace
domain grey.test
  mx 10 mx.grey.test
server mx.grey.test 127.1.0.1
  greylist 40s
)");
  run.submit("ada@grey.test");
  run.run_for(seconds{10});

  CHECK(run.counts().waiting_to_retry == 1);
  CHECK(run.counts().last_retry.load() - TimePoint{} >= seconds{45});
  CHECK(run.counts().last_retry.load() - TimePoint{} < seconds{46});
  run.run();
  CHECK(run.counts().waiting_to_retry == 0);
}

TEST_CASE("a recipient that stays greylisted is given up after the retries", "[schedule]") {
  VirtualRun run(R"(
    domain grey.test
      mx 10 mx.grey.test
    server mx.grey.test 127.1.0.1
      users *
      greylist 24h
  )");
  run.submit("ada@grey.test");
  CHECK(run.run() == seconds{90});

  CHECK(run["ada@grey.test"].reason() == Reason::greylist_timeout);
  CHECK(run["ada@grey.test"].settlement.recipient.attempts == 3);
  CHECK(run["ada@grey.test"].settlement.recipient.greylisted);
  CHECK(run.seen().asked("ada@grey.test") == 3);
}

TEST_CASE("at a server that greylists one recipient goes first, the others once it passes",
          "[schedule]") {
  VirtualRun run(
      R"(
    domain grey.test
      mx 10 mx.grey.test
    server mx.grey.test 127.1.0.1
      users none
      greylist 100s
  )",
      {.greylist_delays = {seconds{45}, seconds{45}, seconds{45}}, .greylist_retries = 3});
  for (int i = 1; i <= 8; ++i) run.submit("x" + std::to_string(i) + "@grey.test");
  run.run();

  // All are greylisted at first. The one that comes after 45 s and 90 s comes alone, and at 135 s
  // everybody is let in.
  for (int i = 1; i <= 8; ++i) {
    const auto& settled = run["x" + std::to_string(i) + "@grey.test"];
    CHECK(settled.reason() == Reason::user_unknown);
    CHECK(settled.at == seconds{135});
  }
  CHECK(run.seen().rcpt == 8 + 1 + 1 + 8);
}

TEST_CASE("the wait that a server asks for is kept, if it is not too long", "[schedule]") {
  VirtualRun run(R"(
    domain grey.test
      mx 10 mx.grey.test
    server mx.grey.test 127.1.0.1
      users none
      greylist 5m 450 4.2.0 Greylisted, please try again in 5 minutes
    domain greyer.test
      mx 10 mx.greyer.test
    server mx.greyer.test 127.1.0.2
      users none
      greylist 1h 450 4.2.0 Greylisted, please try again in 1 hour
  )");
  run.submit("x@grey.test");
  run.submit("x@greyer.test");
  run.run();

  CHECK(run["x@grey.test"].reason() == Reason::user_unknown);
  CHECK(run["x@grey.test"].at == minutes{5} + seconds{10});
  CHECK(run["x@greyer.test"].reason() == Reason::greylist_timeout);
  CHECK(run["x@greyer.test"].at < seconds{1});
}

TEST_CASE("fifty addresses over ten domains are settled within half a minute", "[schedule]") {
  VirtualRun run(R"(
    template default
      users u u? u?? u???
      latency 200ms
    domain d{1-10}.test
      mx 10 mx.d{}.test
    server mx.d{1-10}.test 127.1.0.0+{}
  )");
  for (int domain = 1; domain <= 10; ++domain) {
    for (int user = 1; user <= 5; ++user) {
      run.submit("u" + std::to_string(user) + "@d" + std::to_string(domain) + ".test");
    }
  }

  CHECK(run.run() < seconds{30});
  CHECK(run.size() == 50);
  CHECK(run.seen().connections == 10);
}

TEST_CASE("the limits hold at the servers: 50 in all, 5 a domain, 5 an address", "[schedule]") {
  VirtualRun run(R"(
    template default
      users u u? u?? u???
      latency 50ms
    domain own{1-80}.test
      mx 10 mx.own{}.test
    server mx.own{1-80}.test 127.1.0.0+{}
    domain shared{1-40}.test
      mx 10 mx.shared.test
    server mx.shared.test 127.2.0.1
    domain big.test
      mx 10 mx.big.test
    server mx.big.test 127.2.0.2
  )",
                 {.domain_rate = {0, minutes{1}}});
  for (int i = 1; i <= 80; ++i) run.submit("u@own" + std::to_string(i) + ".test");
  for (int i = 1; i <= 40; ++i) {
    for (const char* user : {"u1", "u2", "x"}) {
      run.submit(std::string(user) + "@shared" + std::to_string(i) + ".test");
    }
  }
  for (int i = 1; i <= 400; ++i) run.submit("u" + std::to_string(i) + "@big.test");
  run.run();

  CHECK(run.size() == 80 + 120 + 400);
  CHECK(run.seen().sessions.most <= 50);
  CHECK(run.seen().sessions.most > 40);
  CHECK(run.seen().domains.at("big.test").sessions.most == 5);
  CHECK(run.seen().servers.at("127.2.0.1").sessions.most <= 5);
  CHECK(run.seen().faults.sum() == 0);
}

TEST_CASE("a domain is asked for ten recipients at once and ten a minute after that",
          "[schedule]") {
  VirtualRun run(example);
  for (int i = 1; i <= 40; ++i) run.submit("x" + std::to_string(i) + "@example.test");
  const Duration time = run.run();

  CHECK(run.size() == 40);
  CHECK(time >= minutes{3});
  CHECK(time <= minutes{4});
  CHECK(run.seen().domains.at("example.test").most_rcpt_in_a_minute <= 20);
}

TEST_CASE("a session goes on to the next domain behind the same address", "[schedule]") {
  VirtualRun run(R"(
    template default
      users u u? u?? u???
      latency 10ms
    domain d{1-60}.test
      mx 10 mx.shared.test
    server mx.shared.test 127.1.0.1
  )");
  for (int i = 1; i <= 60; ++i) run.submit("u@d" + std::to_string(i) + ".test");
  run.run();

  CHECK(run.size() == 60);
  CHECK(run.seen().rcpt == 120);
  CHECK(run.seen().connections <= 20);
  CHECK(run.seen().servers.at("127.1.0.1").most_rcpt_in_session <= 20);
}

TEST_CASE("a session ends after nine refusals, and the rest is asked in another", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users none
      no-pipelining
      errors 10 20
  )",
                 {.domain_rate = {0, minutes{1}}});
  for (int i = 1; i <= 20; ++i) run.submit("x" + std::to_string(i) + "@example.test");
  run.run();

  CHECK(run.size() == 20);
  CHECK(run.seen().servers.at("127.1.0.1").most_errors_in_session == 9);
  CHECK(run.seen().connections == 3);
}

TEST_CASE("a dead primary exchange sends us to the next one", "[schedule]") {
  const auto banner = GENERATE("blackhole",
                               "refuse",
                               "close",
                               "reset",
                               "silent",
                               "garbage",
                               "421 4.3.2 Busy",
                               "554 5.3.2 Not here",
                               "450 Later");
  CAPTURE(banner);
  VirtualRun run(std::string(R"(
    template default
      users ada
    domain example.test
      mx 10 mx1.example.test
      mx 20 mx2.example.test
    server mx1.example.test 127.1.0.1
      banner )") +
                 banner + R"(
    server mx2.example.test 127.1.0.2
  )");
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["ada@example.test"].settlement.judgement.confidence == Confidence::high);
  CHECK(run["ada@example.test"].settlement.where.exchange == "mx2.example.test");
  CHECK(run["ada@example.test"].at <= seconds{31});
}

TEST_CASE("a permanent answer about the recipient is not asked for again elsewhere", "[schedule]") {
  VirtualRun run(R"(
    template default
      users ada
    domain example.test
      mx 10 mx1.example.test
      mx 20 mx2.example.test
    server mx1.example.test 127.1.0.1
    server mx2.example.test 127.1.0.2
      users *
  )");
  run.submit("nobody@example.test");
  run.run();

  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
  CHECK(run.seen().servers.count("127.1.0.2") == 0);
}

TEST_CASE("one recipient that breaks sessions harms no other", "[schedule]") {
  const auto act = GENERATE("close",
                            "reset",
                            "garbage",
                            "silent",
                            "drip 1s 250 2.1.5 Ok, and you will have to wait for all of it");
  CAPTURE(act);
  VirtualRun run(std::string(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada grace alan
      no-pipelining
      on rcpt poison* )") +
                 act);
  for (const char* address : {"ada@example.test",
                              "poison@example.test",
                              "grace@example.test",
                              "alan@example.test",
                              "nobody@example.test"}) {
    run.submit(address);
  }
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["grace@example.test"].reason() == Reason::accepted);
  CHECK(run["alan@example.test"].reason() == Reason::accepted);
  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
  CHECK(status_of(run["poison@example.test"].reason()) == Status::unknown);
  CHECK(run["poison@example.test"].settlement.recipient.attempts <= 2);
}

TEST_CASE("the others are not judged by an exchange that could not be reached after it",
          "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx1.example.test
      mx 20 mx2.example.test
    server mx1.example.test 127.1.0.1
      users ada grace
      no-pipelining
      on rcpt poison close
    host mx2.example.test 127.1.0.2
  )");
  for (const char* address : {"poison@example.test", "ada@example.test", "nobody@example.test"}) {
    run.submit(address);
  }
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
  CHECK(run["poison@example.test"].reason() == Reason::connect_failed);
}

TEST_CASE("a pipeline that a server breaks off is asked again one by one", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada grace
      on rcpt poison close
  )");
  for (const char* address : {"ada@example.test", "poison@example.test", "grace@example.test"}) {
    run.submit(address);
  }
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["grace@example.test"].reason() == Reason::accepted);
  CHECK(run["poison@example.test"].reason() == Reason::connect_failed);
}

TEST_CASE("a server that is silent at RCPT costs its domain little and others nothing",
          "[schedule]") {
  VirtualRun run(R"(
    template default
      users ada
    domain silent.test
      mx 10 mx.silent.test
    server mx.silent.test 127.1.0.1
      on rcpt * silent
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.2
  )");
  for (int i = 1; i <= 9; ++i) run.submit("u" + std::to_string(i) + "@silent.test");
  run.submit("ada@example.test");
  run.run();

  CHECK(run["ada@example.test"].at < seconds{1});
  for (int i = 1; i <= 9; ++i) {
    const auto& settled = run["u" + std::to_string(i) + "@silent.test"];
    CHECK(settled.reason() == Reason::timeout);
    CHECK(settled.at <= minutes{3});
  }
}

TEST_CASE("the recipient that drew a 421 is asked again", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada grace alan
      no-pipelining
      on rcpt * nth=2 421 4.7.0 Error: too many errors
  )");
  for (const char* user : {"ada", "grace", "alan"}) run.submit(std::string(user) + "@example.test");
  run.run();

  for (const char* user : {"ada", "grace", "alan"}) {
    CAPTURE(user);
    CHECK(status_of(run[std::string(user) + "@example.test"].reason()) != Status::invalid);
  }
  CHECK(run["ada@example.test"].reason() == Reason::accepted);
}

TEST_CASE("a server that closes the session after each recipient is asked for all of them",
          "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users u u? u??
      no-pipelining
      on rcpt * nth=2 421 4.3.2 One at a time
  )",
                 {.catch_all = false});
  for (int i = 1; i <= 6; ++i) run.submit("u" + std::to_string(i) + "@example.test");
  run.run();

  for (int i = 1; i <= 6; ++i) {
    CHECK(run["u" + std::to_string(i) + "@example.test"].reason() == Reason::accepted);
  }
}

TEST_CASE("a server that hangs up after so many recipients loses none of them", "[schedule]") {
  const auto pipelining = GENERATE("", "no-pipelining\n");
  const auto act = GENERATE("nth=2 close", "nth=3 reset", "nth=1 usual | close");
  CAPTURE(pipelining, act);
  VirtualRun run(std::string(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users u u?
      on rcpt * )") +
                 act + "\n" + pipelining);
  for (int i = 1; i <= 6; ++i) run.submit("u" + std::to_string(i) + "@example.test");
  run.submit("nobody@example.test");
  run.run();

  for (int i = 1; i <= 6; ++i) {
    const auto& settled = run["u" + std::to_string(i) + "@example.test"];
    CHECK(settled.reason() == Reason::accepted);
    CHECK(settled.settlement.judgement.confidence == Confidence::high);
    CHECK(settled.settlement.recipient.attempts == 1);
  }
  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
}

TEST_CASE("no session is opened that may not ask for anybody", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users none
  )",
                 {.domain_rate = {10, seconds{1}}});
  for (int i = 1; i <= 200; ++i) run.submit("x" + std::to_string(i) + "@example.test");
  run.run();

  CHECK(run.size() == 200);
  CHECK(run.seen().connections <= 30);
}

TEST_CASE("a server that blocks our address is left alone after a few sessions", "[schedule]") {
  const auto rule = GENERATE("banner 554 5.7.1 Your IP address {client} is blocked, see our site",
                             "on rcpt * 554 5.7.1 Client host {client} blocked by a blocklist");
  CAPTURE(rule);
  VirtualRun run(std::string(R"(
    domain d{1-60}.test
      mx 10 mx.shared.test
    server mx.shared.test 127.1.0.1
      latency 20ms
      )") + rule);
  for (int i = 1; i <= 60; ++i) run.submit("u@d" + std::to_string(i) + ".test");
  run.run();

  for (int i = 1; i <= 60; ++i) {
    const auto& settled = run["u@d" + std::to_string(i) + ".test"];
    CHECK(settled.reason() == Reason::blocked_ip);
    CHECK(settled.settlement.finding->reply->code == 554);
  }
  CHECK(run.seen().connections <= 10);
}

TEST_CASE("a server that can't be reached is not tried for every domain behind it", "[schedule]") {
  VirtualRun run(R"(
    template default
      users u
    domain d{1-60}.test
      mx 10 mx.dead.test
      mx 20 mx.alive.test
    server mx.dead.test 127.1.0.1
      banner blackhole
    server mx.alive.test 127.1.0.2
  )");
  for (int i = 1; i <= 60; ++i) run.submit("u@d" + std::to_string(i) + ".test");
  CHECK(run.run() <= seconds{30});

  for (int i = 1; i <= 60; ++i) {
    CHECK(run["u@d" + std::to_string(i) + ".test"].reason() == Reason::accepted);
  }
}

TEST_CASE("where no server at all answers, it is said once that the port is closed", "[schedule]") {
  const auto open = GENERATE(false, true);
  CAPTURE(open);
  VirtualRun run(std::string(R"(
    domain d{1-40}.test
      mx 10 mx.d{}.test
    server mx.d{1-40}.test 127.1.0.0+{}
      banner blackhole
    domain open.test
      mx 10 mx.open.test
  )") + (open ? "server mx.open.test 127.1.1.1\n" : ""));
  run.submit("ada@open.test");
  run.run();
  for (int i = 1; i <= 40; ++i) run.submit("ada@d" + std::to_string(i) + ".test");
  run.run();

  CHECK(run["ada@d7.test"].reason() == Reason::timeout);
  CHECK(run.notices().size() == (open ? 0 : 1));
}

TEST_CASE("a server that is too busy is asked less and less, and more again when it is not",
          "[schedule]") {
  VirtualRun run(R"(
    template default
      users u
    domain d{1-40}.test
      mx 10 mx.shared.test
    server mx.shared.test 127.1.0.1
      latency 100ms
      max-sessions 2
  )");
  for (int i = 1; i <= 40; ++i) run.submit("u@d" + std::to_string(i) + ".test");
  run.run();

  int accepted = 0;
  for (int i = 1; i <= 40; ++i) {
    accepted += run["u@d" + std::to_string(i) + ".test"].reason() == Reason::accepted ? 1 : 0;
  }
  CHECK(accepted == 40);
}

TEST_CASE("where a server lets in no more of us, those inside do the work", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users u u? u?? u???
      latency 100ms
      max-sessions 1
  )",
                 {.domain_rate = {0, minutes{1}}});
  for (int i = 1; i <= 100; ++i) run.submit("u" + std::to_string(i) + "@example.test");
  run.run();

  CHECK(run.size() == 100);
  for (int i = 1; i <= 100; ++i) {
    CHECK(run["u" + std::to_string(i) + "@example.test"].reason() == Reason::accepted);
  }
  CHECK(run.seen().connections <= 20);
}

TEST_CASE("too many recipients for a transaction is a verdict on none of them", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users u u? u?? u???
      max-rcpt 2
  )");
  for (int i = 1; i <= 8; ++i) run.submit("u" + std::to_string(i) + "@example.test");
  run.run();

  for (int i = 1; i <= 8; ++i) {
    CHECK(run["u" + std::to_string(i) + "@example.test"].reason() == Reason::accepted);
  }
}

TEST_CASE("a server that hangs up at the second transaction is asked on in another session",
          "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users u u?
      no-pipelining
      max-rcpt 2
      on mail nth=2 close
  )");
  for (int i = 1; i <= 6; ++i) run.submit("u" + std::to_string(i) + "@example.test");
  run.run();

  for (int i = 1; i <= 6; ++i) {
    CHECK(run["u" + std::to_string(i) + "@example.test"].reason() == Reason::accepted);
  }
}

TEST_CASE("a refusal of us is never a verdict on the recipient", "[schedule]") {
  const auto reply = GENERATE("554 5.7.1 <{client}>: Client host rejected: Access denied",
                              "550 5.7.1 Service unavailable; client blocked using zen.example",
                              "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname",
                              "530 5.7.0 Must issue a STARTTLS command first");
  CAPTURE(reply);
  VirtualRun run(std::string(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      on rcpt * )") +
                 reply);
  run.submit("ada@example.test");
  run.run();

  CHECK(status_of(run["ada@example.test"].reason()) == Status::unknown);
}

TEST_CASE("a server that refuses the null sender is asked with the other one", "[schedule]") {
  const auto stage = GENERATE("mail", "rcpt *");
  CAPTURE(stage);
  VirtualRun run(std::string(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada
      on )") + stage +
                 " sender=<> 550 5.7.1 <>: Sender address rejected: null sender refused\n");
  run.submit("ada@example.test");
  run.submit("nobody@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["ada@example.test"].settlement.judgement.confidence == Confidence::high);
  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
  CHECK(run["ada@example.test"].settlement.recipient.attempts == 1);
}

TEST_CASE("where the DNS leads nowhere, its word is the verdict", "[schedule]") {
  VirtualRun run(R"(
    domain null.test
      mx 0 .
    domain nothing.test
    domain private.test
      mx 10 mx.private.test
    host mx.private.test 10.0.0.1
    domain broken.test
      dns servfail
    domain lost.test
      mx 10 mx.nowhere.test
    server implicit.test 127.1.0.1
      users ada
  )");
  for (const char* domain :
       {"null", "nothing", "private", "broken", "lost", "absent", "implicit"}) {
    run.submit("ada@" + std::string(domain) + ".test");
  }
  run.run();

  CHECK(run["ada@null.test"].reason() == Reason::null_mx);
  CHECK(run["ada@nothing.test"].reason() == Reason::no_mail_server);
  CHECK(run["ada@private.test"].reason() == Reason::unroutable);
  CHECK(run["ada@broken.test"].reason() == Reason::dns_error);
  CHECK(run["ada@lost.test"].reason() == Reason::no_mail_server);
  CHECK(run["ada@absent.test"].reason() == Reason::domain_not_found);
  CHECK(run["ada@implicit.test"].reason() == Reason::accepted);
  CHECK(run.seen().connections == 1);
}

TEST_CASE("a domain is looked up once for all its recipients", "[schedule]") {
  VirtualRun run(example);
  for (int i = 1; i <= 9; ++i) run.submit("x" + std::to_string(i) + "@example.test");
  run.run();
  run.submit("late@example.test");
  run.run();

  CHECK(run.seen().dns.at("example.test MX") == 1);
}

TEST_CASE("after its TTL a domain is looked up again", "[schedule]") {
  VirtualRun run(example, {.mx_ttl = minutes{5}});
  run.submit("x@example.test");
  run.run();
  run.run_for(minutes{6});
  run.submit("y@example.test");
  run.run();

  CHECK(run.seen().dns.at("example.test MX") == 2);
}

TEST_CASE("looking no further than the DNS connects to nobody", "[schedule]") {
  VirtualRun run(example, {.depth = Depth::dns});
  run.submit("ada@example.test");
  run.submit("ada@absent.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::not_checked);
  CHECK(run["ada@example.test"].settlement.stage == Stage::dns);
  CHECK(run["ada@absent.test"].reason() == Reason::domain_not_found);
  CHECK(run.seen().connections == 0);
}

TEST_CASE("an address literal is asked where it says, if that may be connected to", "[schedule]") {
  VirtualRun run(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.1.0.1
      users ada
    domain [127.1.0.1]
  )");
  run.submit("ada@[10.0.0.1]");
  run.submit("ada@[127.1.0.1]");
  run.run();

  CHECK(run["ada@[10.0.0.1]"].reason() == Reason::unroutable);
  CHECK(run["ada@[127.1.0.1]"].settlement.where.address == IpAddress::parse("127.1.0.1"));
  CHECK(run.seen().connections == 1);
}

TEST_CASE("an address that is not ASCII is asked only where the server can take it", "[schedule]") {
  VirtualRun run(R"(
    template default
      users *
    domain old.test
      mx 10 mx.old.test
    server mx.old.test 127.1.0.1
    domain new.test
      mx 10 mx.new.test
    server mx.new.test 127.1.0.2
      offers PIPELINING, SMTPUTF8, 8BITMIME
  )",
                 {.catch_all = false});
  run.submit("zoë@old.test");
  run.submit("zoë@new.test");
  run.submit("zoe@new.test");
  run.run();

  CHECK(run["zoë@old.test"].reason() == Reason::smtputf8_required);
  CHECK(run["zoë@new.test"].reason() == Reason::accepted);
  CHECK(run["zoe@new.test"].reason() == Reason::accepted);
  CHECK(run.seen().asked("zoë@old.test") == 0);
}

TEST_CASE("any cut of the octets gives the same verdicts", "[schedule]") {
  const auto piece = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1000});
  CAPTURE(piece);
  VirtualRun run(example, {}, {.piece = piece});
  run.submit("ada@example.test");
  run.submit("nobody@example.test");
  run.run();

  CHECK(run["ada@example.test"].reason() == Reason::accepted);
  CHECK(run["nobody@example.test"].reason() == Reason::user_unknown);
}

TEST_CASE("an interrupted run settles what it has not begun as interrupted", "[schedule]") {
  VirtualRun run(R"(
    domain grey.test
      mx 10 mx.grey.test
    server mx.grey.test 127.1.0.1
      users *
      greylist 1h
  )");
  run.submit("ada@grey.test");
  run.run_for(seconds{10});
  CHECK_FALSE(run.has("ada@grey.test"));
  run.interrupt();
  run.submit("late@grey.test");
  CHECK(run.run() < seconds{3});

  CHECK(run["ada@grey.test"].reason() == Reason::interrupted);
  CHECK(run["late@grey.test"].reason() == Reason::interrupted);
}

}  // namespace
}  // namespace leadverify
