// The text of a reply as words: what a phrase is looked for in.
//
// URLs, addresses, host names, IP addresses, numbers and ids become one word each that says only
// what it was, so nothing inside them is read as language. Words are folded (verdict/letters.hpp)
// and lose their apostrophes; "doesn't" is "doesnt", "n'existe" is "n existe".
#pragma once

#include <leadverify/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

enum class WordKind : std::uint8_t {
  word,     // of a language
  code,     // letters and digits mixed; never the stem of a longer word
  address,  // local@domain
  host,     // mx.example.org
  ip,       // 192.0.2.1
  url,      // https://example.org/why
  number,   // 42, 5.1.1, 2.5.2026
};

struct Word {
  WordKind kind = WordKind::word;
  std::uint16_t sentence = 0;  // which of the text's sentences it stands in
  std::uint16_t clause = 0;    // which of its clauses; clauses end at ':', brackets and dashes too
  std::uint32_t at = 0;        // where its spelling begins in ReplyText::letters
  std::uint32_t size = 0;      // and its length; 0 for kinds that have no spelling
};

struct ReplyText {
  std::string letters;      // the spellings, one after the other
  std::vector<Word> words;  // at most 200; a longer text is cut

  std::string_view spelling(const Word& word) const {
    return std::string_view(letters).substr(word.at, word.size);
  }
};

/// Cuts `text`, any bytes, into words; what stands beyond its first 8,192 octets is not read.
ReplyText read_words(std::string_view text);

/// The enhanced status that a text gives at its start, "5.1.1 User unknown", or at its end as
/// qmail writes it, "no mailbox here by that name (#5.1.1)". Absent where it gives none.
std::optional<EnhancedStatus> enhanced_in(std::string_view text);

}  // namespace leadverify
