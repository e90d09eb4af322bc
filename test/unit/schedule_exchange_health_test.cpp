#include "schedule/exchange_health.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const TimePoint start{};
const SessionFailure no_answer{.kind = SessionFailure::Kind::timed_out,
                               .stage = Stage::connect,
                               .what = "the server did not answer in time"};

TEST_CASE("trouble halves the sessions and doubles the waits, success undoes it step by step",
          "[schedule][exchange_health]") {
  ExchangeHealth health(5);
  CHECK(health.sessions_allowed() == 5);

  health.on_trouble(start);
  CHECK(health.sessions_allowed() == 2);
  CHECK(health.open_from() == start + seconds{1});
  health.on_trouble(start);
  CHECK(health.sessions_allowed() == 1);
  CHECK(health.open_from() == start + seconds{2});
  for (int i = 0; i < 20; ++i) health.on_trouble(start);
  CHECK(health.sessions_allowed() == 1);
  CHECK(health.open_from() == start + minutes{1});

  health.on_success();
  CHECK(health.sessions_allowed() == 2);
  CHECK(health.open_from() <= start);
  for (int i = 0; i < 9; ++i) health.on_success();
  CHECK(health.sessions_allowed() == 5);
}

TEST_CASE("a server that was out of reach three times in a row is left alone for a while",
          "[schedule][exchange_health]") {
  ExchangeHealth health(5);
  health.on_unreachable(no_answer, start);
  health.on_unreachable(no_answer, start);
  CHECK_FALSE(health.known_failure(start));

  health.on_unreachable(no_answer, start);
  REQUIRE(health.known_failure(start));
  CHECK(health.known_failure(start)->kind == SessionFailure::Kind::timed_out);
  CHECK_FALSE(health.known_failure(start + seconds{30}));

  health.on_unreachable(no_answer, start + seconds{30});
  CHECK(health.known_failure(start + seconds{89}));
  CHECK_FALSE(health.known_failure(start + seconds{90}));

  health.on_success();
  health.on_unreachable(no_answer, start + minutes{5});
  CHECK_FALSE(health.known_failure(start + minutes{5}));
}

TEST_CASE("a server that blocks our address three times in a row is not asked again",
          "[schedule][exchange_health]") {
  ExchangeHealth health(5);
  const SessionFailure blocked{.kind = SessionFailure::Kind::turned_away,
                               .stage = Stage::banner,
                               .reply = Reply{.code = 554, .text = "blocked"},
                               .what = "blocked"};
  health.on_blocked(blocked);
  health.on_blocked(blocked);
  CHECK_FALSE(health.known_failure(start));
  health.on_blocked(blocked);

  REQUIRE(health.known_failure(start + std::chrono::hours{5}));
  CHECK(health.known_failure(start)->reply->code == 554);
}

}  // namespace
}  // namespace leadverify
