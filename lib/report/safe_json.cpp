#include "report/safe_json.hpp"

#include <leadverify/json_line.hpp>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;

/// All of `text`: where it is cut has been decided before.
std::string safe(const std::string& text) {
  constexpr std::size_t longest_replacement = 3;  // U+FFFD, in the place of one octet
  return safe_lines(text, text.size() * longest_replacement);
}

Json safe_array(const Json& array) {
  Json safe = Json::array();
  for (const Json& element : array) safe.push_back(safe_json(element));
  return safe;
}

Json safe_object(const Json& object) {
  Json made_safe = Json::object();
  for (const auto& [key, value] : object.items()) made_safe[safe(key)] = safe_json(value);
  return made_safe;
}

}  // namespace

Json parse_json(std::string_view json, int deepest) {
  bool too_deep = false;
  const auto watch_depth = [&](int depth, Json::parse_event_t, const Json&) {
    too_deep = too_deep || depth > deepest;
    return !too_deep;
  };
  Json parsed = Json::parse(json, watch_depth, false);
  return too_deep ? Json(Json::value_t::discarded) : parsed;
}

std::string safe_lines(std::string_view text, std::size_t limit) {
  constexpr std::string_view kept_controls = "\r\n\t";
  std::string lines;
  while (lines.size() < limit) {
    const std::size_t end = text.find_first_of(kept_controls);
    lines += safe_text(text.substr(0, end), limit - lines.size());
    if (end == std::string_view::npos || lines.size() == limit) break;
    lines += text[end];
    text.remove_prefix(end + 1);
  }
  return lines;
}

Json safe_json(const Json& json) {
  if (json.is_string()) return safe(json.get_ref<const std::string&>());
  if (json.is_array()) return safe_array(json);
  if (json.is_object()) return safe_object(json);
  return json;
}

}  // namespace leadverify
