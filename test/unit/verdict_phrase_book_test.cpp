// How phrases are written, and where they are found.
#include "verdict/meanings.hpp"
#include "verdict/phrase_book.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace leadverify;

namespace {

/// "begin-end" of the longest sighting of `phrase` in `text`; empty where there is none.
std::string found(std::string_view phrase, std::string_view text) {
  const std::array entries = {PhraseEntry{7, phrase}};
  const std::vector<Sighting> seen = PhraseBook(entries).find(read_words(text));
  if (seen.empty()) return {};
  CHECK(seen.front().meaning == 7);
  return std::to_string(seen.front().begin) + "-" + std::to_string(seen.front().end);
}

}  // namespace

TEST_CASE("a phrase is found where its words stand in a row", "[verdict][phrases]") {
  struct Example {
    std::string_view phrase, text, at;
  };
  const auto example = GENERATE(values<Example>({
      {"no such user", "sorry, No Such User here", "1-4"},
      {"no such user", "no such kind of user", ""},
      {"user*", "the username", "1-2"},
      {"user", "the username", ""},
      {"user*", "user42", ""},
      {"user/account is gone", "account is gone", "0-3"},
      {"no such? user", "no user", "0-2"},
      {"no such? user", "no such user", "0-3"},
      {"no ~ user", "no really good old user", "0-5"},
      {"no ~ user", "no one two three four user", ""},
      {"no ~~ user", "no one two three four user", "0-6"},
      {"over quota", "all over. Quota of two", ""},
      {"mail from <ip>", "mail from 192.0.2.1 is bad", "0-3"},
      {"full, is full", "box is full", "1-3"},
      {"существует", "не СУЩЕСТВУЕТ", "1-2"},
      {"存在しない", "宛先が存在しない", "3-8"},
  }));
  CAPTURE(example.phrase, example.text);

  CHECK(found(example.phrase, example.text) == example.at);
}

TEST_CASE("every phrase of the book can be found in itself", "[verdict][phrases]") {
  for (const auto part : {subject_phrases(),
                          state_phrases(),
                          time_idioms(),
                          our_idioms(),
                          address_idioms(),
                          server_idioms()}) {
    for (const PhraseEntry& entry : part) {
      const std::array one = {entry};
      std::string text(entry.phrases.substr(0, entry.phrases.find(',')));
      std::erase_if(text, [](char c) { return c == '*' || c == '~' || c == '?'; });
      if (text.find_first_of("/<") != std::string::npos) continue;
      CAPTURE(text);
      CHECK_FALSE(PhraseBook(one).find(read_words(text)).empty());
    }
  }
}

TEST_CASE("a claim survives being written as a number", "[verdict][phrases]") {
  for (const Reason reason : {Reason::accepted, Reason::user_unknown, Reason::internal_error}) {
    for (const Strength strength : {Strength::code, Strength::clear, Strength::decisive}) {
      CHECK(claim_of(meaning_of(Claim{reason, strength})) == Claim{reason, strength});
      CHECK(is_claim(meaning_of(Claim{reason, strength})));
    }
  }
}
