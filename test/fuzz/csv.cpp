// A list as CSV, and how it is said to be written: an item for each row, and records as CSV that
// bring the cells back.
#include <leadverify/csv_line.hpp>
#include <leadverify/json_line.hpp>

#include "app/input/csv_rows.hpp"
#include "app/input/kept_row.hpp"
#include "fuzz/item_promises.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace leadverify::fuzz {
namespace {

using app::CsvRow;
using app::Dialect;

constexpr std::string_view delimiters = ",;\t| ";

struct ReferenceRow {
  std::uint64_t line = 0;
  std::string_view text;
  bool unclosed = false;
};

/// Where the row in front of `text` ends, by the rule alone, octet by octet; absent where the text
/// ends within quotes.
std::optional<std::size_t> end_of_row(std::string_view text, char delimiter) {
  enum class Place { before_cell, cell, quoted, behind_quote } place = Place::before_cell;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (place == Place::quoted) {
      if (c == '"') place = Place::behind_quote;
    } else if (c == '\n') {
      return at;
    } else if (c == delimiter) {
      place = Place::before_cell;
    } else if (c == '"' && place != Place::cell) {
      place = Place::quoted;
    } else if (c != ' ' || place != Place::before_cell) {
      place = Place::cell;
    }
  }
  if (place == Place::quoted) return std::nullopt;
  return text.size();
}

std::vector<ReferenceRow> rows_of(std::string_view text, char delimiter) {
  std::vector<ReferenceRow> rows;
  std::uint64_t line = 1;
  bool line_by_line = false;  // behind a quote that is never closed
  while (!text.empty()) {
    const std::size_t feed = std::min(text.find('\n'), text.size());
    std::optional<std::size_t> end = end_of_row(text, delimiter);
    const bool unclosed = !end || (line_by_line && *end > feed);
    line_by_line = line_by_line || unclosed;
    if (line_by_line) end = feed;
    std::string_view row = text.substr(0, *end);
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(row, '\n'));
    row.remove_suffix(row.ends_with('\r') ? 1 : 0);
    rows.push_back({.line = line, .text = row, .unclosed = unclosed});
    line += 1 + lines;
    text.remove_prefix(std::min(*end + 1, text.size()));
  }
  return rows;
}

bool is_blank(std::string_view row, char delimiter) {
  return std::ranges::all_of(
      row, [&](char c) { return c != delimiter && (c == ' ' || c == '\t' || c == '\r'); });
}

/// Excel's "sep=;".
bool names_delimiter(std::string_view row) {
  std::string small(row.substr(0, 4));
  for (char& c : small) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return row.size() == 5 && small == "sep=";
}

/// `text` without what only divides and encloses cells.
std::string bare(std::string_view text, char delimiter) {
  std::string bare(text);
  std::erase_if(bare, [&](char c) { return c == delimiter || c == '"' || c == ' '; });
  return bare;
}

/// The cells that are kept, and no other octets, stand in the row in this order.
void check_kept(const Input& item, std::string_view row, char delimiter) {
  std::string kept;
  for (const Row::Value& value : item.row->values) {
    if (value.text.size() + 3 >= app::longest_kept_value) return;  // it may be cut
    kept += bare(value.text, delimiter);
  }
  if (kept.size() + app::longest_kept_value >= 8 * 1024) return;
  require(bare(row, delimiter).starts_with(kept), "what is kept stands in the row");
  require(item.remark || bare(row, delimiter) == kept, "all of a row that is right is kept");
}

/// Each row that is neither blank nor in front of the others has its item.
void check_rows(const app::Items& read, std::string_view text, const Dialect& dialect) {
  std::vector<ReferenceRow> rows = rows_of(text, *dialect.delimiter);
  const std::uint64_t skipped = std::erase_if(
      rows, [&](const ReferenceRow& row) { return is_blank(row.text, *dialect.delimiter); });
  if (!rows.empty() && names_delimiter(rows.front().text)) rows.erase(rows.begin());
  if (!rows.empty() && dialect.header) rows.erase(rows.begin());

  require(read.skipped == skipped, "blank lines are skipped, and nothing else is");
  require(read.items.size() == rows.size(), "each row is an item");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    require(read.items[i].line == rows[i].line, "an item has the line on which its row starts");
    require(!rows[i].unclosed || read.items[i].remark, "a quote that is not closed is told");
    if (dialect.keep.all) check_kept(read.items[i], rows[i].text, *dialect.delimiter);
  }
}

