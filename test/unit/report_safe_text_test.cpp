#include <leadverify/json_line.hpp>

#include "base/utf8.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::string_literals;

constexpr std::size_t no_limit = std::string::npos;

TEST_CASE("text comes out safe to show on a terminal", "[report][safe_text]") {
  struct Example {
    std::string text;
    std::string safe;
  };
  const auto example = GENERATE(values<Example>({
      {"", ""},
      {"OK", "OK"},
      {"a \"quoted\" \\ word~", "a \"quoted\" \\ word~"},
      {"jürgen, 日本, 😀", "jürgen, 日本, 😀"},
      {"no\u00A0break", "no\u00A0break"},
      // Line ends and tabs separate words.
      {"two\nlines", "two lines"},
      {"two\r\nlines", "two lines"},
      {"two\n\nlines\r", "two  lines "},
      {"a\tb", "a b"},
      // Controls.
      {"a\0b"s, "a\uFFFDb"},
      {"\x1B[31mred", "\uFFFD[31mred"},
      {"a\x7F", "a\uFFFD"},
      {"a\u0080\u009Bb", "a\uFFFD\uFFFDb"},
      // What turns the direction of writing.
      {"a\u202Eb\u202C", "a\uFFFDb\uFFFD"},
      {"\u200E\u200F\u061C", "\uFFFD\uFFFD\uFFFD"},
      {"\u2066\u2067\u2068\u2069", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      // Line ends of Unicode's own, annotations, tags.
      {"\u2028\u2029", "\uFFFD\uFFFD"},
      {"\uFFF9a\uFFFA\uFFFB", "\uFFFDa\uFFFD\uFFFD"},
      {"\U000E0041", "\uFFFD"},
      // Octets that are no characters: one replacement a piece.
      {"\xFF", "\uFFFD"},
      {"j\xFCrgen", "j\uFFFDrgen"},
      {"\xC3", "\uFFFD"},
      {"\xE2\x82(", "\uFFFD("},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"\xC0\xAF", "\uFFFD\uFFFD"},
  }));
  CAPTURE(example.text);

  CHECK(safe_text(example.text, no_limit) == example.safe);
}

TEST_CASE("text is cut between characters", "[report][safe_text]") {
  CHECK(safe_text("abc", 0).empty());
  CHECK(safe_text("abc", 2) == "ab");
  CHECK(safe_text("abc", 3) == "abc");
  CHECK(safe_text("aéb", 1) == "a");
  CHECK(safe_text("aéb", 2) == "a");
  CHECK(safe_text("aéb", 3) == "aé");
  CHECK(safe_text("a😀b", 4) == "a");
  CHECK(safe_text("a😀b", 5) == "a😀");
  CHECK(safe_text("ab\x01", 4) == "ab");  // what stands for a control is three octets
  CHECK(safe_text("ab\x01", 5) == "ab\uFFFD");
  CHECK(safe_text(std::string(5'000'000, 'a'), 320) == std::string(320, 'a'));
}

TEST_CASE("safe text is safe, and stays as it is", "[report][safe_text]") {
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) append_utf8(text, c);

  const std::string safe = safe_text(text, no_limit);

  CHECK_FALSE(find_broken_utf8(safe));
  CHECK(safe_text(safe, no_limit) == safe);
}

}  // namespace
}  // namespace leadverify
