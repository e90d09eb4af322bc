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
  OrderedRecords ordered([&](const WrittenRecord& record) { out.push_back(record.text); });

  for (const std::uint64_t number : numbers) ordered.take(number, {.text = std::to_string(number)});

  REQUIRE(out.size() == 500);
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(out[i] == std::to_string(i + 1));
  CHECK(ordered.held() == 0);
  CHECK(ordered.octets() == 0);
}

TEST_CASE("a record is held back until those before it are there", "[app][ordered]") {
  std::string out;
  OrderedRecords ordered([&](const WrittenRecord& record) { out += record.text; });

  ordered.take(3, {.text = "third"});
  ordered.take(2, {.text = "second"});
  CHECK(out.empty());
  CHECK(ordered.held() == 2);
  CHECK(ordered.octets() == 11);

  ordered.take(1, {.text = "first"});
  CHECK(out == "firstsecondthird");
  CHECK(ordered.held() == 0);
}

TEST_CASE("behind an input without a record nothing comes out", "[app][ordered]") {
  std::string out;
  OrderedRecords ordered([&](const WrittenRecord& record) { out += record.text; });
  ordered.take(5, {.text = "fifth"});
  ordered.take(2, {.text = "second"});

  ordered.end_before(3);
  CHECK(ordered.held() == 1);
  CHECK(ordered.octets() == 6);

  ordered.take(4, {.text = "fourth"});
  ordered.take(1, {.text = "first"});
  ordered.end_before(6);
  ordered.take(7, {.text = "seventh"});
  CHECK(out == "firstsecond");
  CHECK(ordered.held() == 0);
  CHECK(ordered.octets() == 0);
}

}  // namespace
}  // namespace leadverify::app
