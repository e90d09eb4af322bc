// Letters of many alphabets brought down to a to z, so that one spelling of a word is enough.
//
// Accents fall ("über" is "uber"), ligatures open ("ß" is "ss"), Cyrillic and Greek are
// transliterated, and an octet that is no UTF-8 is taken for Latin-1, as old servers send it.
// Characters of scripts without letters (Japanese, Chinese) stay as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadverify {

/// One character of a text, folded.
struct FoldedLetter {
  std::size_t octets = 1;  // that it takes in the text; 1 to 4
  std::string_view ascii;  // its folded spelling in a-z and 0-9; empty: not a letter or digit
  bool silent = false;     // a letter that has no spelling of its own: the Cyrillic signs
  bool ideograph = false;  // a character that is a word of its own; `ascii` is empty
};

/// The character that `text` begins with. REQUIRES: !text.empty().
FoldedLetter fold_letter(std::string_view text);

}  // namespace leadverify
