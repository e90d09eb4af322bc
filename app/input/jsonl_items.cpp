#include "app/input/jsonl_items.hpp"

#include "app/input/kept_row.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace leadverify::app {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_line = 1024 * 1024;

// Far longer than any address (RFC 5321 section 4.5.3.1: 320), and far shorter than memory.
constexpr std::size_t longest_address = 8 * 1024;

// Octets of the keys that an object carries into its record.
constexpr std::size_t longest_names = 8 * 1024;

// What is written back is written by calls within calls.
constexpr int deepest = 100;

/// Do brackets stand more than `deepest` deep in `json`?
bool is_too_deep(std::string_view json) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (quoted && c == '\\') ++at;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > deepest) return true;
  }
  return false;
}

bool is_summary(const Json& json) {
  const auto type = json.find("type");
  return type != json.end() && *type == "summary";
}

void add(KeptRow& row, const Json& value) {
  if (value.is_string()) {
    row.add_text(value);
  } else {
    row.add_json(value.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

/// What `object` has for each of `names`; null where it has nothing.
Row keep(const Json& object, const KeptRow::Names& names) {
  KeptRow row(names);
  for (const std::string& name : *names) {
    const auto found = object.find(name);
    if (found == object.end()) {
      row.add_json("null");
    } else {
      add(row, *found);
    }
  }
  return row.take();
}

/// The keys of the object that `json` is, in their order, as far as a record has room.
KeptRow::Names keys_of(const std::string& json) {
  std::vector<std::string> keys;
  std::set<std::string> seen;
  std::size_t room = longest_names;
  const auto note = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event != Json::parse_event_t::key || depth != 1) return true;
    const std::string key = parsed;
    if (key.size() > room || !seen.insert(key).second) return true;
    room -= std::min(room, key.size() + 1);
    keys.push_back(key);
    return true;
  };
  [[maybe_unused]] const Json parsed_for_keys = Json::parse(json, note, false);
  return std::make_shared<const std::vector<std::string>>(std::move(keys));
}

Input broken_item(const Line& line, std::string remark) {
  Input item{.text = line.text.substr(0, longest_address), .line = line.number, .file = {}};
  item.remark = std::move(remark);
  item.is_broken = true;
  return item;
}

/// `what` is it that holds `text`.
Input item_with(const Line& line, const std::string& text, const std::string& what) {
  const std::string_view address = address_in(text);
  if (address.size() > longest_address) {
    return broken_item(line, what + " is longer than 8 KiB");
  }
  return {.text = std::string(address), .line = line.number, .file = {}};
}

Input item_in(const Json& object, const Line& line, const std::string& key) {
  const auto address = object.find(key);
  if (address == object.end()) return broken_item(line, "the object has no key '" + key + "'");
  if (!address->is_string()) return broken_item(line, "the key '" + key + "' holds no string");
  return item_with(
      line, address->get_ref<const std::string&>(), "the string at the key '" + key + "'");
}

}  // namespace

JsonlItems::JsonlItems(Dialect dialect)
    : dialect_(std::move(dialect)),
      key_(dialect_.column.value_or("email")),
      kept_names_(std::make_shared<std::vector<std::string>>(dialect_.keep.columns)),
      cutter_(longest_line) {}

std::optional<Input> JsonlItems::next(std::string_view& octets) {
  while (const std::optional<Line> line = cutter_.next(octets)) {
    if (std::optional<Input> item = item_on(*line)) return item;
  }
  return std::nullopt;
}

std::optional<Input> JsonlItems::last() {
  const std::optional<Line> line = cutter_.last();
  return line ? item_on(*line) : std::nullopt;
}

/// Absent where the line is to be skipped.
std::optional<Input> JsonlItems::item_on(const Line& line) {
  if (line.text.empty()) return skip();
  if (line.cut) return broken_item(line, "the line is longer than 1 MiB");
  if (is_too_deep(line.text))
    return broken_item(line, "the line has too many brackets in brackets");
  const Json json = Json::parse(line.text, {}, false);
  if (json.is_discarded()) return broken_item(line, "the line is no JSON");
  if (json.is_string()) {
    return item_with(line, json.get_ref<const std::string&>(), "the string");
  }
  if (!json.is_object()) return broken_item(line, "the line is no object or string");
  if (is_summary(json) && !json.contains(key_)) return skip();

  Input item = item_in(json, line, key_);
  if (dialect_.keep.any()) {
    item.row = keep(json, dialect_.keep.all ? keys_of(line.text) : kept_names_);
  }
  return item;
}

std::nullopt_t JsonlItems::skip() {
  ++skipped_;
  return std::nullopt;
}

}  // namespace leadverify::app
