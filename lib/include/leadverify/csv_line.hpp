// Records as CSV (RFC 4180), for spreadsheets: the columns of the input that were kept, then
// the keys of the JSON record in their order (docs/output.md).
//
// Each record is one line: line ends within a cell become spaces. What is null is an empty
// cell. A text from elsewhere that a spreadsheet would take for a formula gets an apostrophe
// in front.
#pragma once

#include <leadverify/result.hpp>

#include <string>
#include <vector>

namespace leadverify {

/// What is the same in all lines of a file.
struct CsvLayout {
  std::vector<std::string> kept = {};  // names of the columns that results bring in their rows
  bool file = false;                   // is there a column for the input file?
};

/// The names of the columns, without a line end.
std::string csv_header(const CsvLayout& layout);

/// The record, without a line end. Of its row the values are taken in their order; where it has
/// too few, cells are empty.
std::string csv_line(const Result& result, const CsvLayout& layout);

}  // namespace leadverify
