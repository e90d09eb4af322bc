#include "verdict/reply_text.hpp"

#include "verdict/letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace leadverify {

namespace {

constexpr std::size_t most_words = 200;
constexpr std::size_t most_octets = 8192;
constexpr std::size_t longest_local_part = 256;  // RFC 5321 allows 64; servers add tags

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_alpha(char c) {
  return is_upper(c) || is_lower(c);
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_high(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// May `c` stand inside a host name, a number or a word?
bool joins(char c) {
  return is_alpha(c) || is_digit(c) || is_high(c) || c == '.' || c == '-' || c == '_' || c == '\'';
}

/// May `c` stand in a local part that needs no quotes (RFC 5321 §4.1.2)?
bool is_atext(char c) {
  return is_alpha(c) || is_digit(c) || is_high(c) ||
         std::string_view(".!#$%&'*+/?^_`{}~-=").find(c) != std::string_view::npos;
}

bool all_of(std::string_view text, bool (*test)(char)) {
  return std::all_of(text.begin(), text.end(), test);
}

/// Four numbers with dots between.
bool is_ipv4(std::string_view piece) {
  return std::count(piece.begin(), piece.end(), '.') == 3 &&
         all_of(piece, [](char c) { return is_digit(c) || c == '.'; });
}

bool is_number(std::string_view piece) {
  return all_of(piece, [](char c) { return is_digit(c) || c == '.' || c == '-' || c == '_'; });
}

/// mx.example.org, but not "later.Please", where a space is missing behind a sentence.
bool is_host(std::string_view piece) {
  const std::size_t dot = piece.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view top = piece.substr(dot + 1);
  if (top.size() < 2 || !all_of(top, is_alpha)) return false;
  if (piece.find('\'') != std::string_view::npos || piece.find("..") != std::string_view::npos)
    return false;
  return !(piece.find('.') == dot && is_upper(top[0]) && is_lower(top[1]) &&
           is_lower(piece[dot - 1]));
}

class WordCutter {
 public:
  explicit WordCutter(std::string_view text) : text_(text) {
    out_.words.reserve(64);
    out_.letters.reserve(text.size());
  }

  ReplyText cut() {
    while (at_ < text_.size() && out_.words.size() < most_words) take_next();
    return std::move(out_);
  }

 private:
  void take_next() {
    const char c = text_[at_];
    if (is_space(c)) {
      ++at_;
      return;
    }
    if (take_url() || take_address()) return;
    if (joins(c) && c != '.' && c != '-' && c != '_' && c != '\'') {
      take_piece();
      return;
    }
    take_mark();
  }

  void add(WordKind kind) { out_.words.push_back({kind, sentence_, clause_, 0, 0}); }

  // Marks in a row, "...", end one clause and one sentence.
  void end_clause() {
    if (!out_.words.empty() && out_.words.back().clause == clause_) ++clause_;
  }
  void end_sentence() {
    end_clause();
    if (!out_.words.empty() && out_.words.back().sentence == sentence_) ++sentence_;
  }

  void take_mark() {
    const char c = text_[at_++];
    const bool space_follows = at_ == text_.size() || is_space(text_[at_]);
    if (c == ';' || c == '!' || c == '?' || c == '|') return end_sentence();
    if (c == '.' && (space_follows || text_[at_] == '.')) return end_sentence();
    if (c == '-' && space_follows) return end_clause();
    if (c == ':' || c == '(' || c == ')') return end_clause();
  }

  /// A URL up to a space, a quote or a bracket.
  bool take_url() {
    if (!is_alpha(text_[at_])) return false;
    std::size_t end = at_;
    while (end < text_.size() && is_alpha(text_[end])) ++end;
    const std::string_view rest = text_.substr(end);
    const std::string_view head = text_.substr(at_, end - at_);
    const bool world_wide = rest.starts_with('.') && (head == "www" || head == "WWW");
    if (!rest.starts_with("://") && !world_wide) return false;
    while (end < text_.size() && !is_space(text_[end]) &&
           std::string_view("<>\"|").find(text_[end]) == std::string_view::npos) {
      ++end;
    }
    // What ends the sentence is no part of the URL.
    const char last = text_[end - 1];
    if (last == '.' || last == ',' || last == ')' || last == ']' || last == ';') --end;
    add(WordKind::url);
    at_ = end;
    return true;
  }

  bool take_address() {
    // No farther, or a text of dots would be gone through once for each dot.
    const std::size_t limit = std::min(text_.size(), at_ + longest_local_part);
    std::size_t end = at_;
    if (text_[end] == '"') {  // a quoted local part
      ++end;
      while (end < limit && text_[end] != '"' && text_[end] != '\n') ++end;
      if (end < limit) ++end;
    } else {
      while (end < limit && is_atext(text_[end])) ++end;
    }
    if (end == at_ || end + 1 >= text_.size() || text_[end] != '@') return false;
    const char first = text_[end + 1];
    if (!is_alpha(first) && !is_digit(first) && !is_high(first) && first != '[') return false;
    ++end;
    while (end < text_.size() &&
           (is_alpha(text_[end]) || is_digit(text_[end]) || is_high(text_[end]) ||
            std::string_view(".-_[]").find(text_[end]) != std::string_view::npos)) {
      ++end;
    }
    while (text_[end - 1] == '.' || text_[end - 1] == '-') --end;
    add(WordKind::address);
    at_ = end;
    return true;
  }

  /// What stands up to the next character that joins nothing.
  void take_piece() {
    std::size_t end = at_;
    while (end < text_.size() && joins(text_[end])) ++end;
    std::size_t last = end;
    while (std::string_view(".-_'").find(text_[last - 1]) != std::string_view::npos) --last;
    const std::string_view piece = text_.substr(at_, last - at_);
    at_ = last;
    if (is_ipv4(piece)) return add(WordKind::ip);
    if (is_number(piece)) return add(WordKind::number);
    if (is_host(piece)) return add(WordKind::host);
    cut_words(piece);
  }

  void cut_words(std::string_view piece) {
    Word word = fresh_word();
    const auto finish = [&] {
      word.size = static_cast<std::uint32_t>(out_.letters.size()) - word.at;
      if (word.size != 0) add_word(word);
      word = fresh_word();
    };
    while (!piece.empty()) {
      const char c = piece.front();
      const FoldedLetter letter = fold_letter(piece);
      const std::string_view octets = piece.substr(0, letter.octets);
      piece.remove_prefix(letter.octets);
      if (letter.silent) continue;
      if (!letter.ascii.empty()) {
        if (is_digit(c)) word.kind = WordKind::code;
        out_.letters += letter.ascii;
        continue;
      }
      const std::size_t length = out_.letters.size() - word.at;
      const std::string_view so_far = std::string_view(out_.letters).substr(word.at);
      if (c == '\'' || octets == "’") {
        if (length == 1 || so_far == "qu") finish();
        continue;
      }
      if (c == '-' && so_far == "e") continue;  // e-mail
      finish();
      if (letter.ideograph) {
        out_.letters += octets;
        finish();
      }
      const bool new_sentence = c == '.' && !piece.empty() && is_upper(piece.front());
      if (new_sentence || octets == "。" || octets == "！") {
        end_sentence();
        word = fresh_word();
      }
    }
    finish();
  }

  /// "doesnt" and "cannot" are written as the two words that they are.
  void add_word(Word word) {
    static constexpr std::array verbs =
        std::to_array<std::pair<std::string_view, std::string_view>>({{"doesnt", "does"},
                                                                      {"dont", "do"},
                                                                      {"isnt", "is"},
                                                                      {"arent", "are"},
                                                                      {"wasnt", "was"},
                                                                      {"werent", "were"},
                                                                      {"hasnt", "has"},
                                                                      {"havent", "have"},
                                                                      {"hadnt", "had"},
                                                                      {"didnt", "did"},
                                                                      {"couldnt", "could"},
                                                                      {"wouldnt", "would"},
                                                                      {"cannot", "can"},
                                                                      {"cant", "can"},
                                                                      {"wont", "will"},
                                                                      {"dosnt", "does"},
                                                                      {"dosent", "does"}});
    const std::string_view spelling = std::string_view(out_.letters).substr(word.at, word.size);
    const auto* const verb = std::find_if(
        verbs.begin(), verbs.end(), [&](const auto& known) { return known.first == spelling; });
    if (verb == verbs.end()) {
      out_.words.push_back(word);
      return;
    }
    for (const std::string_view part : {verb->second, std::string_view("not")}) {
      word.at = static_cast<std::uint32_t>(out_.letters.size());
      word.size = static_cast<std::uint32_t>(part.size());
      out_.letters += part;
      out_.words.push_back(word);
    }
  }

  Word fresh_word() const {
    return {WordKind::word, sentence_, clause_, static_cast<std::uint32_t>(out_.letters.size()), 0};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint16_t sentence_ = 0;
  std::uint16_t clause_ = 0;
  ReplyText out_;
};

}  // namespace

ReplyText read_words(std::string_view text) {
  return WordCutter(text.substr(0, most_octets)).cut();
}

std::optional<EnhancedStatus> enhanced_in(std::string_view text) {
  // IronPort writes "#5.1.0 Address rejected."
  const bool marked = text.starts_with('#');
  if (const auto first = parse_enhanced_status(text.substr(marked ? 1 : 0))) return first;
  const std::size_t mark = text.rfind("(#");
  if (mark == std::string_view::npos) return std::nullopt;
  const std::size_t close = text.find(')', mark);
  if (close == std::string_view::npos) return std::nullopt;
  return parse_enhanced_status(text.substr(mark + 2, close - mark - 2));
}

}  // namespace leadverify
