#include "schedule/packed_input.hpp"
#include "support/results.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

Input plain() {
  Input input;
  input.text = "ada@example.org";
  input.line = 17;
  input.number = 18;
  return input;
}

TEST_CASE("an input that waits comes back as it was", "[schedule][packed_input]") {
  Input full = plain();
  full.file = "";
  full.remark = "the row has 2 cells where the first row has 3";
  full.row = make_row({"name", "id"}, {{"Ada"}, {"17", true}});
  Input with_empty_row = plain();
  with_empty_row.row = Row{};
  std::string packed;
  for (const Input& input : {full, plain(), with_empty_row}) pack(input, packed);

  std::string_view rest = packed;
  const Input first = unpack(rest);
  const Input second = unpack(rest);
  const Input third = unpack(rest);

  CHECK(rest.empty());
  CHECK(first.text == "ada@example.org");
  CHECK(first.line == 17);
  CHECK(first.number == 18);
  CHECK(first.file == "");
  CHECK(first.remark == full.remark);
  REQUIRE(first.row);
  CHECK(*first.row->names == *full.row->names);
  CHECK(first.row->values.at(0).text == "Ada");
  CHECK_FALSE(first.row->values.at(0).is_json);
  CHECK(first.row->values.at(1).text == "17");
  CHECK(first.row->values.at(1).is_json);
  CHECK_FALSE(second.file);
  CHECK_FALSE(second.remark);
  CHECK_FALSE(second.row);
  REQUIRE(third.row);
  CHECK_FALSE(third.row->names);
}

TEST_CASE("an input takes little more than its text", "[schedule][packed_input]") {
  std::string packed;
  pack(plain(), packed);

  CHECK(packed.size() <= plain().text.size() + 21);
}

}  // namespace
}  // namespace leadverify
