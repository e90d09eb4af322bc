// How a reply's text is cut into words.
#include "verdict/letters.hpp"
#include "verdict/reply_text.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace leadverify;

namespace {

/// The words of `text` in one line; kinds without a spelling in angle brackets.
std::string cut(std::string_view text) {
  const ReplyText read = read_words(text);
  std::string line;
  for (const Word& word : read.words) {
    if (!line.empty()) line += ' ';
    switch (word.kind) {
      case WordKind::word:
      case WordKind::code: line += read.spelling(word); break;
      case WordKind::address: line += "<address>"; break;
      case WordKind::host: line += "<host>"; break;
      case WordKind::ip: line += "<ip>"; break;
      case WordKind::url: line += "<url>"; break;
      case WordKind::number: line += "<number>"; break;
    }
  }
  return line;
}

int sentences(std::string_view text) {
  return read_words(text).words.back().sentence + 1;
}

}  // namespace

TEST_CASE("words are folded to small letters without accents", "[verdict][text]") {
  struct Example {
    std::string_view text, words;
  };
  const auto example = GENERATE(values<Example>({
      {"USER Unknown", "user unknown"},
      {"Empfänger", "empfanger"},
      {"Straße", "strasse"},
      {"désactivé", "desactive"},
      {"skrzynka pełna", "skrzynka pelna"},
      {"Почтовый ящик", "pochtovyy yaschik"},
      {"пользователь", "polzovatel"},
      {"bo\xEEte pleine", "boite pleine"},  // Latin-1
      {"満杯", "満 杯"},
      {"e-mail", "email"},
      {"over-quota", "over quota"},
      {"n'existe pas", "n existe pas"},
      {"The user's mailbox", "the users mailbox"},
      {"doesn't", "does not"},
      {"doesn’t", "does not"},
      {"cannot", "can not"},
      {"won't", "will not"},
  }));
  CAPTURE(example.text);

  CHECK(cut(example.text) == example.words);
}

TEST_CASE("names and numbers in a text are no language", "[verdict][text]") {
  struct Example {
    std::string_view text, words;
  };
  const auto example = GENERATE(values<Example>({
      {"<ada@example.org>: no", "<address> no"},
      {"\"ada lovelace\"@example.org: no", "<address> no"},
      {"for=ada@example.org,now", "<address> now"},
      {"[192.0.2.7] refused", "<ip> refused"},
      {"mx1.example.org said", "<host> said"},
      {"see https://example.org/unknown-user?full=1.", "see <url>"},
      {"see www.example.org/blocked", "see <url>"},
      {"5.1.1 on 2.5.2026", "<number> on <number>"},
      {"full.Please wait", "full please wait"},
      {"id A1b2C3 here", "id a1b2c3 here"},
      {"user@", "user"},
      {"@ @ <> .", ""},
  }));
  CAPTURE(example.text);

  CHECK(cut(example.text) == example.words);
}

TEST_CASE("sentences end where a reader would end them", "[verdict][text]") {
  CHECK(sentences("No such user. Good bye") == 2);
  CHECK(sentences("No such\nuser here") == 1);
  CHECK(sentences("<ada@example.org>... No such user") == 2);
  CHECK(sentences("unknown.Check the address") == 2);
  CHECK(sentences("see RFC.5321 on this") == 1);
  CHECK(sentences("full; again later! really? yes") == 4);
}

TEST_CASE("a text of any octets is cut without an end beyond it", "[verdict][text]") {
  unsigned state = 1;
  const auto random = [&] { return (state = state * 1103515245U + 12345U) >> 16U; };
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 97, ' ');
    for (char& c : text) c = static_cast<char>(random());
    const ReplyText read = read_words(text);
    CHECK(read.words.size() <= text.size());
    CHECK(read.letters.size() <= 4 * text.size() + 8);
  }
  CHECK(read_words(std::string(1 << 16, 'a')).words.size() == 1);
  CHECK(read_words(std::string(1 << 16, '.')).words.empty());
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "user ";
  CHECK(read_words(many).words.size() <= 200);
}

TEST_CASE("the enhanced status stands first, or last as qmail writes it", "[verdict][text]") {
  CHECK(enhanced_in("5.1.1 gone") == EnhancedStatus{5, 1, 1});
  CHECK(enhanced_in("nobody here by that name (#5.1.1)") == EnhancedStatus{5, 1, 1});
  CHECK(enhanced_in("nobody (#5.1.1 - checked)") == EnhancedStatus{5, 1, 1});
  CHECK(enhanced_in("#5.1.0 gone") == EnhancedStatus{5, 1, 0});
  CHECK_FALSE(enhanced_in("").has_value());
  CHECK_FALSE(enhanced_in("nobody (#5.1").has_value());
  CHECK_FALSE(enhanced_in("version 5.1.1 of the rules").has_value());
}
