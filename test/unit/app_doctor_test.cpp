#include "app/doctor.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

TEST_CASE("a check is shown as a line of a table, with the advice below it", "[app][doctor]") {
  CHECK(table_line({.name = "clock",
                    .subject = {},
                    .health = Health::ok,
                    .found = "it is noon",
                    .advice = {}}) == "ok       clock           it is noon\n");
  CHECK(table_line({.name = "spf",
                    .subject = "example.org",
                    .health = Health::warning,
                    .found = "it says softfail",
                    .advice = "Add this host"}) ==
        "warning  spf             example.org: it says softfail\n"
        "                         Add this host.\n");
}

TEST_CASE("long text stays in its column", "[app][doctor]") {
  std::string words;
  for (int i = 0; i < 40; ++i) words += "word ";
  const std::string line = table_line(
      {.name = "spf", .subject = {}, .health = Health::ok, .found = words + "end", .advice = {}});

  std::size_t begin = 0;
  for (std::size_t end = line.find('\n'); end != line.npos; end = line.find('\n', begin)) {
    CHECK(end - begin <= 96);
    if (begin > 0) CHECK(line.substr(begin, 26) == std::string(25, ' ') + "w");
    begin = end + 1;
  }
  CHECK(begin == line.size());
}

TEST_CASE("the table ends with what was found, counted", "[app][doctor]") {
  const auto check = [](Health health) { return Check{.name = "x", .health = health}; };

  CHECK(table_end({check(Health::ok)}) == "\n0 failures, 0 warnings\n");
  CHECK(table_end({check(Health::failure), check(Health::warning), check(Health::warning)}) ==
        "\n1 failure, 2 warnings\n");
  CHECK(table_end({check(Health::unknown)}) ==
        "\n0 failures, 0 warnings, 1 that can't be told from here\n");
}

}  // namespace
}  // namespace leadverify::app
