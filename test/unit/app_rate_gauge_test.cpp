#include "app/terminal/rate_gauge.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

TEST_CASE("before a minute has passed the rate is that of the whole run", "[app][rate]") {
  RateGauge gauge;
  CHECK(gauge.each_second() == 0);
  gauge.note(0s, 0);
  CHECK(gauge.each_second() == 0);
  gauge.note(10s, 50);
  CHECK(gauge.each_second() == Approx(5));
  gauge.note(20s, 200);
  CHECK(gauge.each_second() == Approx(10));
}

TEST_CASE("what was long ago no longer counts", "[app][rate]") {
  RateGauge gauge;
  for (int second = 1; second <= 100; ++second) {
    gauge.note(std::chrono::seconds(second), 1000);  // at once, then nothing
  }
  CHECK(gauge.each_second() == 0);
  for (int second = 101; second <= 200; ++second) {
    gauge.note(std::chrono::seconds(second), 1000 + 3 * (second - 100U));
  }
  CHECK(gauge.each_second() == Approx(3));
}

TEST_CASE("however often it is told, the rate is the same", "[app][rate]") {
  RateGauge gauge;
  for (int step = 1; step <= 100'000; ++step) gauge.note(step * 1ms, step * 2U);
  CHECK(gauge.each_second() == Approx(2000));
}

}  // namespace
}  // namespace leadverify::app
