// CSV with a column that holds addresses.
//
// The first row names the columns, unless there is no header. Blank lines are skipped. A row
// with another number of cells than the first one is an item like others, with a remark.
#pragma once

#include "app/input/csv_columns.hpp"
#include "app/input/csv_rows.hpp"
#include "app/input/item_reader.hpp"

namespace leadverify::app {

class CsvItems : public ItemReader {
 public:
  CsvItems(std::string file, Dialect dialect);

  std::optional<Input> next(std::string_view& octets) override;
  std::optional<Input> last() override;

 private:
  std::optional<Input> item_in(const CsvRow& row);
  bool names_delimiter(const CsvRow& row);
  bool takes_as_header(const CsvRow& row);
  void set_delimiter(char delimiter);
  Input item_of_cells(const CsvRow& row) const;
  Row kept_of_cells() const;
  std::optional<std::string> remark_on(const CsvRow& row) const;

  std::string file_;
  Dialect dialect_;
  RowCutter rows_;
  std::optional<char> delimiter_;  // absent: not known yet
  bool begun_ = false;             // a row that is not blank has come
  std::optional<CsvColumns> columns_;
  std::vector<std::string_view> cells_;  // of the row at hand
};

}  // namespace leadverify::app
