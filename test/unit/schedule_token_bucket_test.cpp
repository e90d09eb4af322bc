#include "schedule/token_bucket.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <random>
#include <vector>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

const TimePoint start = TimePoint{} + 1000h;

TEST_CASE("a bucket is full at first, and empties", "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 10);

  CHECK(bucket.full(start));
  CHECK(bucket.available(start) == 10);
  bucket.take(4, start);
  CHECK(bucket.available(start) == 6);
  CHECK_FALSE(bucket.full(start));
  bucket.take(6, start);
  CHECK(bucket.available(start) == 0);
}

TEST_CASE("tokens come in one by one at the rate, up to the burst", "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 3);
  bucket.take(3, start);

  CHECK(bucket.available(start + 6s - 1ns) == 0);
  CHECK(bucket.available(start + 6s) == 1);
  CHECK(bucket.available(start + 12s - 1ns) == 1);
  CHECK(bucket.available(start + 12s) == 2);
  CHECK_FALSE(bucket.full(start + 18s - 1ns));
  CHECK(bucket.full(start + 18s));
  CHECK(bucket.available(start + 1000h) == 3);
}

TEST_CASE("a bucket says when so many can be taken, and keeps its word",
          "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 5);
  CHECK(bucket.when(5, start) == start);
  bucket.take(5, start);

  for (std::size_t count = 1; count <= 5; ++count) {
    CAPTURE(count);
    const TimePoint when = bucket.when(count, start + 1s);
    CHECK(when == start + 6s * static_cast<int>(count));
    CHECK(bucket.available(when) == count);
    CHECK(bucket.available(when - 1ns) == count - 1);
    CHECK(bucket.when(count, when) == when);
  }
  CHECK(bucket.when(6, start) == bucket.when(5, start));
  CHECK(bucket.when(1'000'000, start) == bucket.when(5, start));
  CHECK(bucket.when(0, start) == start);
}

TEST_CASE("what did not happen is given back", "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 5);
  bucket.take(5, start);
  bucket.give_back(2, start);
  CHECK(bucket.available(start) == 2);
  bucket.give_back(0, start);
  CHECK(bucket.available(start) == 2);
  bucket.give_back(3, start);
  CHECK(bucket.full(start));
  CHECK(bucket.available(start) == 5);
}

TEST_CASE("a bucket given back to when it is full does not overflow", "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 5);
  bucket.take(5, start);

  bucket.give_back(5, start);

  CHECK(bucket.available(start + 1h) == 5);
  bucket.take(5, start + 1h);
  CHECK(bucket.available(start + 1h) == 0);
}

TEST_CASE("what has come in again is not given back", "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 10);
  bucket.take(9, start);
  bucket.take(10, start + 1min);

  bucket.give_back(8, start);

  CHECK(bucket.available(start + 1min) == 0);
}

TEST_CASE("a rate of nothing is no limit", "[schedule][token_bucket]") {
  TokenBucket bucket({0, 1min}, 1);

  CHECK(bucket.available(start) == std::numeric_limits<std::size_t>::max());
  bucket.take(1'000'000, start);
  bucket.give_back(5, start);
  CHECK(bucket.full(start));
  CHECK(bucket.when(1'000'000, start) == start);
}

TEST_CASE("no window holds more than the burst and what the rate lets in",
          "[schedule][token_bucket]") {
  struct Example {
    Rate rate;
    int burst;
  };
  const auto example = GENERATE(values<Example>({
      {{10, 1min}, 10},
      {{7, 1min}, 1},
      {{3, 1s}, 1},
      {{3, 1s}, 5},
      {{7, 10ns}, 3},
      {{1, 1h}, 2},
      {{1'000'000'000, 1s}, 1},
  }));
  CAPTURE(example.rate.count, example.rate.per.count(), example.burst);
  TokenBucket bucket(example.rate, example.burst);
  std::mt19937_64 random(42);
  std::vector<TimePoint> events;
  TimePoint now = start;
  const auto interval = static_cast<std::uint64_t>(example.rate.per.count()) / example.rate.count;

  for (int step = 0; step < 600; ++step) {
    const std::size_t wanted = random() % 4;
    if (random() % 2 == 0) {
      now = bucket.when(wanted, now);
    } else {
      now += Duration(random() % (2 * interval + 2));
    }
    const std::size_t taken = std::min(wanted, bucket.available(now));
    bucket.take(taken, now);
    const std::size_t returned = taken == 0 ? 0 : random() % (taken + 1);
    bucket.give_back(returned, now);
    for (std::size_t i = returned; i < taken; ++i) events.push_back(now);
  }

  REQUIRE(events.size() > 100);
  for (std::size_t first = 0; first < events.size(); ++first) {
    for (std::size_t last = first; last < std::min(events.size(), first + 60); ++last) {
      const auto window = static_cast<std::uint64_t>((events[last] - events[first]).count());
      const std::uint64_t let_in =
          window * example.rate.count / static_cast<std::uint64_t>(example.rate.per.count());
      REQUIRE(last - first + 1 <= static_cast<std::uint64_t>(example.burst) + let_in);
    }
  }
}

TEST_CASE("who takes all that comes in gets the whole rate", "[schedule][token_bucket]") {
  TokenBucket bucket({10, 1min}, 1);
  TimePoint now = start;
  for (int i = 0; i < 600; ++i) {
    now = bucket.when(1, now);
    bucket.take(1, now);
  }

  CHECK(now == start + 6s * 599);
}

}  // namespace
}  // namespace leadverify
