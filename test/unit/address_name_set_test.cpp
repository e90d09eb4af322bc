#include "address/name_set.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

std::string numbered(int number) {
  return "domain" + std::to_string(number) + ".example";
}

TEST_CASE("a set has the names that were added, and no others", "[address][name set]") {
  NameSet names;
  for (int i = 0; i < 20'000; i += 2) names.add(numbered(i));

  CHECK(names.size() == 10'000);
  int wrong = 0;
  for (int i = 0; i < 20'000; ++i) {
    if (names.contains(numbered(i)) != (i % 2 == 0)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a name counts once, however often it is added", "[address][name set]") {
  NameSet names;
  names.add("example.org");
  names.add("example.org");

  CHECK(names.size() == 1);
  CHECK(names.contains("example.org"));
}

TEST_CASE("a name is in a set as it stands", "[address][name set]") {
  NameSet names;
  names.add("example.org");

  CHECK_FALSE(names.contains("Example.org"));
  CHECK_FALSE(names.contains("xample.org"));
  CHECK_FALSE(names.contains("example.or"));
  CHECK_FALSE(names.contains(""));
}

TEST_CASE("an empty set has no name", "[address][name set]") {
  CHECK_FALSE(NameSet().contains("example.org"));
  CHECK(NameSet().size() == 0);
}

}  // namespace
}  // namespace leadverify
