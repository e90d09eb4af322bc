// A list as JSON lines: an item for each line that is neither blank nor a summary, and records that
// can be read as items again.
#include <leadverify/json_line.hpp>
#include <leadverify/record_reading.hpp>

#include "app/input/text_line.hpp"
#include "fuzz/item_promises.hpp"
#include "fuzz/target.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace leadverify::fuzz {
namespace {

using app::Dialect;
using Json = nlohmann::json;

/// Lines of `text`, the last one also where no line feed ends it.
std::size_t lines_in(std::string_view text) {
  const auto feeds = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return feeds + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

void check_values(const Row& row) {
  for (const Row::Value& value : row.values) {
    require(!value.is_json || !Json::parse(value.text, nullptr, false).is_discarded(),
            "what is kept as JSON is JSON");
  }
}

/// A record for the item, which carries its row.
Result result_of(const Input& item) {
  Result result;
  result.input = item;
  result.email = item.text;
  result.error = item.remark;
  return result;
}

/// What one run writes, the next can read.
void check_record(const Input& item) {
  Result result = result_of(item);
  const std::string line = json_line(result);
  const Json record = Json::parse(line, nullptr, false);
  require(record.is_object() && line.find('\n') == std::string::npos, "a record is one object");
  require(safe_text(line, line.size()) == line, "a record can be shown on a terminal");
  const auto again = read_result(line);
  require(again && again->input.line == item.line, "a record is read again");
  if (item.row && item.row->names) {
    require(record["row"].is_object(), "what is kept is an object");
    require(record["row"].size() <= item.row->names->size(), "with a key for each name");
  }

  result.input.row.reset();  // it may stand too deep within the record
  const app::Items read = app::read_items("list.jsonl", {}, json_line(result));
  require(read.items.size() == 1 && read.skipped == 0, "a record is an item");
  const std::string email = record["email"];
  require(!read.items.front().is_broken && read.items.front().text == app::address_in(email),
          "the item is its address");
}

Dialect dialect_of(std::string_view head) {
  const unsigned ways = octet_at(head, 0);
  Dialect dialect{.format = app::InputFormat::jsonl};
  if ((ways & 1) != 0) dialect.column = "mail";
  if ((ways & 2) != 0) dialect.keep = {.columns = {"name", "id"}};
  if ((ways & 4) != 0) dialect.keep = {.all = true};
  return dialect;
}

/// How the file is written, and the file; or a file alone, of which all is kept.
void run(Octets octets) {
  const auto units = split_units(as_text(octets), 2);
  const std::string_view text = units.back();
  const std::optional<app::Items> read =
      promised_items(dialect_of(units.size() == 2 ? units.front() : "\x04"), text);
  require(read.has_value(), "JSON lines have no columns that could be missing");
  require(read->items.size() + read->skipped == lines_in(text), "each line is an item or skipped");
  for (const Input& item : read->items) {
    if (item.row) check_values(*item.row);
    check_record(item);
  }
}

const Registration registration({.name = "jsonl", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
