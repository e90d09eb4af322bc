#include "schedule/retry_policy.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

TEST_CASE("the waits before retries come in order, and the last one repeats",
          "[schedule][retry_policy]") {
  const RetryPolicy policy{.delays = {5min, 16min, 31min}, .most_retries = 5};

  CHECK(policy.next_delay(0, std::nullopt) == Duration(5min));
  CHECK(policy.next_delay(1, std::nullopt) == Duration(16min));
  CHECK(policy.next_delay(2, std::nullopt) == Duration(31min));
  CHECK(policy.next_delay(3, std::nullopt) == Duration(31min));
  CHECK(policy.next_delay(4, std::nullopt) == Duration(31min));
}

TEST_CASE("a recipient is given up after so many retries, whatever the server says",
          "[schedule][retry_policy]") {
  const RetryPolicy policy{.delays = {45s}, .most_retries = 2};

  CHECK(policy.next_delay(1, std::nullopt));
  CHECK_FALSE(policy.next_delay(2, std::nullopt));
  CHECK_FALSE(policy.next_delay(2, 60s));
  CHECK_FALSE(policy.next_delay(1000, std::nullopt));
}

TEST_CASE("with no retries a recipient is given up at once", "[schedule][retry_policy]") {
  const RetryPolicy policy{.delays = {45s}, .most_retries = 0};

  CHECK_FALSE(policy.next_delay(0, std::nullopt));
  CHECK_FALSE(policy.next_delay(0, 60s));
}

TEST_CASE("a stated wait is kept with ten seconds to spare, and never under half a minute",
          "[schedule][retry_policy]") {
  struct Example {
    std::chrono::seconds stated;
    std::optional<Duration> delay;
  };
  const auto example = GENERATE(values<Example>({
      {0s, 30s},
      {1s, 30s},
      {20s, 30s},
      {21s, 31s},
      {300s, 310s},
      {600s, 610s},
      {601s, std::nullopt},
      {24h, std::nullopt},
      {std::chrono::seconds::max(), std::nullopt},
  }));
  CAPTURE(example.stated.count());
  const RetryPolicy policy{.delays = {45s}, .most_retries = 2, .longest_delay = 10min};

  CHECK(policy.next_delay(0, example.stated) == example.delay);
}

TEST_CASE("the longest stated wait is compared to the fraction of a second",
          "[schedule][retry_policy]") {
  RetryPolicy policy;
  policy.longest_delay = 1500ms;

  CHECK(policy.next_delay(0, 1s));
  CHECK_FALSE(policy.next_delay(0, 2s));
}

TEST_CASE("the limit of a stated wait does not bind the waits that were chosen",
          "[schedule][retry_policy]") {
  const RetryPolicy policy{.delays = {1h}, .most_retries = 2, .longest_delay = 10min};

  CHECK(policy.next_delay(0, std::nullopt) == Duration(1h));
}

}  // namespace
}  // namespace leadverify
