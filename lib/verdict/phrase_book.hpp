// A book of phrases, and the places in a text where one of them stands.
//
// An entry gives phrases a meaning (a number that the book's owner chose). A phrase is written as
// words: "no such user"
//   user*     any word that begins so; words with digits never do
//   has/have  one of these
//   here?     may be left out
//   ~         at most three words of any kind;   ~~  at most eight
//   <address> <host> <ip> <url> <number>   that kind of word
// Phrases are separated by commas, and written in any alphabet: they are folded like the text.
// A phrase stands within one sentence.
#pragma once

#include "verdict/reply_text.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leadverify {

struct PhraseEntry {
  std::uint16_t meaning;
  std::string_view phrases;
};

/// A phrase seen in a text: words [begin, end).
struct Sighting {
  std::uint16_t meaning = 0;
  std::uint16_t begin = 0;
  std::uint16_t end = 0;

  std::uint16_t size() const { return static_cast<std::uint16_t>(end - begin); }
  bool covers(const Sighting& other) const { return begin <= other.begin && other.end <= end; }
};

class PhraseBook {
 public:
  explicit PhraseBook(std::span<const PhraseEntry> entries);

  /// Every place of every phrase, in the order of their first words, longer ones first.
  std::vector<Sighting> find(const ReplyText& text) const;

 private:
  using Pattern = std::uint16_t;  // a place in a phrase: one word, or one of several

  struct Phrase {
    std::uint16_t meaning;
    std::vector<Pattern> patterns;
    std::vector<std::uint8_t> gaps;  // words that may stand before the pattern of this index
  };

  struct Letter {  // a node of the tree of spellings
    std::int32_t first_child = -1;
    std::int32_t next_sibling = -1;
    char octet = 0;
    std::vector<Pattern> whole;  // patterns that a word which ends here fits
    std::vector<Pattern> stem;   // and those that any word which comes by here fits
  };

  using Fits = std::vector<Pattern>;  // the patterns that a word fits, sorted

  void add_phrase(std::uint16_t meaning, std::string_view phrase);
  Pattern pattern_for(std::string_view spelling);
  void add_spelling(std::string_view spelling, Pattern pattern);
  std::int32_t child(std::int32_t node, char octet) const;
  void fits_of(const ReplyText& text, const Word& word, Fits& fits) const;

  std::vector<Phrase> phrases_;
  std::vector<std::vector<std::uint16_t>> phrases_that_begin_;  // by their first pattern
  std::unordered_map<std::string, Pattern> patterns_;
  std::vector<Letter> letters_ = std::vector<Letter>(1);
  std::vector<std::vector<Pattern>> kinds_ = std::vector<std::vector<Pattern>>(7);
};

}  // namespace leadverify
