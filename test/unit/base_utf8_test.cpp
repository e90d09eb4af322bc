#include "base/utf8.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::string_view_literals;

TEST_CASE("a character of UTF-8 is read with its length", "[base][utf8]") {
  struct Example {
    std::string_view text;
    char32_t code_point;
    std::size_t length;
  };
  const auto example = GENERATE(values<Example>({
      {"a", U'a', 1},
      {"\0"sv, 0, 1},
      {"\x7F", 0x7F, 1},
      {"\xC2\x80", 0x80, 2},
      {"ß", 0xDF, 2},
      {"\xE0\xA0\x80", 0x800, 3},
      {"\xED\x9F\xBF", 0xD7FF, 3},
      {"\xEE\x80\x80", 0xE000, 3},
      {"\xEF\xBF\xBF", 0xFFFF, 3},
      {"\xF0\x90\x80\x80", 0x10000, 4},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
  }));
  CAPTURE(code_point_name(example.code_point));

  const FirstCharacter character = first_character(std::string(example.text) + "b");

  CHECK(character.code_point == example.code_point);
  CHECK(character.length == example.length);
  std::string written;
  append_utf8(written, example.code_point);
  CHECK(written == example.text);
}

TEST_CASE("octets that are not UTF-8 are skipped piece by piece", "[base][utf8]") {
  struct Example {
    std::string_view text;
    std::size_t length;
  };
  const auto example = GENERATE(values<Example>({
      {"\x80", 1},              // nothing to continue
      {"\xC0\xAF", 1},          // overlong slash
      {"\xC1\xBF", 1},          //
      {"\xC3", 1},              // breaks off
      {"\xC3(", 1},             //
      {"\xE2\x82", 2},          //
      {"\xE2\x82(", 2},         //
      {"\xE0\x9F\xBF", 1},      // overlong
      {"\xED\xA0\x80", 1},      // a surrogate
      {"\xF0\x8F\xBF\xBF", 1},  // overlong
      {"\xF0\x9F\x98", 3},      // breaks off
      {"\xF4\x90\x80\x80", 1},  // beyond U+10FFFF
      {"\xF5\x80\x80\x80", 1},  //
      {"\xFF", 1},
  }));
  CAPTURE(example.text);

  const FirstCharacter character = first_character(example.text);

  CHECK_FALSE(character.code_point);
  CHECK(character.length == example.length);
  CHECK(find_broken_utf8("é" + std::string(example.text)) == 2U);
}

TEST_CASE("ASCII is told from other text wherever the other octet stands", "[base][utf8]") {
  CHECK(is_ascii(""));
  CHECK(is_ascii("0123456789abcdef!"));
  for (std::size_t i = 0; i < 20; ++i) {
    CAPTURE(i);
    std::string text(20, 'a');
    text[i] = '\x80';
    CHECK_FALSE(is_ascii(text));
  }
}

TEST_CASE("characters are counted, not octets", "[base][utf8]") {
  CHECK(count_characters("") == 0);
  CHECK(count_characters("ada") == 3);
  CHECK(count_characters("jürgen") == 6);
  CHECK(count_characters("日本😀") == 3);
}

TEST_CASE("a limit of octets that falls into a character goes back to its start", "[base][utf8]") {
  CHECK(start_of_character("aéb", 0) == 0);
  CHECK(start_of_character("aéb", 1) == 1);
  CHECK(start_of_character("aéb", 2) == 1);
  CHECK(start_of_character("aéb", 3) == 3);
  CHECK(start_of_character("aéb", 9) == 4);
}

}  // namespace
}  // namespace leadverify
