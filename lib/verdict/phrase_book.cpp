#include "verdict/phrase_book.hpp"

#include <algorithm>
#include <cassert>

namespace leadverify {

namespace {

/// Calls `take` with each part of `text` between `mark`s, trimmed; empty ones are left out.
template <class Take>
void split(std::string_view text, char mark, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(mark), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = part.find_first_not_of(" \n\t");
    if (first == std::string_view::npos) continue;
    part = part.substr(first, part.find_last_not_of(" \n\t") + 1 - first);
    take(part);
  }
}

/// The kind that a pattern such as "<address>" asks for.
int kind_named(std::string_view name) {
  if (name == "<address>") return static_cast<int>(WordKind::address);
  if (name == "<host>") return static_cast<int>(WordKind::host);
  if (name == "<ip>") return static_cast<int>(WordKind::ip);
  if (name == "<url>") return static_cast<int>(WordKind::url);
  if (name == "<number>") return static_cast<int>(WordKind::number);
  return -1;
}

constexpr std::uint8_t short_gap = 3;
constexpr std::uint8_t long_gap = 8;

}  // namespace

PhraseBook::PhraseBook(std::span<const PhraseEntry> entries) {
  for (const PhraseEntry& entry : entries) {
    split(entry.phrases, ',', [&](std::string_view phrase) { add_phrase(entry.meaning, phrase); });
  }
  phrases_that_begin_.resize(patterns_.size());
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    phrases_that_begin_[phrases_[i].patterns.front()].push_back(static_cast<std::uint16_t>(i));
  }
}

void PhraseBook::add_phrase(std::uint16_t meaning, std::string_view phrase) {
  // A word that may be left out makes two phrases of one.
  if (const std::size_t mark = phrase.find('?'); mark != std::string_view::npos) {
    const std::size_t space = phrase.rfind(' ', mark);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    const std::string before(phrase.substr(0, begin));
    const std::string after(phrase.substr(mark + 1));
    add_phrase(meaning, before + std::string(phrase.substr(begin, mark - begin)) + after);
    add_phrase(meaning, before + after);
    return;
  }
  Phrase made{meaning, {}, {}};
  std::uint8_t gap = 0;
  split(phrase, ' ', [&](std::string_view spelling) {
    if (spelling == "~" || spelling == "~~") {
      gap = spelling.size() == 1 ? short_gap : long_gap;
      return;
    }
    // Ideographs are words of their own; "ユーザ" is three in a row.
    const ReplyText read = read_words(spelling);
    if (read.words.size() > 1 && spelling.find_first_of("/*<") == std::string_view::npos) {
      for (const Word& word : read.words) {
        made.patterns.push_back(pattern_for(read.spelling(word)));
        made.gaps.push_back(gap);
        gap = 0;
      }
      return;
    }
    made.patterns.push_back(pattern_for(spelling));
    made.gaps.push_back(gap);
    gap = 0;
  });
  assert(!made.patterns.empty());
  phrases_.push_back(std::move(made));
}

PhraseBook::Pattern PhraseBook::pattern_for(std::string_view spelling) {
  const auto known = patterns_.find(std::string(spelling));
  if (known != patterns_.end()) return known->second;
  const auto pattern = static_cast<Pattern>(patterns_.size());
  patterns_.emplace(spelling, pattern);
  split(spelling, '/', [&](std::string_view one) { add_spelling(one, pattern); });
  return pattern;
}

void PhraseBook::add_spelling(std::string_view spelling, Pattern pattern) {
  if (const int kind = kind_named(spelling); kind >= 0) {
    kinds_[static_cast<std::size_t>(kind)].push_back(pattern);
    return;
  }
  const bool stem = spelling.ends_with('*');
  if (stem) spelling.remove_suffix(1);
  const ReplyText read = read_words(spelling);
  assert(read.words.size() == 1);
  std::int32_t node = 0;
  for (const char octet : read.spelling(read.words.front())) {
    std::int32_t next = child(node, octet);
    if (next < 0) {
      next = static_cast<std::int32_t>(letters_.size());
      Letter letter;
      letter.octet = octet;
      letter.next_sibling = letters_[static_cast<std::size_t>(node)].first_child;
      letters_.push_back(std::move(letter));
      letters_[static_cast<std::size_t>(node)].first_child = next;
    }
    node = next;
  }
  Letter& last = letters_[static_cast<std::size_t>(node)];
  (stem ? last.stem : last.whole).push_back(pattern);
}

std::int32_t PhraseBook::child(std::int32_t node, char octet) const {
  std::int32_t at = letters_[static_cast<std::size_t>(node)].first_child;
  while (at >= 0 && letters_[static_cast<std::size_t>(at)].octet != octet) {
    at = letters_[static_cast<std::size_t>(at)].next_sibling;
  }
  return at;
}

void PhraseBook::fits_of(const ReplyText& text, const Word& word, Fits& fits) const {
  if (word.size == 0) {
    fits = kinds_[static_cast<std::size_t>(word.kind)];
    return;
  }
  const auto take = [&](const std::vector<Pattern>& more) {
    fits.insert(fits.end(), more.begin(), more.end());
  };
  std::int32_t node = 0;
  for (const char octet : text.spelling(word)) {
    node = child(node, octet);
    if (node < 0) break;
    if (word.kind == WordKind::word) take(letters_[static_cast<std::size_t>(node)].stem);
  }
  if (node > 0) take(letters_[static_cast<std::size_t>(node)].whole);
  std::sort(fits.begin(), fits.end());
}

std::vector<Sighting> PhraseBook::find(const ReplyText& text) const {
  const std::size_t count = text.words.size();
  std::vector<Fits> fits(count);
  for (std::size_t i = 0; i < count; ++i) fits_of(text, text.words[i], fits[i]);

  std::vector<Sighting> seen;
  for (std::size_t begin = 0; begin < count; ++begin) {
    for (const Pattern first : fits[begin]) {
      for (const std::uint16_t index : phrases_that_begin_[first]) {
        const Phrase& phrase = phrases_[index];
        std::size_t at = begin + 1;
        bool whole = true;
        for (std::size_t p = 1; p < phrase.patterns.size() && whole; ++p) {
          // The nearest word that fits: gaps are short, so no other choice is tried.
          const std::size_t limit = std::min(count, at + phrase.gaps[p] + std::size_t{1});
          while (at < limit &&
                 !std::binary_search(fits[at].begin(), fits[at].end(), phrase.patterns[p]))
            ++at;
          whole = at < limit && text.words[at].sentence == text.words[begin].sentence;
          ++at;
        }
        if (!whole) continue;
        seen.push_back(
            {phrase.meaning, static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(at)});
      }
    }
  }
  std::stable_sort(seen.begin(), seen.end(), [](const Sighting& a, const Sighting& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  return seen;
}

}  // namespace leadverify
