#include "app/resume/packed_inputs.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

namespace leadverify::app {
namespace {

using Place = PackedInputs::Place;

std::string text_of(Place place) {
  return std::string(place.second % 7, 'x') + std::to_string(place.first) + ":" +
         std::to_string(place.second);
}

TEST_CASE("what was kept is taken out once, at its place", "[app][packed_inputs]") {
  PackedInputs inputs;
  inputs.keep({0, 3}, "ada");
  inputs.keep({0, 7}, "");
  inputs.keep({1, 2}, "bob");

  CHECK_FALSE(inputs.take({0, 1}).has_value());
  CHECK_FALSE(inputs.take({0, 4}).has_value());
  CHECK_FALSE(inputs.take({2, 1}).has_value());
  CHECK(inputs.take({0, 7})->text.empty());
  CHECK_FALSE(inputs.take({0, 7}).has_value());
  CHECK(inputs.take_first()->place == Place{0, 3});
  CHECK(inputs.take_first()->text == "bob");
  CHECK_FALSE(inputs.take_first().has_value());
}

TEST_CASE("as many as may be come and go in any order", "[app][packed_inputs]") {
  std::mt19937 random(5321);
  PackedInputs inputs;
  std::map<Place, std::string> expected;
  std::uint64_t line = 0;
  for (int step = 0; step < 60'000; ++step) {
    // More come than go at first, and then the other way round.
    if (random() % 3 != (step < 30'000 ? 0 : 1) && step < 40'000) {
      line += 1 + random() % 3;
      const Place place{static_cast<std::uint32_t>(line / 20'000), line};
      inputs.keep(place, text_of(place));
      expected.emplace(place, text_of(place));
      continue;
    }
    const Place place{static_cast<std::uint32_t>(random() % 4), random() % (line + 1)};
    auto found = expected.lower_bound(place);
    const Place wanted = found == expected.end() || random() % 8 == 0 ? place : found->first;
    const auto taken = inputs.take(wanted);
    REQUIRE(taken.has_value() == expected.contains(wanted));
    if (taken) REQUIRE(taken->text == expected.at(wanted));
    expected.erase(wanted);
  }

  REQUIRE(inputs.size() == expected.size());
  REQUIRE(expected.size() > 1000);
  for (const auto& [place, text] : expected) {
    const auto first = inputs.take_first();
    REQUIRE(first.has_value());
    REQUIRE(first->place == place);
    REQUIRE(first->text == text);
  }
  CHECK(inputs.size() == 0);
}

}  // namespace
}  // namespace leadverify::app
