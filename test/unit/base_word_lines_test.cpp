#include "base/word_lines.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using Words = std::vector<std::string_view>;

TEST_CASE("a table's lines are its words, and comments and blank lines count for nothing",
          "[base][word lines]") {
  WordLines lines(
      "\xEF\xBB\xBF"
      "one two\r\n\r\n  # a comment\n\tthree#four \t five #six\n\nseven");

  REQUIRE(lines.next());
  CHECK(lines.number() == 1);
  CHECK(lines.words() == Words{"one", "two"});
  REQUIRE(lines.next());
  CHECK(lines.number() == 4);
  CHECK(lines.words() == Words{"three#four", "five"});
  REQUIRE(lines.next());
  CHECK(lines.number() == 6);
  CHECK(lines.words() == Words{"seven"});
  CHECK_FALSE(lines.next());
}

TEST_CASE("a text without words has no lines", "[base][word lines]") {
  const auto text = GENERATE("", "\n", " \t\r\n", "# nothing", "\xEF\xBB\xBF");

  CHECK_FALSE(WordLines(text).next());
}

TEST_CASE("a long word is quoted by its beginning", "[base][word lines]") {
  CHECK(in_quotes("word") == "'word'");
  CHECK(in_quotes(std::string(500, 'x')) == "'" + std::string(80, 'x') + "'");
}

}  // namespace
}  // namespace leadverify
