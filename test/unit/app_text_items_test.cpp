#include "support/items.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using Texts = std::vector<std::string>;

const Dialect text_dialect = {.format = InputFormat::text};

TEST_CASE("of a text each line is an item, with the number of its line", "[app][text]") {
  const Items read = read_items("-", text_dialect, "ada@example.org\r\n\n <bob@example.org>");

  CHECK(shown(read) == Texts{"1 <ada@example.org> ", "3 <bob@example.org> "});
  CHECK(read.skipped == 1);
}

TEST_CASE("blank lines and comments are skipped", "[app][text]") {
  const auto line = GENERATE("\n", " \t \r\n", "#\n", "# ada@example.org\n", "  #x\n");
  CAPTURE(line);

  const Items read = read_items("-", text_dialect, line);

  CHECK(read.items.empty());
  CHECK(read.skipped == 1);
}

TEST_CASE("a comment on the last line ends the reading", "[app][text]") {
  CHECK(read_items("-", text_dialect, "# no more").skipped == 1);
}

TEST_CASE("an address before megabytes of space and more text is not taken for one",
          "[app][text]") {
  const std::string space(2'000'000, ' ');

  const Items read = read_items("-", text_dialect, "ada@example.org" + space + "x");

  REQUIRE(read.items.size() == 1);
  CHECK(read.items[0].text != "ada@example.org");
  CHECK(read.items[0].text.size() <= 8192);
}

TEST_CASE("a line that is longer than 8 KiB is told as such", "[app][text]") {
  // Cut, it would end within a character.
  std::string line;
  while (line.size() <= 8192) line += "\u20AC";

  const Items read = read_items("-", text_dialect, std::string(8192, 'a') + "\n" + line);

  REQUIRE(read.items.size() == 2);
  CHECK_FALSE(read.items[0].is_broken);
  CHECK(read.items[1].is_broken);
  CHECK(read.items[1].remark == "the line is longer than 8 KiB");
}

}  // namespace
}  // namespace leadverify::app
