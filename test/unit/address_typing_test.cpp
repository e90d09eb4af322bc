#include "address/typing.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

TEST_CASE("what fingers do easily is near", "[address][typing]") {
  struct Example {
    std::string_view typed;
    std::string_view meant;
    int distance;
  };
  const auto example = GENERATE(values<Example>({
      {"gmail.com", "gmail.com", 0},
      {"gmaill.com", "gmail.com", 1},  // a letter twice
      {"yaho.com", "yahoo.com", 1},    // a double letter once
      {"gmial.com", "gmail.com", 2},   // swapped
      {"gmal.com", "gmail.com", 2},    // left out
      {"gmaiul.com", "gmail.com", 2},  // added
      {"gmsil.com", "gmail.com", 2},   // the key beside it
      {"gmaik.com", "gmail.com", 2},   // likewise
      {"gmqil.com", "gmail.com", 2},   // the key above it
      {"gmzil.com", "gmail.com", 2},   // the key below it
      {"zahoo.com", "yahoo.com", 3},   // far away on QWERTY
      {"hmx.de", "gmx.de", 2},         // beside it
      {"pmx.de", "gmx.de", 3},         // somewhere else
      {"gmailcom", "gmail.com", 2},
      {"gmailc.om", "gmail.com", 2},
      {"gmial.cmo", "gmail.com", 4},
      {"", "", 0},
      {"", "aa", 3},
  }));
  CAPTURE(example.typed, example.meant);

  CHECK(typing_distance(example.typed, example.meant, 8) == example.distance);
}

TEST_CASE("more than the most is told as one more", "[address][typing]") {
  CHECK(typing_distance("gmial.com", "gmail.com", 2) == 2);
  CHECK(typing_distance("gmial.com", "gmail.com", 1) == 2);
  CHECK(typing_distance("gmial.com", "gmail.com", 0) == 1);
  CHECK(typing_distance("example.org", "gmail.com", 4) == 5);
  CHECK(typing_distance("gmail.com.example.org", "gmail.com", 4) == 5);
  CHECK(typing_distance(std::string(65, 'a'), std::string(65, 'a'), 4) == 5);
  CHECK(typing_distance(std::string(64, 'a'), std::string(64, 'a'), 4) == 0);
}

}  // namespace
}  // namespace leadverify
