#include <leadverify/json_line.hpp>

#include "report/record.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace leadverify {
namespace {

using nlohmann::ordered_json;

/// "2026-01-18T09:30:00.125Z"
std::string write_exact_time(std::chrono::system_clock::time_point time) {
  std::string text = write_time(time);
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::floor<std::chrono::milliseconds>(time - second).count();
  std::array<char, 40> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(rest));
  text.pop_back();
  return text + fraction.data();
}

std::string_view to_string(TraceLine::Kind kind) {
  switch (kind) {
    case TraceLine::Kind::sent: return "sent";
    case TraceLine::Kind::received: return "received";
    case TraceLine::Kind::note: return "note";
  }
  return {};
}

}  // namespace

std::string json_line(const TraceLine& line) {
  const bool of_session = line.session != 0;
  ordered_json record;
  record["at"] = write_exact_time(line.at);
  record["session"] = of_session ? ordered_json(line.session) : ordered_json(nullptr);
  record["mx"] = of_session ? ordered_json(safe_text(line.mx, name_limit)) : ordered_json(nullptr);
  record["mx_ip"] =
      of_session ? ordered_json(safe_text(line.mx_ip, word_limit)) : ordered_json(nullptr);
  record["kind"] = to_string(line.kind);
  record["text"] = safe_text(line.text, sentence_limit);
  return one_line(record);
}

std::string json_line(const Result& result) {
  ordered_json record = record_of(result);
  if (result.input.row) record["row"] = row_of(*result.input.row);
  return one_line(record);
}

}  // namespace leadverify
