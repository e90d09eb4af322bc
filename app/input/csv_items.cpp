#include "app/input/csv_items.hpp"

#include "app/base/usage_error.hpp"
#include "app/input/kept_row.hpp"
#include "app/input/octet_source.hpp"
#include "app/input/text_line.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

// Far longer than any address (RFC 5321 section 4.5.3.1: 320), and far shorter than memory.
constexpr std::size_t longest_address = 8 * 1024;

std::string count_of_cells(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " cell" : " cells");
}

std::string first_delimiters(const Dialect& dialect) {
  return dialect.delimiter ? std::string(1, *dialect.delimiter) : std::string(known_delimiters);
}

/// Absent where the cell holds more than any address.
std::optional<std::string> address_in_cell(std::string_view cell) {
  const auto short_enough = [](std::string_view address) -> std::optional<std::string> {
    if (address.size() > longest_address) return std::nullopt;
    return std::string(address);
  };
  if (cell.find('"') == cell.npos) return short_enough(address_in(cell));
  return short_enough(address_in(cell_text(cell, longest_row)));
}

bool is_blank(std::string_view text, std::optional<char> delimiter) {
  return std::ranges::all_of(
      text, [&](char c) { return c != delimiter && (c == ' ' || c == '\t' || c == '\r'); });
}

}  // namespace

CsvItems::CsvItems(std::string file, Dialect dialect)
    : file_(std::move(file)),
      dialect_(std::move(dialect)),
      rows_(first_delimiters(dialect_)),
      delimiter_(dialect_.delimiter) {}

std::optional<Input> CsvItems::next(std::string_view& octets) {
  while (const std::optional<CsvRow> row = rows_.next(octets)) {
    if (std::optional<Input> item = item_in(*row)) return item;
  }
  return std::nullopt;
}

std::optional<Input> CsvItems::last() {
  while (const std::optional<CsvRow> row = rows_.last()) {
    if (std::optional<Input> item = item_in(*row)) return item;
  }
  return std::nullopt;
}

/// Absent where the row is none: blank, or the header.
std::optional<Input> CsvItems::item_in(const CsvRow& row) {
  if (is_blank(row.text, delimiter_)) {
    ++skipped_;
    return std::nullopt;
  }
  if (names_delimiter(row) || takes_as_header(row)) return std::nullopt;
  split_row(row.text, *delimiter_, cells_);
  return item_of_cells(row);
}

/// Is it the line in front by which Excel tells the delimiter?
bool CsvItems::names_delimiter(const CsvRow& row) {
  if (std::exchange(begun_, true)) return false;
  const std::optional<char> named = named_delimiter(row.text);
  if (named && !delimiter_) set_delimiter(*named);
  return named.has_value();
}

/// Learns the columns from the first row. Is that a header?
bool CsvItems::takes_as_header(const CsvRow& row) {
  if (columns_) return false;
  if (row.flaw != CsvRow::Flaw::none) {
    throw UsageError("the first row of " + shown_file(file_) +
                     " can't be read: a quote is not closed, or the row is longer than 1 MiB");
  }
  if (!delimiter_) set_delimiter(find_delimiter(row.text, file_, dialect_));
  split_row(row.text, *delimiter_, cells_);
  columns_ = find_columns(cells_, file_, dialect_);
  return dialect_.header;
}

void CsvItems::set_delimiter(char delimiter) {
  delimiter_ = delimiter;
  rows_.set_delimiter(delimiter);
}

Input CsvItems::item_of_cells(const CsvRow& row) const {
  Input item{.text = {}, .line = row.line, .file = {}};
  // Where the row breaks off, its last cell does.
  const std::size_t whole_cells = cells_.size() - (row.flaw == CsvRow::Flaw::none ? 0 : 1);
  item.remark = remark_on(row);
  std::optional<std::string> address;
  if (columns_->address < whole_cells) {
    address = address_in_cell(cells_[columns_->address]);
    if (!address) item.remark = "the cell with the address is longer than 8 KiB";
  }
  item.is_broken = !address;
  item.text = item.is_broken ? row.text.substr(0, longest_address) : *std::move(address);
  if (dialect_.keep.any()) item.row = kept_of_cells();
  return item;
}

/// The values that go into the record; cells that are missing are empty.
Row CsvItems::kept_of_cells() const {
  KeptRow row(columns_->kept_names);
  for (const std::size_t place : columns_->kept) {
    // One octet more than is kept tells that there is more.
    const std::string_view cell = place < cells_.size() ? cells_[place] : std::string_view();
    row.add_text(cell_text(cell, longest_kept_value + 1));
  }
  return row.take();
}

std::optional<std::string> CsvItems::remark_on(const CsvRow& row) const {
  if (row.flaw == CsvRow::Flaw::unclosed) return "a quote in this row is not closed";
  if (row.flaw == CsvRow::Flaw::cut) return "the row is longer than 1 MiB";
  if (cells_.size() == columns_->count) return std::nullopt;
  return "the row has " + count_of_cells(cells_.size()) + " where the first row has " +
         std::to_string(columns_->count);
}

}  // namespace leadverify::app
