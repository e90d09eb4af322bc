// The door of `leadverify --explain`: one reply in, one line of JSON out.
#include <leadverify/json_line.hpp>
#include <leadverify/reply_reading.hpp>

#include "report/safe_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <string>

namespace leadverify {

namespace {

using Json = nlohmann::ordered_json;

constexpr int least_code = 200;
constexpr int most_code = 599;

constexpr int deepest_nesting = 32;

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// `id` is null where the line carries none.
std::string line_for(const HeardReply& reply, const Json& id) {
  const ReplyReading reading = read_reply(reply);
  Json line;
  if (!id.is_null()) line["id"] = safe_json(id);
  line["status"] = to_string(status_of(reading.reason));
  line["reason"] = to_string(reading.reason);
  line["about"] = to_string(reading.about);
  line["code"] = reply.code;
  line["enhanced"] = nullptr;
  if (reading.enhanced) line["enhanced"] = to_string(*reading.enhanced);
  line["retry_after_s"] = nullptr;
  if (reading.retry_after) line["retry_after_s"] = reading.retry_after->count();
  return written(line);
}

/// The reply code that `line` begins with, and its separator; absent where it has none.
std::optional<int> code_of(std::string_view line) {
  int code = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), code);
  if (read.ec != std::errc{} || read.ptr != line.data() + 3) return std::nullopt;
  if (code < least_code || code > most_code) return std::nullopt;
  if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return std::nullopt;
  return code;
}

/// The names of stages in the JSON object, and those of the records.
std::optional<Stage> stage_named(std::string_view name) {
  if (name == "helo") return Stage::ehlo;
  for (const Stage stage :
       {Stage::connect, Stage::banner, Stage::ehlo, Stage::starttls, Stage::mail, Stage::rcpt}) {
    if (name == to_string(stage)) return stage;
  }
  return std::nullopt;
}

/// The string at `key`; empty where there is none.
std::string string_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::optional<std::string> explain_reply(std::string_view reply) {
  const auto code = code_of(reply);
  if (!code) return std::nullopt;
  std::string text;
  while (!reply.empty()) {
    const std::size_t end = std::min(reply.find('\n'), reply.size());
    std::string_view line = reply.substr(0, end);
    reply.remove_prefix(std::min(end + 1, reply.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (code_of(line) == code) line.remove_prefix(std::min<std::size_t>(4, line.size()));
    if (!text.empty()) text += '\n';
    text += line;
  }
  HeardReply heard;
  heard.code = *code;
  heard.text = text;
  return line_for(heard, nullptr);
}

std::optional<std::string> explain_json(std::string_view json) {
  const Json object = parse_json(json, deepest_nesting);
  if (!object.is_object()) return std::nullopt;
  const auto code = object.find("code");
  const auto text = object.find("text");
  if (code == object.end() || !code->is_number_integer()) return std::nullopt;
  if (text == object.end() || !text->is_string()) return std::nullopt;
  const auto number = code->get<std::int64_t>();
  if (number < least_code || number > most_code) return std::nullopt;

  const std::string words = text->get<std::string>();
  const std::string host = string_at(object, "host");
  const HeardReply reply{.code = static_cast<int>(number),
                         .enhanced = parse_enhanced_status(string_at(object, "enhanced")),
                         .text = words,
                         .stage = stage_named(string_at(object, "stage")),
                         .exchange = host};
  return line_for(reply, object.value("id", Json()));
}

}  // namespace leadverify
