#include "app/output/record_form.hpp"

#include <leadverify/json_line.hpp>
#include <leadverify/reacher_line.hpp>

#include <utility>

namespace leadverify::app {

RecordForm::RecordForm(const Settings& settings)
    : format_(settings.format),
      layout_{.kept = settings.dialect.keep.columns, .file = settings.files.size() > 1} {}

std::optional<std::string> RecordForm::header(const Result& first) {
  if (begun_) return std::nullopt;
  const std::optional<Row>& row = first.input.row;
  if (row && row->names) layout_.kept = *row->names;
  return header();
}

std::optional<std::string> RecordForm::header() {
  if (std::exchange(begun_, true) || format_ != RecordFormat::csv) return std::nullopt;
  return csv_header(layout_);
}

std::string RecordForm::line(const Result& result) const {
  switch (format_) {
    case RecordFormat::jsonl: return json_line(result);
    case RecordFormat::csv: return csv_line(result, layout_);
    case RecordFormat::reacher: return reacher_line(result);
  }
  return {};
}

}  // namespace leadverify::app
