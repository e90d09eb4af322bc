// How records are written: in the format that was asked for.
#pragma once

#include <leadverify/csv_line.hpp>
#include <leadverify/result.hpp>

#include "app/settings.hpp"

#include <optional>
#include <string>

namespace leadverify::app {

class RecordForm {
 public:
  explicit RecordForm(const Settings& settings);

  /// The record, without a line end, behind what has to stand in front of the first one.
  std::string lines(const Result& result);

  /// After the last record: what has to stand in front of the first one, if there was none.
  std::optional<std::string> header_alone();

 private:
  RecordFormat format_;
  CsvLayout layout_;    // the first row tells what its columns are really called
  bool begun_ = false;  // the header was given
};

}  // namespace leadverify::app
