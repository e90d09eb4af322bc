#include "dns/caching_resolver.hpp"

#include <catch2/catch.hpp>

#include <deque>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

/// Keeps each question until the test answers it.
class PatientResolver final : public Resolver {
 public:
  void lookup_mx(const std::string& domain, MxDone done) override {
    mx_questions.emplace_back(domain, std::move(done));
    ++asked;
  }
  void lookup_addresses(const std::string& host, AddressDone done) override {
    address_questions.emplace_back(host, std::move(done));
    ++asked;
  }
  ResolverCounts counts() const override { return {.queries = asked, .mx_hits = 0}; }

  void answer_mx(const MxAnswer& answer) {
    const auto question = std::move(mx_questions.front());
    mx_questions.pop_front();
    question.second(answer);
  }

  std::deque<std::pair<std::string, MxDone>> mx_questions;
  std::deque<std::pair<std::string, AddressDone>> address_questions;
  std::uint64_t asked = 0;
};

class HandClock final : public Clock {
 public:
  TimePoint now() const override { return time; }
  std::unique_ptr<Alarm> make_alarm(asio::any_io_executor) override { return nullptr; }

  TimePoint time{};
};

MxAnswer one_exchange(std::chrono::seconds ttl = 60s) {
  return {.status = DnsStatus::ok, .records = {{10, "mx.example.org"}}, .ttl = ttl, .error = {}};
}

/// A caching resolver before an inner one, and what the askers were told.
struct Scene {
  explicit Scene(Duration ttl_cap = 1h) : resolver(io.get_executor(), inner, clock, ttl_cap) {}

  void ask(const std::string& domain) {
    resolver.lookup_mx(domain, [this](const MxAnswer& answer) { answers.push_back(answer); });
  }
  void run() {
    io.restart();
    io.poll();
  }

  asio::io_context io;
  HandClock clock;
  std::shared_ptr<PatientResolver> inner = std::make_shared<PatientResolver>();
  CachingResolver resolver;
  std::vector<MxAnswer> answers;
};

TEST_CASE("a hundred askers for one name cost one query", "[dns][caching_resolver]") {
  Scene scene;
  for (int i = 0; i < 100; ++i) scene.ask("example.org");
  scene.run();
  REQUIRE(scene.inner->mx_questions.size() == 1);
  CHECK(scene.answers.empty());

  scene.inner->answer_mx(one_exchange());
  scene.run();

  REQUIRE(scene.answers.size() == 100);
  CHECK(scene.answers[99].records == one_exchange().records);
  CHECK(scene.resolver.counts().queries == 1);
  CHECK(scene.resolver.counts().mx_hits == 99);
}

TEST_CASE("a name is asked for again only after its TTL", "[dns][caching_resolver]") {
  Scene scene;
  scene.ask("example.org");
  scene.run();
  scene.inner->answer_mx(one_exchange(60s));
  scene.run();

  scene.clock.time += 59s;
  scene.ask("example.org");
  CHECK(scene.answers.size() == 1);  // never from inside the call
  scene.run();
  CHECK(scene.answers.size() == 2);
  CHECK(scene.inner->asked == 1);

  scene.clock.time += 1s;
  scene.ask("example.org");
  scene.run();
  CHECK(scene.answers.size() == 2);
  CHECK(scene.inner->asked == 2);
  CHECK(scene.resolver.counts().mx_hits == 1);
}

TEST_CASE("a lookup that failed is tried again after some seconds", "[dns][caching_resolver]") {
  Scene scene;
  scene.ask("example.org");
  scene.run();
  scene.inner->answer_mx(failed_answer<MxAnswer>("SERVFAIL"));
  scene.run();

  scene.ask("example.org");
  scene.run();
  CHECK(scene.inner->asked == 1);

  scene.clock.time += 5s;
  scene.ask("example.org");
  scene.run();
  CHECK(scene.inner->asked == 2);
}

TEST_CASE("the cap on the TTL is the cache's", "[dns][caching_resolver]") {
  Scene scene(10s);
  scene.ask("example.org");
  scene.run();
  scene.inner->answer_mx(one_exchange(1h));
  scene.run();

  scene.clock.time += 10s;
  scene.ask("example.org");
  scene.run();

  CHECK(scene.inner->asked == 2);
}

TEST_CASE("addresses are kept apart from MX records of the same name", "[dns][caching_resolver]") {
  Scene scene;
  int address_answers = 0;
  const auto count = [&](const AddressAnswer&) { ++address_answers; };
  scene.ask("example.org");
  scene.resolver.lookup_addresses("example.org", count);
  scene.resolver.lookup_addresses("example.org", count);
  scene.run();

  REQUIRE(scene.inner->mx_questions.size() == 1);
  REQUIRE(scene.inner->address_questions.size() == 1);
  scene.inner->address_questions[0].second(failed_answer<AddressAnswer>("SERVFAIL"));
  scene.run();

  CHECK(address_answers == 2);
  CHECK(scene.answers.empty());
  CHECK(scene.resolver.counts().mx_hits == 0);
}

TEST_CASE("an answer that comes after the resolver is gone goes nowhere",
          "[dns][caching_resolver]") {
  asio::io_context io;
  const HandClock clock;
  const auto inner = std::make_shared<PatientResolver>();
  bool answered = false;
  {
    CachingResolver resolver(io.get_executor(), inner, clock, 1h);
    resolver.lookup_mx("example.org", [&](const MxAnswer&) { answered = true; });
    io.poll();
  }

  inner->answer_mx(one_exchange());
  io.restart();
  io.poll();

  CHECK_FALSE(answered);
}

}  // namespace
}  // namespace leadverify
