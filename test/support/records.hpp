// The program's output, read back as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace leadverify {

/// Each line of `text`, which has to be whole and JSON; throws where one is not.
inline std::vector<nlohmann::json> read_lines(std::string_view text) {
  std::vector<nlohmann::json> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) throw std::runtime_error("a line without an end");
    lines.push_back(nlohmann::json::parse(text.substr(0, end)));
    text.remove_prefix(end + 1);
  }
  return lines;
}

/// A run's output: its records, and the summary behind them.
struct Records {
  std::vector<nlohmann::json> results;
  nlohmann::json summary;  // null where there is none
};

inline Records read_records(std::string_view text) {
  Records records{.results = read_lines(text), .summary = nullptr};
  if (records.results.empty() || records.results.back().at("type") != "summary") return records;
  records.summary = records.results.back();
  records.results.pop_back();
  return records;
}

}  // namespace leadverify
