#include "app/record_form.hpp"

#include <leadverify/json_line.hpp>
#include <leadverify/reacher_line.hpp>

#include <utility>

namespace leadverify::app {

RecordForm::RecordForm(const Settings& settings)
    : format_(settings.format),
      layout_{.kept = settings.dialect.keep.columns, .file = settings.files.size() > 1} {}

std::string RecordForm::lines(const Result& result) {
  switch (format_) {
    case RecordFormat::jsonl: return json_line(result);
    case RecordFormat::reacher: return reacher_line(result);
    case RecordFormat::csv: break;
  }
  if (std::exchange(begun_, true)) return csv_line(result, layout_);
  const std::optional<Row>& row = result.input.row;
  if (row && row->names) layout_.kept = *row->names;
  return csv_header(layout_) + "\n" + csv_line(result, layout_);
}

std::optional<std::string> RecordForm::header_alone() {
  if (format_ != RecordFormat::csv || begun_) return std::nullopt;
  return csv_header(layout_);
}

}  // namespace leadverify::app
