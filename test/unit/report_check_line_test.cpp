#include <leadverify/doctor.hpp>

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

TEST_CASE("a check is one line of JSON with every key", "[report][check line]") {
  const Check well{
      .name = "clock", .subject = {}, .health = Health::ok, .found = "it is", .advice = {}};
  const Check unwell{.name = "spf",
                     .subject = "example.org",
                     .health = Health::failure,
                     .found = "it says \"fail\"",
                     .advice = "mend it"};

  CHECK(json_line(well) ==
        R"({"type":"check","check":"clock","subject":null,"health":"ok","found":"it is",)"
        R"("advice":null})");
  CHECK(json_line(unwell) ==
        R"({"type":"check","check":"spf","subject":"example.org","health":"failure",)"
        R"("found":"it says \"fail\"","advice":"mend it"})");
}

}  // namespace
}  // namespace leadverify
