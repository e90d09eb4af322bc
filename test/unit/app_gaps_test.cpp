#include "app/resume/gaps.hpp"

#include <catch2/catch.hpp>

#include <deque>

namespace leadverify::app {
namespace {

using Lines = std::vector<std::uint64_t>;

Input input(std::uint64_t line, std::optional<std::string> file = std::nullopt) {
  return {.text = "ada" + std::to_string(line) + "@example.org", .line = line, .file = file};
}

Result record_of(const Input& input) {
  Result result;
  result.input = input;
  return result;
}

/// An input of which it is known how far it was read.
struct Source {
  std::deque<Input> unread;

  Gaps gaps(std::vector<std::string> files = {"list"}) {
    return Gaps(std::move(files), "out", [this]() -> std::optional<Input> {
      if (unread.empty()) return std::nullopt;
      Input next = unread.front();
      unread.pop_front();
      return next;
    });
  }
};

Lines left_in(Gaps& gaps) {
  Lines lines;
  while (const std::optional<Input> left = gaps.take_left()) lines.push_back(left->line);
  return lines;
}

std::string refusal(Gaps& gaps, const Result& record) {
  try {
    gaps.take(record);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("the input is read as far as the finished records reach", "[app][gaps]") {
  Source source{{input(1), input(2), input(4), input(7), input(8), input(9)}};
  Gaps gaps = source.gaps();

  CHECK(gaps.take(record_of(input(4)))->line == 4);
  CHECK(gaps.take(record_of(input(1)))->line == 1);
  CHECK(gaps.take(record_of(input(8)))->line == 8);

  CHECK(source.unread.size() == 1);
  CHECK(left_in(gaps) == Lines{2, 7});
}

TEST_CASE("what an address carries is still there when its turn comes", "[app][gaps]") {
  Input with_row = input(1);
  with_row.row = Row{.names = nullptr, .values = {{.text = "17", .is_json = true}}};
  Input with_remark = input(2);
  with_remark.remark = "the row has 1 cell";
  Input broken = input(3);
  broken.is_broken = true;
  Source source{{with_row, with_remark, broken, input(4), input(5)}};
  Gaps gaps = source.gaps();
  REQUIRE(gaps.take(record_of(input(5))));

  const std::optional<Input> third = gaps.take(record_of(input(3)));
  const std::optional<Input> first = gaps.take_left();
  const std::optional<Input> second = gaps.take_left();
  const std::optional<Input> fourth = gaps.take_left();

  REQUIRE((first && second && third && fourth));
  REQUIRE(first->row);
  REQUIRE(first->row->values.size() == 1);
  CHECK(first->row->values[0].text == "17");
  CHECK(first->row->values[0].is_json);
  CHECK(second->remark == "the row has 1 cell");
  CHECK(third->is_broken);
  CHECK_FALSE((fourth->row || fourth->remark || fourth->is_broken));
}

TEST_CASE("where nothing is finished nothing is read", "[app][gaps]") {
  Source source{{input(1)}};
  Gaps gaps = source.gaps();

  CHECK(left_in(gaps).empty());
  CHECK(source.unread.size() == 1);
}

TEST_CASE("a record takes the input as it came in", "[app][gaps]") {
  Source source{{Input{.text = std::string(9000, '\xFF'), .line = 1, .file = std::nullopt}}};
  Gaps gaps = source.gaps();
  Result record;
  record.input.line = 1;
  for (int count = 0; count < 106; ++count) record.input.text += "\xEF\xBF\xBD";

  CHECK(gaps.take(record)->text.size() == 9000);
}

TEST_CASE("a record of another address is refused in words that name both", "[app][gaps]") {
  Source source{{input(1), input(2)}};
  Gaps gaps = source.gaps();
  Result other = record_of(input(2));
  other.input.text = "bob@example.org";

  const std::string words = refusal(gaps, other);

  CHECK(words.find("line 2 is 'ada2@example.org'") != std::string::npos);
  CHECK(words.find("its record says 'bob@example.org'") != std::string::npos);
  CHECK(words.find("name another output") != std::string::npos);
}

TEST_CASE("a line has one record", "[app][gaps]") {
  Source source{{input(1), input(2), input(3)}};
  Gaps gaps = source.gaps();
  CHECK(gaps.take(record_of(input(2))));
  CHECK(gaps.take(record_of(input(1))));

  CHECK_FALSE(refusal(gaps, record_of(input(2))).empty());
  CHECK_FALSE(refusal(gaps, record_of(input(1))).empty());
  CHECK(source.unread.size() == 1);
}

TEST_CASE("a record of a line without an address is refused at once", "[app][gaps]") {
  Source source{{input(1), input(5), input(6)}};
  Gaps gaps = source.gaps();

  CHECK_FALSE(refusal(gaps, record_of(input(3))).empty());
  CHECK(source.unread.size() == 1);
}

TEST_CASE("an input that ends before a record's line has no address for it", "[app][gaps]") {
  Source source{{input(1)}};
  Gaps gaps = source.gaps();

  CHECK_FALSE(gaps.take(record_of(input(3))).has_value());

  const std::string words = gaps.beyond_input(record_of(input(3))).what();
  CHECK(words.find("line 3, and the input ends before it") != std::string::npos);
}

TEST_CASE("of several inputs each record is held against its own", "[app][gaps]") {
  Source source{{input(1, "a"), input(2, "a"), input(1, "b"), input(2, "b"), input(1, "c")}};
  Gaps gaps = source.gaps({"a", "none", "b", "c"});

  CHECK(gaps.take(record_of(input(2, "b")))->file == "b");
  CHECK(gaps.take(record_of(input(2, "a")))->file == "a");

  CHECK(source.unread.size() == 1);
  CHECK(left_in(gaps) == Lines{1, 1});
  CHECK(refusal(gaps, record_of(input(1, "none"))).find("line 1 of none") != std::string::npos);
  CHECK_FALSE(refusal(gaps, record_of(input(1, "d"))).empty());
  CHECK_FALSE(refusal(gaps, record_of(input(1))).empty());
}

TEST_CASE("of inputs whose names look alike a record finds its own", "[app][gaps]") {
  const std::string first = "x\xFF.txt";
  const std::string second = "x\xFE.txt";
  const auto record = [](const std::string& address) {
    Result result;
    result.input = {.text = address, .line = 1, .file = "x\uFFFD.txt"};
    return result;
  };
  const auto source = [&] {
    return Source{{Input{.text = "ada@example.org", .line = 1, .file = first},
                   Input{.text = "bob@example.org", .line = 1, .file = second}}};
  };

  SECTION("in the order of the input") {
    Source read = source();
    Gaps gaps = read.gaps({first, second});
    CHECK(gaps.take(record("ada@example.org"))->file == first);
    CHECK(gaps.take(record("bob@example.org"))->file == second);
  }
  SECTION("in another order") {
    Source read = source();
    Gaps gaps = read.gaps({first, second});
    CHECK(gaps.take(record("bob@example.org"))->file == second);
    CHECK(gaps.take(record("ada@example.org"))->file == first);
  }
  SECTION("or is refused") {
    Source read = source();
    Gaps gaps = read.gaps({first, second});
    const std::string words = refusal(gaps, record("eve@example.org"));
    CHECK(words.find("its record says 'eve@example.org'") != std::string::npos);
  }
}

TEST_CASE("records that name an input file are not those of one input", "[app][gaps]") {
  Source source{{input(1)}};
  Gaps gaps = source.gaps();

  CHECK(refusal(gaps, record_of(input(1, "list"))).find("list") != std::string::npos);
}

TEST_CASE("an input that is given twice has two records a line", "[app][gaps]") {
  Source source{{input(1, "a"), input(2, "a"), input(1, "a"), input(2, "a")}};
  Gaps gaps = source.gaps({"a", "a"});

  CHECK(gaps.take(record_of(input(2, "a"))));
  CHECK(gaps.take(record_of(input(2, "a"))));
  CHECK_FALSE(refusal(gaps, record_of(input(2, "a"))).empty());
  CHECK(left_in(gaps) == Lines{1, 1});
}

}  // namespace
}  // namespace leadverify::app
