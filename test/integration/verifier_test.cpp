// The library as an embedder uses it, over real sockets against the mail world, on one thread
// and on four.
#include <leadverify/verifier.hpp>

#include "world/loopback_front.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <stdexcept>
#include <thread>

namespace leadverify {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

world::Script read(std::string_view text) {
  auto script = world::read_script(text);
  if (!script) throw std::invalid_argument(to_string(script.error()));
  return *std::move(script);
}

Options options_for(const world::LoopbackWorld& world) {
  Options options;
  options.helo = "probe.example.net";
  options.resolvers = {to_string(world.places().dns)};
  options.smtp_port = world.places().smtp_port;
  options.allow_nets = {"127.0.0.0/8"};
  options.connect_timeout = seconds{2};
  options.command_timeout = seconds{2};
  options.greylist_delays = {milliseconds{300}};
  options.domain_rate.count = 0;
  return options;
}

constexpr const char* many_cases = R"(
template default
  users u u? u?? u???
domain own{1-40}.test
  mx 10 mx.own{}.test
server mx.own{1-40}.test 127.11.0.0+{}
domain shared{1-40}.test
  mx 10 mx.shared.test
server mx.shared.test 127.11.1.1
domain all{1-5}.test
  mx 10 mx.all.test
server mx.all.test 127.11.1.2
  users *
domain grey{1-5}.test
  mx 10 mx.grey.test
server mx.grey.test 127.11.1.3
  greylist 200ms
domain reset{1-5}.test
  mx 10 mx.reset.test
server mx.reset.test 127.11.1.4
  banner reset
domain poison.test
  mx 10 mx.poison.test
server mx.poison.test 127.11.1.5
  on rcpt poison* reset
domain secured{1-5}.test
  mx 10 mx.secured.test
server mx.secured.test 127.11.1.7
  starttls required
domain broken{1-5}.test
  mx 10 mx.broken.test
server mx.broken.test 127.11.1.8
  starttls broken
domain dead{1-5}.test
  mx 10 mx1.dead{}.test
  mx 20 mx.shared.test
host mx1.dead{1-5}.test 127.11.1.6
domain null{1-5}.test
  mx 0 .
)";

/// What is to come out for each address of `many_cases`.
std::map<std::string, Reason> expectations() {
  std::map<std::string, Reason> expected;
  const auto expect = [&](const std::string& domain, Reason known, Reason unknown) {
    for (const char* user : {"u1", "u2", "u3"}) expected[user + ("@" + domain)] = known;
    for (const char* user : {"x1", "x2"}) expected[user + ("@" + domain)] = unknown;
  };
  const auto numbered = [](const std::string& name, int number) {
    return name + std::to_string(number) + ".test";
  };
  for (int i = 1; i <= 40; ++i) expect(numbered("own", i), Reason::accepted, Reason::user_unknown);
  for (int i = 1; i <= 40; ++i) {
    expect(numbered("shared", i), Reason::accepted, Reason::user_unknown);
  }
  for (int i = 1; i <= 5; ++i) {
    expect(numbered("all", i), Reason::catch_all, Reason::catch_all);
    expect(numbered("grey", i), Reason::accepted, Reason::user_unknown);
    expect(numbered("reset", i), Reason::connect_failed, Reason::connect_failed);
    expect(numbered("secured", i), Reason::accepted, Reason::user_unknown);
    expect(numbered("broken", i), Reason::accepted, Reason::user_unknown);
    expect(numbered("dead", i), Reason::accepted, Reason::user_unknown);
    expect(numbered("null", i), Reason::null_mx, Reason::null_mx);
    expect(numbered("absent", i), Reason::domain_not_found, Reason::domain_not_found);
  }
  expect("poison.test", Reason::accepted, Reason::user_unknown);
  expected["poison@poison.test"] = Reason::connect_failed;
  return expected;
}

