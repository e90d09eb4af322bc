#include "app/reference/mdoc.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

constexpr std::size_t line_width = 78;

/// Would `word`, on the line of a macro, be a macro ("No") or a full stop?
bool is_read_by_roff(std::string_view word) {
  const auto is_between = [](char letter, char first, char last) {
    return letter >= first && letter <= last;
  };
  const bool is_macro =
      word.size() == 2 && is_between(word[0], 'A', 'Z') && is_between(word[1], 'a', 'z');
  return is_macro || word.starts_with('.');
}

/// One word of prose; in what looks like an option or a file's name hyphens are no hyphens.
std::string word_of_prose(std::string_view word) {
  if (word.starts_with('-') || word.find_first_of("/_") != std::string_view::npos) {
    return literal(word);
  }
  std::string escaped;
  for (const char letter : word) escaped += letter == '\\' ? "\\e" : std::string(1, letter);
  return escaped.starts_with('.') || escaped.starts_with('\'') ? "\\&" + escaped : escaped;
}

}  // namespace

std::string literal(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_word = i == 0 || text[i - 1] == ' ';
    if (begins_word && is_read_by_roff(text.substr(i, text.find(' ', i) - i))) escaped += "\\&";
    switch (text[i]) {
      case '\\': escaped += "\\e"; break;
      case '-': escaped += "\\-"; break;
      case '\'': escaped += "\\(aq"; break;
      case '~': escaped += "\\(ti"; break;
      case '"': escaped += "\\(dq"; break;
      default: escaped += text[i];
    }
  }
  return escaped;
}

std::string paragraph(std::string_view text) {
  std::string lines;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const std::string written = word_of_prose(word);
    if (column > 0) {
      const bool breaks = column + 1 + written.size() > line_width;
      lines += breaks ? '\n' : ' ';
      column = breaks ? 0 : column + 1;
    }
    lines += written;
    column += written.size();
    const bool ends_sentence = word.ends_with('.') && !word.ends_with("..");
    if (!ends_sentence || text.empty()) continue;
    lines += '\n';
    column = 0;
  }
  if (!lines.ends_with('.')) lines += '.';
  return lines + "\n";
}

}  // namespace leadverify::app
