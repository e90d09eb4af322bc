#include <leadverify/doctor.hpp>

#include <nlohmann/json.hpp>

namespace leadverify {

std::string json_line(const Check& check) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
  };
  nlohmann::ordered_json line;
  line["type"] = "check";
  line["check"] = check.name;
  line["subject"] = text_or_null(check.subject);
  line["health"] = to_string(check.health);
  line["found"] = check.found;
  line["advice"] = text_or_null(check.advice);
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace leadverify