TEST_CASE("a huge domain at the head of a list does not keep others waiting", "[verifier]") {
  world::LoopbackWorld world(read(R"(
template default
  users u?
domain huge.test
  mx 10 mx.huge.test
server mx.huge.test 127.11.2.1
domain small{1-30}.test
  mx 10 mx.small.test
server mx.small.test 127.11.2.2
)"));
  Options options = options_for(world);
  options.catch_all = false;
  options.domain_rate = {1, std::chrono::hours{1}};
  options.domain_burst = 4;
  options.window = 64;

  std::atomic<int> small = 0;
  std::atomic<int> interrupted = 0;
  std::atomic<std::uint64_t> settled = 0;
  std::promise<void> all_small;
  Callbacks callbacks;
  callbacks.on_result = [&](const Result& result) {
    ++settled;
    if (result.reason == Reason::interrupted) ++interrupted;
    if (result.domain != "huge.test" && ++small == 30) all_small.set_value();
  };
  Verifier verifier(options, std::move(callbacks));
  std::uint64_t line = 0;
  for (int i = 0; i < 1000; ++i) {
    verifier.submit({.text = "a" + std::to_string(i) + "@huge.test", .line = ++line});
  }
  for (int i = 1; i <= 30; ++i) {
    verifier.submit({.text = "u1@small" + std::to_string(i) + ".test", .line = ++line});
  }

  REQUIRE(all_small.get_future().wait_for(seconds{20}) == std::future_status::ready);
  CHECK(verifier.progress().submitted == 1030);
  // At one an hour, but for the first four, which may be settled by now.
  CHECK(verifier.progress().least_left >= std::chrono::hours{1000 - 4 - 4});
  CHECK(verifier.progress().least_left <= std::chrono::hours{1000 - 4});
  verifier.stop();
  CHECK(verifier.wait().total == 1030);
  CHECK(settled == 1030);
  CHECK(interrupted >= 1000 - 4);
}

TEST_CASE("a strand a domain gives the same verdicts on one thread and on four",
          "[verifier][concurrent]") {
  const auto threads = GENERATE(1, 4);
  CAPTURE(threads);
  world::LoopbackWorld world(read(many_cases));
  Options options = options_for(world);
  options.threads = threads;
  const std::map<std::string, Reason> expected = expectations();

  std::map<std::string, Reason> found;
  std::atomic<int> inside = 0;
  std::atomic<bool> overlap = false;
  Callbacks callbacks;
  callbacks.on_result = [&](const Result& result) {
    if (++inside != 1) overlap = true;
    found[result.email] = result.reason;
    --inside;
  };
  Verifier verifier(options, std::move(callbacks));
  std::uint64_t line = 0;
  for (const auto& [address, reason] : expected) verifier.submit({.text = address, .line = ++line});
  verifier.close();
  const Summary summary = verifier.wait();

  CHECK(found == expected);
  CHECK_FALSE(overlap);
  CHECK(summary.complete);
  CHECK(summary.total == expected.size());
  CHECK(summary.valid + summary.invalid + summary.catch_all + summary.unknown == summary.total);
  const world::Counts seen = world.counts();
  CHECK(seen.faults.sum() == 0);
  CHECK(seen.sessions.most <= 50);
  CHECK(seen.sessions.now == 0);
  // What is behind a command that a server hangs up at is sent, and not seen.
  CHECK(summary.recipients_asked >= seen.rcpt);
  CHECK(summary.recipients_asked <= seen.rcpt + 10);
  for (const auto& [address, server] : seen.servers) {
    CAPTURE(address);
    CHECK(server.sessions.most <= 5);
  }
  for (const auto& [domain, counts] : seen.domains) {
    CAPTURE(domain);
    CHECK(counts.sessions.most <= 5);
  }
  // The MX once a domain, both kinds of address once an exchange.
  for (const auto& [question, times] : seen.dns) {
    CAPTURE(question);
    CHECK(times == 1);
  }
}

TEST_CASE("fifty addresses over ten slow domains take less than half a minute", "[verifier]") {
  world::LoopbackWorld world(read(R"(
    template default
      users u u? u?? u???
      latency 200ms
    domain d{1-10}.test
      mx 10 mx.d{}.test
    server mx.d{1-10}.test 127.11.2.0+{}
  )"));
  std::vector<std::string> addresses;
  for (int i = 0; i < 50; ++i) {
    addresses.push_back("u" + std::to_string(i) + "@d" + std::to_string(i % 10 + 1) + ".test");
  }

  const auto begun = std::chrono::steady_clock::now();
  const std::vector<Result> results = verify(addresses, options_for(world));

  CHECK(std::chrono::steady_clock::now() - begun < seconds{30});
  REQUIRE(results.size() == 50);
  for (std::size_t i = 0; i < results.size(); ++i) {
    CHECK(results[i].email == addresses[i]);
    CHECK(results[i].reason == Reason::accepted);
    CHECK(results[i].confidence == Confidence::high);
  }
}

TEST_CASE("an address that came before carries the same verdict, and is not asked for again",
          "[verifier]") {
  world::LoopbackWorld world(read(many_cases));
  const std::vector<std::string> addresses = {"u1@own1.test",
                                              "x1@own1.test",
                                              "u1@OWN1.test",
                                              "U1@own1.test",
                                              "x1@own1.test",
                                              "u1@own1.test"};

  const std::vector<Result> results = verify(addresses, options_for(world));

  CHECK(results[0].duplicate_of == std::nullopt);
  CHECK(results[2].duplicate_of == 1);
  CHECK(results[2].reason == Reason::accepted);
  CHECK(results[2].confidence == Confidence::high);
  CHECK(results[2].code == 250);
  CHECK(results[3].duplicate_of == std::nullopt);
  CHECK(results[4].duplicate_of == 2);
  CHECK(results[4].reason == Reason::user_unknown);
  CHECK(results[5].duplicate_of == 1);
  CHECK(world.counts().asked("u1@own1.test") == 1);
}

TEST_CASE("more addresses than the window holds pass through it", "[verifier]") {
  world::LoopbackWorld world(read(many_cases));
  Options options = options_for(world);
  options.window = 10;
  std::vector<std::string> addresses;
  for (int i = 0; i < 300; ++i) {
    addresses.push_back("u" + std::to_string(i) + "@own" + std::to_string(i % 40 + 1) + ".test");
  }

  const std::vector<Result> results = verify(addresses, options);

  for (const Result& result : results) CHECK(result.reason == Reason::accepted);
}

TEST_CASE("a stopped run ends within seconds and has a record for every address",
          "[verifier][concurrent]") {
  world::LoopbackWorld world(read(R"(
    domain quick.test
      mx 10 mx.quick.test
    server mx.quick.test 127.11.3.1
      users *
    domain grey.test
      mx 10 mx.grey.test
    server mx.grey.test 127.11.3.2
      greylist 1h
    domain slow.test
      mx 10 mx.slow.test
    server mx.slow.test 127.11.3.3
      users *
      latency 500ms
  )"));
  Options options = options_for(world);
  options.command_timeout = seconds{30};
  options.greylist_delays = {std::chrono::minutes{1}};
  options.threads = 2;
  std::map<Reason, int> reasons;
  std::atomic<int> settled = 0;
  Verifier verifier(options, {.on_result = [&](const Result& result) {
                      ++reasons[result.reason];
                      ++settled;
                    }});
  for (int i = 0; i < 20; ++i) {
    for (const char* domain : {"quick", "grey", "slow"}) {
      verifier.submit({.text = "u" + std::to_string(i) + "@" + domain + ".test", .line = 1});
    }
  }
  while (settled < 20) std::this_thread::yield();

  const auto begun = std::chrono::steady_clock::now();
  verifier.stop();
  CHECK_FALSE(verifier.submit({.text = "late@quick.test", .line = 2}));
  const Summary summary = verifier.wait();

  CHECK(std::chrono::steady_clock::now() - begun < seconds{10});
  CHECK_FALSE(summary.complete);
  CHECK(summary.total == 60);
  CHECK(reasons[Reason::interrupted] >= 20);
  CHECK(reasons[Reason::catch_all] >= 20);
}

TEST_CASE("a server that never answers does not hold a stop up", "[verifier]") {
  world::LoopbackWorld world(read(R"(
    domain silent.test
      mx 10 mx.silent.test
    server mx.silent.test 127.11.4.1
      on rcpt * silent
  )"));
  Options options = options_for(world);
  options.command_timeout = seconds{60};
  int interrupted = 0;
  Verifier verifier(options, {.on_result = [&](const Result& result) {
                      if (result.reason == Reason::interrupted) ++interrupted;
                    }});
  verifier.submit({.text = "ada@silent.test", .line = 1});
  while (world.counts().rcpt == 0) std::this_thread::yield();

  const auto begun = std::chrono::steady_clock::now();
  verifier.stop();
  verifier.wait();

  CHECK(std::chrono::steady_clock::now() - begun < seconds{10});
  CHECK(interrupted == 1);
}

TEST_CASE("a Verifier that is destroyed in mid-run ends cleanly", "[verifier][concurrent]") {
  world::LoopbackWorld world(read(many_cases));
  std::atomic<int> results = 0;
  {
    Verifier verifier(options_for(world), {.on_result = [&](const Result&) { ++results; }});
    for (int i = 1; i <= 40; ++i) {
      verifier.submit({.text = "u@own" + std::to_string(i) + ".test", .line = 1});
    }
  }
  CHECK(results == 40);
}

TEST_CASE("progress and events are told while the run lasts", "[verifier]") {
  world::LoopbackWorld world(read(many_cases));
  Options options = options_for(world);
  options.greylist_delays = {milliseconds{1500}};
  std::vector<std::string> events;
  Progress last;
  Verifier verifier(options,
                    {.on_progress = [&](const Progress& progress) { last = progress; },
                     .on_event = [&](const std::string& what) { events.push_back(what); }});
  verifier.submit({.text = "u1@grey1.test", .line = 1});
  verifier.submit({.text = "u1@reset1.test", .line = 2});
  verifier.close();
  verifier.wait();

  CHECK(last.submitted == 2);
  CHECK(last.waiting_to_retry == 1);
  const auto tells_of_reset = [](const std::string& event) {
    return event.find("mx.reset.test [127.11.1.4]: the ") != std::string::npos;
  };
  CHECK(std::ranges::any_of(events, tells_of_reset));
}

TEST_CASE("a repetition of what is remembered gets its verdict, and nobody is asked",
          "[verifier]") {
  std::vector<Result> results;
  Options options;
  options.depth = Depth::syntax;
  Verifier verifier(options,
                    {.on_result = [&](const Result& result) { results.push_back(result); }});
  Result known;
  known.input = {.text = "ada@EXAMPLE.org", .line = 3, .file = std::nullopt};
  known.status = Status::invalid;
  known.reason = Reason::user_unknown;
  known.code = 550;
  verifier.remember(known);
  // One that is itself a repetition tells nothing new, and what is no mailbox repeats nothing.
  Result repeated = known;
  repeated.input.text = "bob@example.org";
  repeated.duplicate_of = 1;
  verifier.remember(repeated);
  known.input.text = "nonsense";
  verifier.remember(known);

  for (const char* const text : {"ada@example.org", "bob@example.org", "nonsense"}) {
    verifier.submit({.text = text, .line = 10, .file = std::nullopt});
  }
  verifier.close();
  const Summary summary = verifier.wait();

  std::ranges::sort(results, {}, &Result::email);
  REQUIRE(results.size() == 3);
  CHECK(results[0].reason == Reason::user_unknown);
  CHECK(results[0].duplicate_of == 3);
  CHECK(results[0].code == 550);
  CHECK(results[1].reason == Reason::not_checked);
  CHECK_FALSE(results[1].duplicate_of.has_value());
  CHECK(results[2].reason == Reason::syntax);
  CHECK(summary.total == 3);
  CHECK(verifier.progress().submitted == 3);
}

TEST_CASE("options with a fault are refused in words", "[verifier]") {
  Options options;
  options.max_connections = 0;
  CHECK_THROWS_AS(Verifier(options, {}), std::invalid_argument);
}

}  // namespace
}  // namespace leadverify