void check_cells(std::string_view row, char delimiter) {
  std::vector<std::string_view> cells;
  app::split_row(row, delimiter, cells);
  require(!cells.empty(), "a row has a cell");
  std::size_t octets = cells.size() - 1;
  for (const std::string_view cell : cells) {
    octets += cell.size();
    const std::string text = app::cell_text(cell, 64);
    require(text.size() <= 64 && app::cell_text(cell, row.size()).starts_with(text),
            "a cell is cut to its limit");
  }
  require(octets == row.size(), "cells and what divides them are the row");
}

/// The cells of `line`, which is the whole of a row.
std::vector<std::string> cells_of(const std::string& line) {
  app::RowCutter cutter(",");
  const std::string text = line + "\n";
  std::string_view octets = text;
  const std::optional<CsvRow> row = cutter.next(octets);
  require(row && octets.empty() && row->flaw == CsvRow::Flaw::none && row->text == line,
          "a record is a row");
  std::vector<std::string_view> cells;
  app::split_row(row->text, ',', cells);
  std::vector<std::string> texts;
  for (const std::string_view cell : cells) texts.push_back(app::cell_text(cell, line.size()));
  return texts;
}

/// The same items as JSON, which keeps line ends.
void check_json(const Result& result) {
  const std::string line = json_line(result);
  require(safe_text(line, line.size()) == line, "so can one as JSON");
}

/// What is kept of the item comes back as it was, made safe.
void check_record(const Input& item) {
  Result result;
  result.input = item;
  result.email = item.text;
  result.error = item.remark;
  check_json(result);
  const CsvLayout layout = {.kept = item.row ? *item.row->names : std::vector<std::string>()};
  const std::string line = csv_line(result, layout);
  require(line.find_first_of("\r\n") == std::string::npos, "a record is one line");
  require(safe_text(line, line.size()) == line, "a record can be shown on a terminal");
  const std::vector<std::string> cells = cells_of(line);
  require(cells.size() == cells_of(csv_header(layout)).size(), "a record has all columns");
  for (std::size_t i = 0; i < layout.kept.size(); ++i) {
    const std::string kept = safe_text(item.row->values[i].text, 1024);
    require(cells[i] == kept || cells[i] == "'" + kept, "a cell is read as it was written");
    require(cells[i].empty() || std::string_view("=@").find(cells[i].front()) == std::string::npos,
            "no cell is a formula");
  }
}

Dialect dialect_of(std::string_view head) {
  const unsigned ways = octet_at(head, 0);
  Dialect dialect{.format = app::InputFormat::csv};
  dialect.header = (ways & 1) == 0;
  if ((ways & 2) != 0) dialect.column = "2";
  if ((ways & 4) != 0) dialect.keep = {.columns = {"name", "1"}};
  if ((ways & 8) != 0) dialect.keep = {.all = true};
  const char delimiter = head.size() > 1 ? head[1] : '\0';
  if (delimiters.find(delimiter) != std::string_view::npos) dialect.delimiter = delimiter;
  return dialect;
}

/// How the file is written, and the file; or a file alone, of which all is kept.
void run(Octets octets) {
  const auto units = split_units(as_text(octets), 2);
  const std::string_view text = units.back();
  const Dialect dialect = dialect_of(units.size() == 2 ? units.front() : "\x08");
  check_cells(text.substr(0, text.find('\n')), dialect.delimiter.value_or(','));
  const std::optional<app::Items> read = promised_items(dialect, text);
  if (!read) return;
  if (dialect.delimiter) check_rows(*read, text, dialect);
  for (const Input& item : read->items) check_record(item);
}

const Registration registration({.name = "csv", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
