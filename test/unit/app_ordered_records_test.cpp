#include "app/output/ordered_records.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

namespace leadverify::app {
namespace {

TEST_CASE("records come out in the order of their numbers, whatever order they come in",
          "[app][ordered]") {
  std::vector<std::uint64_t> numbers(500);
  for (std::uint64_t i = 0; i < numbers.size(); ++i) numbers[i] = i + 1;
  std::mt19937 random(7);
  std::ranges::shuffle(numbers, random);
  std::vector<std::string> out;
  OrderedRecords ordered([&](const std::string& record) { out.push_back(record); });

  for (const std::uint64_t number : numbers) ordered.take(number, std::to_string(number));

  REQUIRE(out.size() == 500);
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(out[i] == std::to_string(i + 1));
  CHECK(ordered.held() == 0);
  CHECK(ordered.octets() == 0);
}

TEST_CASE("a record is held back until those before it are there", "[app][ordered]") {
  std::string out;
  OrderedRecords ordered([&](const std::string& record) { out += record; });

  ordered.take(3, "third");
  ordered.take(2, "second");
  CHECK(out.empty());
  CHECK(ordered.held() == 2);
  CHECK(ordered.octets() == 11);

  ordered.take(1, "first");
  CHECK(out == "firstsecondthird");
  CHECK(ordered.held() == 0);
}

TEST_CASE("an input without a record holds nobody up", "[app][ordered]") {
  std::string out;
  OrderedRecords ordered([&](const std::string& record) { out += record; });

  ordered.take(2, "second");
  ordered.take(1, std::nullopt);

  CHECK(out == "second");
}

}  // namespace
}  // namespace leadverify::app
