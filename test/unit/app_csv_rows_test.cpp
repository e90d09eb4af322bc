#include "app/input/csv_rows.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

namespace leadverify::app {
namespace {

using namespace std::string_literals;
using Cells = std::vector<std::string>;

struct ReadRow {
  std::uint64_t line = 0;
  Cells cells;
  CsvRow::Flaw flaw = CsvRow::Flaw::none;

  friend bool operator==(const ReadRow&, const ReadRow&) = default;
};

Cells cells_of(std::string_view row) {
  std::vector<std::string_view> raw;
  split_row(row, ',', raw);
  Cells cells;
  for (const std::string_view cell : raw) cells.push_back(cell_text(cell, longest_row));
  return cells;
}

/// The rows of `text`, which comes in pieces of `piece` octets.
std::vector<ReadRow> read_rows(std::string_view text, std::size_t piece) {
  RowCutter cutter(",");
  std::vector<ReadRow> rows;
  const auto take = [&](const CsvRow& row) {
    rows.push_back({.line = row.line, .cells = cells_of(row.text), .flaw = row.flaw});
  };
  while (!text.empty()) {
    std::string_view octets = text.substr(0, piece);
    text.remove_prefix(octets.size());
    while (!octets.empty()) {
      if (const auto row = cutter.next(octets)) take(*row);
    }
  }
  while (const auto row = cutter.last()) take(*row);
  return rows;
}

std::vector<Cells> cells_in(const std::vector<ReadRow>& rows) {
  std::vector<Cells> cells;
  for (const ReadRow& row : rows) cells.push_back(row.cells);
  return cells;
}

TEST_CASE("rows and cells are divided as RFC 4180 says", "[app][csv]") {
  struct Example {
    std::string text;
    std::vector<Cells> rows;
  };
  const auto example = GENERATE(values<Example>({
      {"", {}},
      {"a", {{"a"}}},
      {"a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
      {"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {",", {{"", ""}}},
      {"a,\n,b", {{"a", ""}, {"", "b"}}},
      {"\n\na", {{""}, {""}, {"a"}}},
      {"\"a\",\"b\"", {{"a", "b"}}},
      {"\"a,b\",c", {{"a,b", "c"}}},
      {"\"a\"\"b\"", {{"a\"b"}}},
      {"\"\"\"\"", {{"\""}}},
      {"\"\",\"\"\n", {{"", ""}}},
      {"\"\"\"a\"\"\"", {{"\"a\""}}},
      {"\"a\nb\",c\nd,e", {{"a\nb", "c"}, {"d", "e"}}},
      {"\"a\r\nb\"\r\nc", {{"a\r\nb"}, {"c"}}},
      {"\"\n\"", {{"\n"}}},
      // Not RFC 4180, and written all the same
      {"a\"b,c\"\nd", {{"a\"b", "c\""}, {"d"}}},
      {"O\"Brien,x", {{"O\"Brien", "x"}}},
      {" \"a,b\" ,c", {{"a,b", "c"}}},
      {" a , b ", {{" a ", " b "}}},
      {"\"a\"b,c", {{"ab", "c"}}},
      {"\"a\" \"b,c\"", {{"a \"b", "c\""}}},
      {"a\rb", {{"a\rb"}}},
      {"\0,\xFF"s, {{"\0"s, "\xFF"}}},
  }));
  const auto piece = GENERATE(1U, 2U, 3U, 1000U);
  CAPTURE(example.text, piece);

  CHECK(cells_in(read_rows(example.text, piece)) == example.rows);
}

TEST_CASE("a row has the number of the line on which it starts", "[app][csv]") {
  const auto piece = GENERATE(1U, 4U, 1000U);
  CAPTURE(piece);

  const std::vector<ReadRow> rows = read_rows("a\n\"b\n\nc\",d\n\ne", piece);

  REQUIRE(rows.size() == 4);
  CHECK(rows[1].line == 2);
  CHECK(rows[2].line == 5);
  CHECK(rows[3].line == 6);
}

TEST_CASE("a quote that is never closed costs its own line alone", "[app][csv]") {
  const auto piece = GENERATE(1U, 5U, 1000U);
  CAPTURE(piece);

  const std::vector<ReadRow> rows = read_rows("a,b\nc,\"d\ne,f\r\ng\"\"h,i\nj", piece);

  CHECK(rows == std::vector<ReadRow>{{1, {"a", "b"}},
                                     {2, {"c", "d"}, CsvRow::Flaw::unclosed},
                                     {3, {"e", "f"}},
                                     {4, {"g\"\"h", "i"}},
                                     {5, {"j"}}});
}

TEST_CASE("a quote on the last line need not be closed by anything", "[app][csv]") {
  CHECK(read_rows("a\n\"b,c", 1000) ==
        std::vector<ReadRow>{{1, {"a"}}, {2, {"b,c"}, CsvRow::Flaw::unclosed}});
}

TEST_CASE("a quote that is not closed within 1 MiB is given up", "[app][csv]") {
  const auto piece = GENERATE(4096U, 65'536U, 100'000'000U);
  CAPTURE(piece);
  std::string text = "\"a\n";
  const std::size_t lines = 3 * longest_row / 8;
  for (std::size_t i = 0; i < lines; ++i) text += "b,c,d,e\n";

  const std::vector<ReadRow> rows = read_rows(text, piece);

  REQUIRE(rows.size() == lines + 1);
  CHECK(rows[0] == ReadRow{1, {"a"}, CsvRow::Flaw::unclosed});
  CHECK(rows[1] == ReadRow{2, {"b", "c", "d", "e"}});
  CHECK(rows.back() == ReadRow{lines + 1, {"b", "c", "d", "e"}});
}

TEST_CASE("a row of megabytes is cut, and the next one is whole", "[app][csv]") {
  const auto piece = GENERATE(4096U, 100'000'000U);
  CAPTURE(piece);
  const auto opening = GENERATE(values<std::string>({"", "\""}));
  const std::string text = "a," + opening + std::string(3'000'000, 'x') + "\nb,c\n";

  const std::vector<ReadRow> rows = read_rows(text, piece);

  REQUIRE(rows.size() == 2);
  CHECK(rows[0].flaw == CsvRow::Flaw::cut);
  CHECK(rows[0].cells[0] == "a");
  CHECK(rows[0].cells[1].size() < longest_row);
  CHECK(rows[1] == ReadRow{2, {"b", "c"}});
}

TEST_CASE("many quotes on end cost no more than other octets", "[app][csv]") {
  std::string text;
  while (text.size() < 4'000'000) text += "\"a\",\"b\n";

  CHECK(read_rows(text, 65'536).size() == text.size() / 7);
}

TEST_CASE("random octets give the same rows in whatever pieces they come", "[app][csv]") {
  std::mt19937 random(4180);
  const std::string alphabet = "\n\n\r\"\"\", ,ab";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i) text += alphabet[random() % alphabet.size()];
    const std::vector<ReadRow> whole = read_rows(text, text.size() + 1);

    for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
      CAPTURE(round, piece, text);
      REQUIRE(read_rows(text, piece) == whole);
    }
    std::uint64_t line = 1;
    for (const ReadRow& row : whole) {
      REQUIRE(row.line >= line);
      line = row.line + 1;
    }
  }
}

TEST_CASE("what was written by the book is read as it was meant", "[app][csv]") {
  std::mt19937 random(4181);
  const std::string alphabet = "\n\r\", ab";
  for (int round = 0; round < 500; ++round) {
    std::vector<Cells> rows(1 + random() % 4);
    std::string text;
    for (Cells& row : rows) {
      for (std::size_t cells = 1 + random() % 3; cells > 0; --cells) {
        std::string cell;
        for (std::size_t i = random() % 6; i > 0; --i) cell += alphabet[random() % 7];
        text += row.empty() ? "\"" : ",\"";
        for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
        text += '"';
        row.push_back(std::move(cell));
      }
      text += random() % 2 == 0 ? "\r\n" : "\n";
    }
    CAPTURE(round, text);

    REQUIRE(cells_in(read_rows(text, 1 + random() % 9)) == rows);
  }
}

TEST_CASE("a cell is cut to what is wanted of it", "[app][csv]") {
  CHECK(cell_text("abcdef", 3) == "abc");
  CHECK(cell_text("\"a\"\"bcd\"", 3) == "a\"b");
  CHECK(cell_text("\"ab\"cd", 3) == "abc");
}

}  // namespace
}  // namespace leadverify::app
