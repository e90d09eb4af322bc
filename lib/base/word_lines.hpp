// A table that people write as text: words in lines, with comments between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

/// The lines of a text that have words, one after the other. Words are parted by spaces and tabs;
/// one that begins with # begins a comment. A byte-order mark and CRLF line ends are accepted.
class WordLines {
 public:
  /// `text` outlives the reading, and what is made of its words.
  explicit WordLines(std::string_view text);

  /// Goes to the next line that has words; false where there is none.
  bool next();

  /// The words of the line, at least one.
  const std::vector<std::string_view>& words() const { return words_; }
  /// Its number in the text, from 1.
  std::size_t number() const { return number_; }

 private:
  void split(std::string_view line);

  std::string_view rest_;
  std::vector<std::string_view> words_;
  std::size_t number_ = 0;
};

/// A word as a sentence can quote it: its beginning, where it is long.
std::string in_quotes(std::string_view word);

}  // namespace leadverify
