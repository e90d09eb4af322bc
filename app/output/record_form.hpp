// How records are written: in the format that was asked for.
#pragma once

#include <leadverify/csv_line.hpp>
#include <leadverify/result.hpp>

#include "app/settings/settings.hpp"

#include <optional>
#include <string>

namespace leadverify::app {

class RecordForm {
 public:
  explicit RecordForm(const Settings& settings);

  /// What has to stand in front of all records, of which `first` is one, without a line end;
  /// absent: nothing, or it was given already.
  std::optional<std::string> header(const Result& first);

  /// The same where there is no record at all.
  std::optional<std::string> header();

  /// The record, without a line end. REQUIRES: header() was called.
  std::string line(const Result& result) const;

 private:
  RecordFormat format_;
  CsvLayout layout_;    // the first row tells what its columns are really called
  bool begun_ = false;  // the header was given
};

}  // namespace leadverify::app
