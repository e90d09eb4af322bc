// The rows of CSV text (RFC 4180): where one ends, and what its cells hold.
//
// A cell that begins with a quote lasts until the next one that is not doubled, over line
// ends too; in the middle of a cell a quote is a character like others. Spaces around quotes
// count for nothing. Lines end with LF or CRLF. However the octets come in, in one piece or
// one by one, the rows are the same.
//
// A quote that is never closed would swallow the rest of the file. Where a row is not at its
// end after 1 MiB, or at the end of the file, it ends with its first line, and what was read
// beyond that is read anew: each line a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

/// The longest row; a longer one is cut.
inline constexpr std::size_t longest_row = 1024 * 1024;

struct CsvRow {
  std::uint64_t line = 0;  // on which it starts, from 1
  std::string_view text;   // without its line end
  enum class Flaw : std::uint8_t {
    none,
    unclosed,  // a quote is not closed: `text` is the first line
    cut,       // it was longer, and `text` is its beginning
  };
  Flaw flaw = Flaw::none;
};

/// Finds the line feed that ends a row, piece by piece.
class RowEnd {
 public:
  /// Each of `delimiters` ends a cell.
  explicit RowEnd(std::string delimiters) : delimiters_(std::move(delimiters)) {}

  /// Its offset in `octets`, behind which the next row begins; absent where it is not there.
  std::optional<std::size_t> find(std::string_view octets);

  /// Do the octets so far end within quotes?
  bool is_quoted() const { return place_ == Place::quoted; }
  void begin_row() { place_ = Place::before_cell; }

 private:
  enum class Place : std::uint8_t {
    before_cell,  // where a quote would open
    cell,         // where a quote is a character like others
    quoted,
    behind_quote,  // within quotes, behind one that closes unless another follows at once
  };
  Place behind(std::string_view unquoted) const;

  std::string delimiters_;
  Place place_ = Place::before_cell;
};

class RowCutter {
 public:
  explicit RowCutter(const std::string& delimiters) : end_(delimiters) {}

  /// From the next row on.
  void set_delimiter(char delimiter) { end_ = RowEnd(std::string(1, delimiter)); }

  /// Takes octets from the front of `octets` until a row ends, or none is left; the row if
  /// one ended, good until the next call.
  std::optional<CsvRow> next(std::string_view& octets);

  /// After the last octet: the rows that end with the text, one a call.
  std::optional<CsvRow> last();

 private:
  std::optional<CsvRow> take_from(std::string_view& octets);
  std::optional<CsvRow> take_anew();
  CsvRow take_held(CsvRow::Flaw flaw);
  CsvRow take_first_line();
  CsvRow row(std::string_view text, CsvRow::Flaw flaw);

  RowEnd end_;
  std::uint64_t line_ = 1;   // on which the next row starts
  std::string held_;         // of a row that is not complete
  bool dropping_ = false;    // the row was cut: its rest is passed over, to the next line feed
  std::string given_;        // what the last row's text refers to, if it was held
  std::string anew_;         // what is read anew, before all else, line by line
  std::string_view unread_;  // of anew_
};

/// The cells of `row` as they stand there, quotes and all.
void split_row(std::string_view row, char delimiter, std::vector<std::string_view>& cells);

/// What a cell holds, cut to `limit` octets.
std::string cell_text(std::string_view cell, std::size_t limit);

}  // namespace leadverify::app
