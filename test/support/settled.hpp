// What a run's records say, without when they were made and in no order.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace leadverify {

/// The lines of `text`, each up to its "elapsed_ms"; throws where one has none, or no end.
inline std::multiset<std::string> settled(std::string_view text) {
  std::multiset<std::string> records;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t time = text.find("\"elapsed_ms\"");
    if (end == std::string_view::npos || time >= end) throw std::runtime_error("no whole record");
    records.emplace(text.substr(0, time));
    text.remove_prefix(end + 1);
  }
  return records;
}

}  // namespace leadverify
