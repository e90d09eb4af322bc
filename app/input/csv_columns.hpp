// The columns of a CSV file: what divides them, what they are called, which one holds the
// address and which go into the records.
#pragma once

#include "app/input/dialect.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

/// The delimiters that are looked for where none was named.
inline constexpr std::string_view known_delimiters = ",;\t|";

/// The delimiter that a first line such as Excel's "sep=;" names; absent where it is none.
std::optional<char> named_delimiter(std::string_view line);

/// What divides the cells of `row`, the first of `file`: the delimiter by which a cell of it
/// is the one that holds addresses, and of these the one by which there are most cells.
char find_delimiter(std::string_view row, const std::string& file, const Dialect& dialect);

struct CsvColumns {
  std::size_t count = 0;          // cells of a row
  std::size_t address = 0;        // place of the address, from 0
  std::vector<std::size_t> kept;  // places of those that go into the records
  std::shared_ptr<const std::vector<std::string>> kept_names;  // no two are the same
};

/// The columns of `file`, whose first row is `cells`. Throws UsageError where one is missing.
CsvColumns find_columns(const std::vector<std::string_view>& cells,
                        const std::string& file,
                        const Dialect& dialect);

}  // namespace leadverify::app
