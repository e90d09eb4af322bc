// Texts from strangers in a record, and in the summary: one line of safe UTF-8, told as they were.
#include <leadverify/json_line.hpp>
#include <leadverify/record_reading.hpp>

#include "base/utf8.hpp"
#include "fuzz/target.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>

namespace leadverify::fuzz {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_record = 8 * 1024;

void check_line(std::string_view line) {
  require(!find_broken_utf8(line), "a record is UTF-8");
  require(safe_text(line, line.size()) == line, "a record can be shown on a terminal");
}

/// `text` as far as it could be shown: its safe form, cut between characters.
void check_text(const Json& shown, std::string_view text) {
  const std::string& found = shown.get_ref<const std::string&>();
  const std::string safe = safe_text(text, text.size() * 3);
  require(safe.starts_with(found), "a text is told as it was, made safe");
  require(safe == found || found.size() + 4 > 64, "only long texts are cut");
  require(safe_text(found, found.size()) == found, "what is safe is left alone");
}

void check_text_or_null(const Json& shown, const std::optional<std::string>& text) {
  require(shown.is_null() == !text.has_value(), "null means absent");
  if (text) check_text(shown, *text);
}

/// Absent where the octets do not go so far, or say so by one 0.
std::optional<std::string> optional_unit(const std::vector<std::string_view>& units,
                                         std::size_t index) {
  if (index >= units.size() || units[index] == "0") return std::nullopt;
  return std::string(units[index]);
}

std::uint64_t number_in(std::string_view octets) {
  std::uint64_t number = 0;
  for (const char c : octets.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

Result make_result(const std::vector<std::string_view>& units) {
  const std::uint64_t number = number_in(unit_at(units, 0));
  Result result;
  result.input = {.text = std::string(unit_at(units, 1)),
                  .line = std::max<std::uint64_t>(number, 1),
                  .file = optional_unit(units, 2)};
  result.email = unit_at(units, 3);
  result.domain = optional_unit(units, 4);
  result.message = optional_unit(units, 5);
  result.error = optional_unit(units, 6);
  result.mx = optional_unit(units, 7);
  result.mx_ip = optional_unit(units, 8);
  result.provider = optional_unit(units, 9);
  result.did_you_mean = optional_unit(units, 10);
  result.enhanced = parse_enhanced_status(unit_at(units, 11));
  result.reason = static_cast<Reason>(number % (static_cast<unsigned>(Reason::internal_error) + 1));
  result.status = status_of(result.reason);
  result.elapsed = std::chrono::milliseconds(static_cast<std::int64_t>(number >> 1));
  result.checked_at += std::chrono::seconds(number % 7'258'118'400);  // to the year 2200
  return result;
}

/// A record that is read back says the same.
void check_reading(const std::string& line) {
  const auto again = read_result(line);
  require(again.has_value(), "a record is read as one");
  require(json_line(*again) == line, "a record that is read is written as it was");
}

void check_record(const Result& result) {
  const std::string line = json_line(result);
  require(line.size() <= longest_record, "a record has at most 8 KiB");
  check_line(line);
  const Json record = Json::parse(line, nullptr, false);
  require(record.is_object(), "a record is a JSON object");
  require(record.at("line") == result.input.line, "the line's number is told");
  require(record.at("reason") == std::string(to_string(result.reason)), "the reason is told");
  require(record.contains("file") == result.input.file.has_value(),
          "a file is told if there is one");
  if (result.input.file) check_text(record.at("file"), *result.input.file);
  check_text(record.at("input"), result.input.text);
  check_text(record.at("email"), result.email);
  check_text_or_null(record.at("domain"), result.domain);
  check_text_or_null(record.at("message"), result.message);
  check_text_or_null(record.at("error"), result.error);
  check_text_or_null(record.at("mx"), result.mx);
  check_text_or_null(record.at("mx_ip"), result.mx_ip);
  check_text_or_null(record.at("provider"), result.provider);
  check_text_or_null(record.at("did_you_mean"), result.did_you_mean);
  check_reading(line);
}

/// A row of one name and one value, which says that it is JSON.
void check_row(Result result, std::string_view name, std::string_view value) {
  auto names = std::make_shared<const std::vector<std::string>>(1, std::string(name));
  result.input.row =
      Row{.names = std::move(names), .values = {{.text = std::string(value), .is_json = true}}};
  const std::string line = json_line(result);
  check_line(line);
  require(read_result(line).has_value(), "a record with a row is read as one");
  const Json row = Json::parse(line, nullptr, false).at("row");
  require(row.size() == 1 && row.begin().value().dump().size() <= longest_record,
          "of what is brought along a KiB is kept, before it is escaped");
}

void check_summary(const Result& result) {
  Summary summary;
  summary.count(result);
  const std::string line = json_line(summary);
  check_line(line);
  const Json record = Json::parse(line, nullptr, false);
  require(record.is_object() && record.at("total") == 1, "a summary counts");
  require(is_summary(line), "a summary is read as one");
}

void check_cut(std::string_view text, std::size_t limit) {
  const std::string safe = safe_text(text, limit);
  require(safe.size() <= limit, "a text is cut to its limit");
  check_line(safe);
}

void run(Octets octets) {
  const auto units = split_units(as_text(octets), 12);
  const Result result = make_result(units);
  check_record(result);
  check_row(result, unit_at(units, 1), unit_at(units, 2));
  check_summary(result);
  check_cut(as_text(octets), octets.size() / 2);
}

const Registration registration({.name = "record", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
