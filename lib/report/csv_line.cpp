#include <leadverify/csv_line.hpp>
#include <leadverify/json_line.hpp>

#include "report/record.hpp"

#include <algorithm>
#include <string_view>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kept_limit = 1024;  // octets of a value that the input brought along

/// Does `text` begin as what a spreadsheet takes for a formula? White space in front is what is
/// left of a tab.
bool may_be_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@ ").find(text.front()) != text.npos;
}

/// "+49 (30) 1234-56": what begins like a formula and is none.
bool is_number(std::string_view text) {
  return text.find_first_not_of("+-0123456789 ().,/") == text.npos;
}

/// One cell; in quotes where it needs them.
std::string written(const std::string& text) {
  const bool is_plain = text.find_first_of(",\"\r\n") == std::string::npos &&
                        !text.starts_with(' ') && !text.ends_with(' ');
  if (is_plain) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + '"';
}

std::string defused(std::string text) {
  return may_be_formula(text) ? "'" + text : text;
}

std::string cell_of(const Json& value) {
  if (value.is_null()) return {};
  if (!value.is_string()) return value.dump();
  return written(defused(value.get<std::string>()));
}

std::string cell_of(const Row::Value& value) {
  if (value.is_json && value.text == "null") return {};
  std::string text = safe_text(value.text, kept_limit);
  return written(is_number(text) || text.starts_with(' ') ? text : defused(std::move(text)));
}

class Line {
 public:
  void add(const std::string& cell) {
    if (!is_first_) text_ += ',';
    is_first_ = false;
    text_ += cell;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool is_first_ = true;
};

/// The record with as many keys as the layout has columns.
Json laid_out(Result result, const CsvLayout& layout) {
  if (!layout.file) result.input.file.reset();
  if (layout.file && !result.input.file) result.input.file = "";
  return record_of(result);
}

}  // namespace

std::string csv_header(const CsvLayout& layout) {
  Line line;
  for (const std::string& name : layout.kept) {
    line.add(written(safe_text(name, kept_limit)));
  }
  const Json record = laid_out({}, layout);
  for (const auto& [key, value] : record.items()) line.add(key);
  return line.take();
}

std::string csv_line(const Result& result, const CsvLayout& layout) {
  Line line;
  for (std::size_t i = 0; i < layout.kept.size(); ++i) {
    const bool is_there = result.input.row && i < result.input.row->values.size();
    line.add(is_there ? cell_of(result.input.row->values[i]) : std::string());
  }
  const Json record = laid_out(result, layout);
  for (const auto& [key, value] : record.items()) line.add(cell_of(value));
  return line.take();
}

}  // namespace leadverify
