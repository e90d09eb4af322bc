#include "app/base/units.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a duration is a number with its unit, or several from large to small", "[app][units]") {
  struct Example {
    const char* text;
    std::chrono::nanoseconds duration;
  };
  const auto example = GENERATE(values<Example>({{"500ms", 500ms},
                                                 {"45s", 45s},
                                                 {"5m", 5min},
                                                 {"1h", 1h},
                                                 {"5m15s", 5min + 15s},
                                                 {"1h1m1s1ms", 1h + 1min + 1s + 1ms},
                                                 {"90m", 90min},
                                                 {"0s", 0s},
                                                 {"007s", 7s},
                                                 {"8784h", 8784h}}));
  CAPTURE(example.text);

  CHECK(parse_duration(example.text) == example.duration);
}

TEST_CASE("what has no unit, a sign or a fraction is no duration", "[app][units]") {
  const auto text = GENERATE("",
                             "45",
                             "0",
                             "s",
                             "-5s",
                             "+5s",
                             "1.5s",
                             "5 s",
                             "5S",
                             "5sec",
                             "15s5m",
                             "5s5s",
                             "5s ",
                             " 5s",
                             "5m15",
                             "8785h",
                             "99999999999999999999s",
                             "8784h1ms",
                             "5µs");
  CAPTURE(text);

  CHECK_FALSE(parse_duration(text).has_value());
}

TEST_CASE("a rate is a number for each second, minute or hour", "[app][units]") {
  CHECK(parse_rate("5/s") == Rate{5, 1s});
  CHECK(parse_rate("10/min") == Rate{10, 1min});
  CHECK(parse_rate("100/h") == Rate{100, 1h});
  CHECK(parse_rate("1000000/s") == Rate{1'000'000, 1s});
}

TEST_CASE("a rate of 0 lifts the limit", "[app][units]") {
  CHECK(parse_rate("0")->count == 0);
  CHECK(parse_rate("0/h")->count == 0);
}

TEST_CASE("a rate without its unit, or beyond a million, is none", "[app][units]") {
  const auto text =
      GENERATE("", "10", "/s", "10/", "10/m", "-1/s", "1.5/s", "10 /s", "1000001/s", "10/s/s");
  CAPTURE(text);

  CHECK_FALSE(parse_rate(text).has_value());
}

TEST_CASE("a count is decimal digits and nothing else", "[app][units]") {
  CHECK(parse_count("0") == 0);
  CHECK(parse_count("18446744073709551615") == 18446744073709551615U);

  const auto text =
      GENERATE("", "-5", "+5", " 5", "5 ", "0x5", "1e3", "5.0", "nan", "18446744073709551616");
  CAPTURE(text);
  CHECK_FALSE(parse_count(text).has_value());
}

TEST_CASE("a duration is told to people in its two largest units", "[app][units]") {
  CHECK(to_text(0s) == "0s");
  CHECK(to_text(59'999ms) == "59s");
  CHECK(to_text(65s) == "1m05s");
  CHECK(to_text(1h + 2min + 59s) == "1h02m");
  CHECK(to_text(100h) == "100h00m");
}

}  // namespace
}  // namespace leadverify::app
