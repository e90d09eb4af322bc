#include "base/word_lines.hpp"

#include <algorithm>

namespace leadverify {
namespace {

constexpr std::size_t most_quoted = 80;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Tables have tens of thousands of lines, and are read at each start.
bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

WordLines::WordLines(std::string_view text) : rest_(text) {
  if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
}

bool WordLines::next() {
  words_.clear();
  while (words_.empty() && !rest_.empty()) {
    ++number_;
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    split(line);
  }
  return !words_.empty();
}

void WordLines::split(std::string_view line) {
  std::size_t at = 0;
  while (true) {
    while (at < line.size() && is_white(line[at])) ++at;
    if (at == line.size() || line[at] == '#') return;
    const std::size_t begin = at;
    while (at < line.size() && !is_white(line[at])) ++at;
    words_.push_back(line.substr(begin, at - begin));
  }
}

std::string in_quotes(std::string_view word) {
  return "'" + std::string(word.substr(0, most_quoted)) + "'";
}

}  // namespace leadverify
