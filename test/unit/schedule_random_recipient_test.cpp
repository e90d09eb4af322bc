#include "schedule/random_recipient.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace leadverify {
namespace {

constexpr std::chrono::sys_seconds begun{std::chrono::seconds{1'768'728'600}};

TEST_CASE("a random local part is twenty letters and digits, and begins with a letter",
          "[schedule][random_recipient]") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const std::string name = random_local_part(seed, "example.org", begun);
    CAPTURE(name);

    REQUIRE(name.size() == 20);
    REQUIRE(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos);
    REQUIRE((name[0] >= 'a' && name[0] <= 'z'));
  }
}

TEST_CASE("a greylisting server hears the same name again", "[schedule][random_recipient]") {
  CHECK(random_local_part(7, "example.org", begun) == random_local_part(7, "example.org", begun));
}

TEST_CASE("every domain, run and second has a name of its own", "[schedule][random_recipient]") {
  std::set<std::string> names;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    for (int domain = 0; domain < 50; ++domain) {
      names.insert(random_local_part(seed, "d" + std::to_string(domain) + ".example", begun));
    }
  }
  CHECK(names.size() == 1000);

  // Not only by the time stamp.
  std::set<std::string> beginnings;
  for (const std::string& name : names) beginnings.insert(name.substr(0, 13));
  CHECK(beginnings.size() == 1000);

  CHECK(random_local_part(7, "example.org", begun) !=
        random_local_part(7, "example.org", begun + std::chrono::seconds{1}));
  CHECK_FALSE(random_local_part(7, "", begun).empty());
}

TEST_CASE("the name ends with the moment it was made, in base 36", "[schedule][random_recipient]") {
  const auto count = GENERATE(values<std::int64_t>({0, 35, 36, 1'768'728'600, 78'364'164'095}));
  const std::chrono::sys_seconds moment{std::chrono::seconds{count}};

  const std::string stamp = random_local_part(7, "example.org", moment).substr(13);

  CHECK(std::stoll(stamp, nullptr, 36) == count);
}

}  // namespace
}  // namespace leadverify
