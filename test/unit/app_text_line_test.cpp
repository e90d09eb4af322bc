#include "app/input/text_line.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

namespace leadverify::app {
namespace {

using namespace std::string_literals;

/// The lines of `text`, which comes in pieces of `piece` octets.
std::vector<Line> cut(std::string_view text, std::size_t piece, std::size_t longest = 8192) {
  LineCutter cutter(longest);
  std::vector<Line> lines;
  while (!text.empty()) {
    std::string_view octets = text.substr(0, piece);
    text.remove_prefix(octets.size());
    while (!octets.empty()) {
      if (auto line = cutter.next(octets)) lines.push_back(std::move(*line));
    }
  }
  if (auto line = cutter.last()) lines.push_back(std::move(*line));
  return lines;
}

std::vector<std::string> texts(const std::vector<Line>& lines) {
  std::vector<std::string> texts;
  for (const Line& line : lines) texts.push_back(line.text);
  return texts;
}

TEST_CASE("lines end with LF or CRLF, the last one also with the text", "[app][text]") {
  const auto piece = GENERATE(1, 2, 3, 1000);
  CAPTURE(piece);

  CHECK(texts(cut("a\nb\r\nc", piece)) == std::vector{"a"s, "b"s, "c"s});
  CHECK(texts(cut("a\n", piece)) == std::vector{"a"s});
  CHECK(texts(cut("\n\n", piece)) == std::vector{""s, ""s});
  CHECK(texts(cut("", piece)).empty());
}

TEST_CASE("lines are numbered from 1, blank ones too", "[app][text]") {
  const std::vector<Line> lines = cut("a\n\n\nb", 1);

  CHECK(lines.front().number == 1);
  CHECK(lines.back().number == 4);
}

TEST_CASE("of a long line the beginning is kept, in one piece", "[app][text]") {
  const auto piece = GENERATE(1, 7, 100'000);
  CAPTURE(piece);
  const std::string text = "   " + std::string(50'000, 'x') + "\nada@example.org\n";

  const std::vector<Line> lines = cut(text, piece, 100);

  REQUIRE(lines.size() == 2);
  CHECK(lines[0].cut);
  CHECK(lines[0].text == std::string(100, 'x'));
  CHECK_FALSE(lines[1].cut);
  CHECK(lines[1].text == "ada@example.org");
}

TEST_CASE("white space around an address counts for nothing, however long", "[app][text]") {
  const std::string space(50'000, ' ');

  const std::vector<Line> lines = cut(space + "ada@example.org" + space + "\r\n", 999, 100);

  REQUIRE(lines.size() == 1);
  CHECK_FALSE(lines[0].cut);
  CHECK(lines[0].text == "ada@example.org");
}

TEST_CASE("a line with text behind megabytes of space is cut", "[app][text]") {
  const std::string text = "ada@example.org" + std::string(50'000, ' ') + "x";

  const std::vector<Line> lines = cut(text, 999, 100);

  REQUIRE(lines.size() == 1);
  CHECK(lines[0].cut);
}

TEST_CASE("a field holds one address, with what mail programs write around it", "[app][text]") {
  struct Example {
    std::string field;
    std::string address;
  };
  const auto example = GENERATE(values<Example>({
      {"ada@example.org", "ada@example.org"},
      {" \tada@example.org\t ", "ada@example.org"},
      {"<ada@example.org>", "ada@example.org"},
      {"Ada Lovelace <ada@example.org>", "ada@example.org"},
      {"\"Lovelace, Ada <1815>\" < ada@example.org >", "ada@example.org"},
      {R"("A\"<b" <ada@example.org>)", "ada@example.org"},
      {R"(<"a<b"@example.org>)", R"("a<b"@example.org)"},
      {"O\"Brien <ada@example.org>", "ada@example.org"},
      {"mailto:ada@example.org", "ada@example.org"},
      {"MailTo: ada@example.org", "ada@example.org"},
      {"Ada <MAILTO:ada@example.org>", "ada@example.org"},
      {"mailto:<ada@example.org>", "ada@example.org"},
      {"<<ada@example.org>>", "<ada@example.org>"},
      {"<>", "<>"},
      {"mailto:", "mailto:"},
      {"ada@example.org>", "ada@example.org>"},
      {"<ada@example.org", "<ada@example.org"},
      {"<#ada@example.org>", "#ada@example.org"},
      {"a\0b@example.org"s, "a\0b@example.org"s},
      {"\xFF\xFE@example.org", "\xFF\xFE@example.org"},
      {"ada\r@example.org", "ada\r@example.org"},
      {"nonsense", "nonsense"},
  }));
  CAPTURE(example.field);

  CHECK(address_in(example.field) == example.address);
}

TEST_CASE("random octets give the same lines in whatever pieces they come", "[app][text]") {
  std::mt19937 random(5321);
  const std::string alphabet = "\n\n\r #<>@a\0\xFF\""s;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t length = random() % 200;
    for (std::size_t i = 0; i < length; ++i) text += alphabet[random() % alphabet.size()];
    const std::vector<std::string> whole = texts(cut(text, text.size() + 1, 16));

    for (const std::size_t piece : {1U, 2U, 3U, 5U, 64U}) {
      CAPTURE(round, piece);
      REQUIRE(texts(cut(text, piece, 16)) == whole);
    }
    const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const bool is_open = !text.empty() && text.back() != '\n';
    REQUIRE(whole.size() == ends + (is_open ? 1 : 0));
  }
}

}  // namespace
}  // namespace leadverify::app
