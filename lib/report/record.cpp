#include "report/record.hpp"

#include <leadverify/json_line.hpp>

#include "report/safe_json.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kept_limit = 1024;  // octets of a value that the input brought along
constexpr int deepest_kept = 100;         // brackets in brackets in such a value

Json value_or_null(const auto& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json text_or_null(const std::optional<std::string>& text, std::size_t limit) {
  return text ? Json(safe_text(*text, limit)) : Json(nullptr);
}

Json word_or_null(const auto& word) {
  return word ? Json(to_string(*word)) : Json(nullptr);
}

/// The input's own value: a text, which may have more than one line, or JSON as far as there is
/// room for it.
Json kept_value(const Row::Value& value) {
  if (!value.is_json) return safe_lines(value.text, kept_limit);
  const Json json = parse_json(value.text, deepest_kept);
  if (json.is_discarded()) return safe_lines(value.text, kept_limit);
  Json safe = safe_json(json);
  const std::string line = one_line(safe);
  return line.size() <= kept_limit ? safe : Json(safe_lines(line, kept_limit));
}

}  // namespace

std::string write_time(std::chrono::system_clock::time_point time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(second - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(),
                text.size(),
                "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

Json row_of(const Row& row) {
  if (!row.names) return nullptr;
  Json object = Json::object();
  for (std::size_t i = 0; i < std::min(row.names->size(), row.values.size()); ++i) {
    object[safe_text((*row.names)[i], name_limit)] = kept_value(row.values[i]);
  }
  return object;
}

Json record_of(const Result& result) {
  Json record;
  record["type"] = "result";
  record["line"] = result.input.line;
  if (result.input.file) record["file"] = safe_text(*result.input.file, longest_path);
  record["input"] = safe_text(result.input.text, longest_address);
  record["email"] = safe_text(result.email, longest_address);
  record["domain"] = text_or_null(result.domain, name_limit);
  record["status"] = to_string(result.status);
  record["reason"] = to_string(result.reason);
  record["valid"] = value_or_null(is_valid(result.status));
  record["confidence"] = word_or_null(result.confidence);
  record["catch_all"] = value_or_null(result.catch_all);
  record["greylist"] = result.greylist;
  record["code"] = value_or_null(result.code);
  record["enhanced"] = word_or_null(result.enhanced);
  record["message"] = text_or_null(result.message, sentence_limit);
  record["error"] = text_or_null(result.error, sentence_limit);
  record["mx"] = text_or_null(result.mx, name_limit);
  record["mx_ip"] = text_or_null(result.mx_ip, word_limit);
  record["provider"] = text_or_null(result.provider, word_limit);
  record["stage"] = word_or_null(result.stage);
  record["attempts"] = result.attempts;
  record["duplicate_of"] = value_or_null(result.duplicate_of);
  record["did_you_mean"] = text_or_null(result.did_you_mean, name_limit);
  record["role"] = value_or_null(result.role);
  record["disposable"] = value_or_null(result.disposable);
  record["free"] = value_or_null(result.free);
  record["elapsed_ms"] = result.elapsed.count();
  record["checked_at"] = write_time(result.checked_at);
  return record;
}

std::string one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace leadverify
