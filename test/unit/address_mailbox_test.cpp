#include "address/mailbox.hpp"
#include "base/utf8.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

namespace leadverify {
namespace {

using namespace std::string_literals;

std::string name_of(std::size_t octets) {
  return std::string(octets, 'a');
}

/// A domain of so many octets.
std::string domain_of(std::size_t octets) {
  std::string domain;
  while (octets - domain.size() > 60) domain += "abcdefghi.";
  return domain + name_of(octets - domain.size());
}

TEST_CASE("a mailbox of RFC 5321 is read", "[address][mailbox]") {
  struct Example {
    std::string text;
    std::string local_part;
    std::string domain;
  };
  const auto example = GENERATE(values<Example>({
      {"ada@example.org", "ada", "example.org"},
      {"Ada.Lovelace@Example.ORG", "Ada.Lovelace", "example.org"},
      {"a@b.cd", "a", "b.cd"},
      {"ada+list@example.org", "ada+list", "example.org"},
      {"!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~", "example.org"},
      {"1234567890@example.org", "1234567890", "example.org"},
      {"-@example.org", "-", "example.org"},
      {"a.b.c.d@sub.example.org", "a.b.c.d", "sub.example.org"},
      {"user%example.net@example.org", "user%example.net", "example.org"},
      {"\"ada lovelace\"@example.org", "\"ada lovelace\"", "example.org"},
      {"\"a@b\"@example.org", "\"a@b\"", "example.org"},
      {"\"a..b\"@example.org", "\"a..b\"", "example.org"},
      {"\".\"@example.org", "\".\"", "example.org"},
      {"\"(no comment)\"@example.org", "\"(no comment)\"", "example.org"},
      {"\"\\\"\"@example.org", "\"\\\"\"", "example.org"},
      {"\"\\\\\"@example.org", "\"\\\\\"", "example.org"},
      {"\"\\a\"@example.org", "\"\\a\"", "example.org"},
      {"\" \"@example.org", "\" \"", "example.org"},
      {"\"\"@example.org", "\"\"", "example.org"},
      {"\"plain\"@example.org", "\"plain\"", "example.org"},
      {name_of(64) + "@example.org", name_of(64), "example.org"},
      {"\"" + name_of(62) + "\"@example.org", "\"" + name_of(62) + "\"", "example.org"},
      {name_of(64) + "@" + domain_of(189), name_of(64), domain_of(189)},
      {"a@" + domain_of(252), "a", domain_of(252)},
      {"ada@münchen.example", "ada", "xn--mnchen-3ya.example"},
      {"ada@例え。テスト", "ada", "xn--r8jz45g.xn--zckzah"},
  }));
  CAPTURE(example.text);

  const auto mailbox = parse_mailbox(example.text);

  if (!mailbox) FAIL(to_string(mailbox.error()));
  CHECK(mailbox->local_part == example.local_part);
  CHECK(mailbox->domain == example.domain);
  CHECK(mailbox->address() == example.local_part + "@" + example.domain);
  CHECK_FALSE(mailbox->literal);
  CHECK_FALSE(mailbox->needs_smtputf8);
}

TEST_CASE("a local part beyond ASCII is kept as given and needs SMTPUTF8", "[address][mailbox]") {
  const auto local_part = GENERATE(values<std::string>({
      "jürgen",
      "ju\u0308rgen",  // a combining diaeresis, after its letter
      "ÄRGER",
      "δοκιμή",
      "почта",
      "用户",
      "ユーザー",
      "사용자",
      "उपयोगकर्ता",
      "مستخدم",
      "משתמש",
      "é.è",
      "\"jürgen müller\"",
      "\"non\u00A0breaking\"",
      "क्\u200Dष",       // a joiner after a virama
      "می\u200Cخواهم",  // a non-joiner between letters that would join
      "😀",
      "❤\uFE0F",   // shown as an emoji
      "👩\u200D🚀",  // one emoji of two
  }));
  CAPTURE(local_part);

  const auto mailbox = parse_mailbox(local_part + "@example.org");

  if (!mailbox) FAIL(to_string(mailbox.error()));
  CHECK(mailbox->local_part == local_part);
  CHECK(mailbox->needs_smtputf8);
}

TEST_CASE("an address literal is normalised", "[address][mailbox]") {
  struct Example {
    std::string text;
    std::string domain;
    std::string address;
  };
  const auto example = GENERATE(values<Example>({
      {"a@[192.0.2.1]", "[192.0.2.1]", "192.0.2.1"},
      {"a@[0.0.0.0]", "[0.0.0.0]", "0.0.0.0"},
      {"a@[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]", "2001:db8::1"},
      {"a@[ipv6:2001:DB8:0:0:0:0:0:1]", "[IPv6:2001:db8::1]", "2001:db8::1"},
      {"a@[IPv6:::1]", "[IPv6:::1]", "::1"},
      {"a@[IPv6:::]", "[IPv6:::]", "::"},
      {"a@[IPv6:::ffff:192.0.2.1]", "[IPv6:::ffff:192.0.2.1]", "::ffff:192.0.2.1"},
  }));
  CAPTURE(example.text);

  const auto mailbox = parse_mailbox(example.text);

  if (!mailbox) FAIL(to_string(mailbox.error()));
  CHECK(mailbox->domain == example.domain);
  CHECK(mailbox->literal == IpAddress::parse(example.address));
}

TEST_CASE("what is no mailbox is refused, and the column is told", "[address][mailbox]") {
  struct Example {
    std::string text;
    std::size_t column;
    std::string what;
  };
  const auto example = GENERATE(values<Example>({
      // The @.
      {"", 1, "there is no address"},
      {"ada", 4, "there is no @"},
      {"ada lovelace", 13, "there is no @"},
      {"example.org", 12, "there is no @"},
      {"jürgen", 7, "there is no @"},
      {"@", 1, "nothing before the @"},
      {"@example.org", 1, "nothing before the @"},
      {"ada@", 5, "nothing after the @"},
      {"jürgen@", 8, "nothing after the @"},
      {"ada@b@example.org", 6, "a second @"},
      {"ada@@example.org", 5, "a second @"},
      {"ada＠example.org", 4, "U+FF20"},
      {"ada﹫example.org", 4, "U+FE6B"},
      {"ada＠b@example.org", 4, "U+FF20"},

      // The local part.
      {".ada@example.org", 1, "begins with a dot"},
      {"ada.@example.org", 4, "ends with a dot"},
      {".@example.org", 1, "begins with a dot"},
      {"a..b@example.org", 3, "two dots in a row in the local part"},
      {"é..b@example.org", 3, "two dots in a row in the local part"},
      {"a b@example.org", 2, "a space"},
      {" a@example.org", 1, "a space"},
      {"a @example.org", 2, "a space"},
      {"a\tb@example.org", 2, "U+0009"},
      {"a,b@example.org", 2, "one address at a time"},
      {"a;b@example.org", 2, "one address at a time"},
      {"a(comment)@example.org", 2, "write the address alone"},
      {"(comment)a@example.org", 1, "write the address alone"},
      {"a)@example.org", 2, "write the address alone"},
      {"<a@example.org>", 1, "angle brackets"},
      {"Ada<a@example.org>", 4, "angle brackets"},
      {"mailto:a@example.org", 7, "':'"},
      {"a[b@example.org", 2, "'['"},
      {"a]b@example.org", 2, "']'"},
      {"a\\b@example.org", 2, "a backslash"},
      {"a\"b@example.org", 2, "a quotation mark"},
      {"a.\"b\"@example.org", 3, "a quotation mark"},
      {name_of(65) + "@example.org", 65, "longer than 64"},
      {name_of(63) + "é@example.org", 64, "longer than 64"},
      {"é" + name_of(63) + "@example.org", 64, "longer than 64"},
      {"\"" + name_of(63) + "\"@example.org", 65, "longer than 64"},

      // Quoted strings.
      {"\"ada@example.org", 1, "not closed"},
      {"\"", 1, "not closed"},
      {"\"ada\\\"@example.org", 1, "not closed"},
      {"\"ada\\", 1, "not closed"},
      {"\"ada\"", 6, "there is no @"},
      {"\"ada\".b@example.org", 6, "not followed by the @"},
      {"\"ada\"b@example.org", 6, "not followed by the @"},
      {"\"ada\" @example.org", 6, "not followed by the @"},
      {"\"a\tb\"@example.org", 3, "U+0009"},
      {"\"a\\\tb\"@example.org", 4, "U+0009"},
      {"\"a\r\n b\"@example.org", 3, "U+000D"},
      {"\"a\\\0b\"@example.org"s, 4, "U+0000"},
      {"\"\\é\"@example.org", 2, "a backslash before"},
      {"\"a\u200Bb\"@example.org", 3, "U+200B"},
      {"\"a\u2028b\"@example.org", 3, "U+2028"},

      // What could break out of a command.
      {"a\r\nRCPT TO:<b@example.org>", 2, "U+000D"},
      {"a\n@example.org", 2, "U+000A"},
      {"a\0b@example.org"s, 2, "U+0000"},
      {"a@example.org\r\n", 14, "U+000D"},
      {"a@example.org\n", 14, "U+000A"},
      {"a@example.org\0"s, 14, "U+0000"},
      {"a@\0"s, 3, "U+0000"},
      {"a@[192.0.2.1\0]"s, 4, "no IPv4 address"},
      {"a@[192.0.2.1\r\n]", 4, "no IPv4 address"},
      {"a\x7F@example.org", 2, "U+007F"},
      {"a\x1B[2J@example.org", 2, "U+001B"},

      // Unicode that can't be seen, or that deceives.
      {"a\u0085b@example.org", 2, "U+0085"},
      {"a\u202Eb@example.org", 2, "turns the direction of writing (U+202E)"},
      {"a\u2066b@example.org", 2, "U+2066"},
      {"a\u2069b@example.org", 2, "U+2069"},
      {"a\u200Eb@example.org", 2, "U+200E"},
      {"a\u200Fb@example.org", 2, "U+200F"},
      {"a\u061Cb@example.org", 2, "U+061C"},
      {"a\u200Bb@example.org", 2, "an invisible character (U+200B)"},
      {"a\u200Db@example.org", 2, "U+200D"},
      {"a\u200Cb@example.org", 2, "U+200C"},
      {"a\u2060b@example.org", 2, "U+2060"},
      {"\uFEFFa@example.org", 1, "U+FEFF"},
      {"a\u00ADb@example.org", 2, "U+00AD"},
      {"a\u034Fb@example.org", 2, "U+034F"},
      {"a\u3164b@example.org", 2, "U+3164"},
      {"a\uFE0Fb@example.org", 2, "U+FE0F"},
      {"a\U000E0041@example.org", 2, "U+E0041"},
      {"a\u0600b@example.org", 2, "U+0600"},
      {"a\u2028b@example.org", 2, "a line separator (U+2028)"},
      {"a\u2029b@example.org", 2, "U+2029"},
      {"a\u00A0b@example.org", 2, "white space (U+00A0)"},
      {"a\u3000b@example.org", 2, "U+3000"},
      {"éa\uE000b@example.org", 3, "private-use character (U+E000)"},
      {"a\U0010FFFDb@example.org", 2, "U+10FFFD"},
      {"a\u0378b@example.org", 2, "U+0378 is no character"},
      {"a\uFFFEb@example.org", 2, "U+FFFE is no character"},
      {"a\uFDD0b@example.org", 2, "U+FDD0 is no character"},
      {"a\U0001FFFFb@example.org", 2, "U+1FFFF is no character"},
      {"\u0301a@example.org", 1, "a combining mark (U+0301)"},
      {"a.\u0301b@example.org", 3, "a combining mark (U+0301)"},
      {"\"\u0301a\"@example.org", 2, "a combining mark (U+0301)"},

      // Octets that are no characters.
      {"a\x80@example.org", 2, "not UTF-8"},
      {"é\xFF@example.org", 2, "not UTF-8"},
      {"j\xFCrgen@example.org", 2, "not UTF-8"},  // Latin-1
      {"a\xC0\xAE@example.org", 2, "not UTF-8"},
      {"a\xED\xA0\x80@example.org", 2, "not UTF-8"},
      {"a@ex\xC3", 5, "not UTF-8"},

      // The domain.
      {"ada@localhost", 5, "no dot"},
      {"ada@.example.org", 5, "begins with a dot"},
      {"ada@example.org.", 16, "ends with a dot"},
      {"jürgen@example。", 15, "ends with a dot"},
      {"ada@example..org", 13, "two dots in a row in the domain"},
      {"jürgen@münchen..org", 16, "two dots in a row in the domain"},
      {"ada@-example.org", 5, "begins with a hyphen"},
      {"ada@example-.org", 12, "ends with a hyphen"},
      {"ada@a_b.example", 6, "an underscore"},
      {"ada@exa mple.org", 8, "a space"},
      {"ada@example.org ", 16, "a space"},
      {"ada@example.org(comment)", 16, "write the address alone"},
      {"ada@(comment)example.org", 5, "write the address alone"},
      {"ada@example.org,bob@example.org", 16, "one address at a time"},
      {"ada@192.0.2.1", 5, "[192.0.2.1]"},
      {"ada@example.123", 13, "all digits"},
      {"ada@" + name_of(64) + ".example", 68, "longer than 63"},
      {"ada@i❤.example", 6, "U+2764"},
      {"é@日\u202E本.example", 4, "U+202E"},
      {"ada@xn--a.example", 5, "no A-label"},
      {name_of(64) + "@" + domain_of(190), 255, "longer than 254"},
      {"a@" + domain_of(253), 255, "longer than 254"},

      // Address literals.
      {"ada@[192.0.2.1", 5, "not closed"},
      {"ada@[", 5, "not closed"},
      {"ada@[]", 6, "no IPv4 address"},
      {"ada@[192.0.2]", 6, "no IPv4 address"},
      {"ada@[192.0.2.256]", 6, "no IPv4 address"},
      {"ada@[192.0.2.01]", 6, "no IPv4 address"},
      {"ada@[0xC0.0.2.1]", 6, "no IPv4 address"},
      {"ada@[3221225985]", 6, "no IPv4 address"},
      {"ada@[ 192.0.2.1]", 6, "no IPv4 address"},
      {"ada@[example.org]", 6, "no IPv4 address"},
      {"ada@[192.0.2.1].org", 16, "more after the address literal"},
      {"ada@[192.0.2.1] ", 16, "more after the address literal"},
      {"ada@[2001:db8::1]", 6, "[IPv6:2001:db8::1]"},
      {"ada@[IPv6:]", 11, "no IPv6 address"},
      {"ada@[IPv6:192.0.2.1]", 11, "no IPv6 address"},
      {"ada@[IPv6:2001:db8::1::2]", 11, "no IPv6 address"},
      {"ada@[IPv6:fe80::1%eth0]", 11, "no IPv6 address"},
      {"ada@[IPv6:12345::]", 11, "no IPv6 address"},
      {"ada@[IPv4:192.0.2.1]", 6, "unknown kind"},
      {"ada@[X400:c=us]", 6, "unknown kind"},
      {"ada@x[192.0.2.1]", 6, "a bracket"},
  }));
  CAPTURE(example.text);

  const auto mailbox = parse_mailbox(example.text);

  if (mailbox) FAIL("taken as " << mailbox->address());
  CHECK_THAT(mailbox.error().what, Catch::Contains(example.what));
  CHECK(mailbox.error().column == example.column);
}

TEST_CASE("a fault is told with its column", "[address][mailbox]") {
  CHECK(to_string(parse_mailbox("a..b@example.org").error()) ==
        "two dots in a row in the local part (column 3)");
}

TEST_CASE("a line of megabytes is refused like any other", "[address][mailbox]") {
  const std::size_t megabytes = 4'000'000;

  CHECK(parse_mailbox(name_of(megabytes)).error().column == megabytes + 1);
  CHECK(parse_mailbox(name_of(megabytes) + "@example.org").error().column == 65);
  CHECK(parse_mailbox("a@" + name_of(megabytes)).error().column == 66);
  CHECK(parse_mailbox(std::string(megabytes, '@')).error().column == 1);
  CHECK(parse_mailbox(std::string(megabytes, '\xF0')).error().column == 1);
}

TEST_CASE("whatever comes in, a mailbox fits in a command and reads as itself",
          "[address][mailbox]") {
  const std::vector<std::string> pieces = {"a",          "b",
                                           ".",          "@",
                                           "\"",         "\\",
                                           " ",          "(",
                                           ")",          "[",
                                           "]",          "IPv6:",
                                           "::1",        "192.0.2.1",
                                           "-",          "_",
                                           "xn--",       "example",
                                           ".org",       "@a.org",
                                           "é",          "日本",
                                           "。",         "＠",
                                           "\u0301",     "\u200D",
                                           "\u202E",     "\u00AD",
                                           "❤\uFE0F",    "\xFF",
                                           "\xC3",       "\r\n",
                                           "\n",         std::string(1, '\0'),
                                           "\x7F",       "ß",
                                           "mnchen-3ya", "\u2100",
                                           "א",          "1"};
  std::mt19937 random(5321);
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<int> count(1, 4);

  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (int left = count(random); left > 0; --left) text += pieces[piece(random)];
    if (round % 2 == 0) text = "a" + text + "@" + pieces[piece(random)] + ".example";
    CAPTURE(text);

    const auto mailbox = parse_mailbox(text);
    if (!mailbox) {
      REQUIRE_FALSE(mailbox.error().what.empty());
      REQUIRE(mailbox.error().column >= 1);
      REQUIRE(mailbox.error().column <= text.size() + 1);
      continue;
    }
    ++read;
    const std::string address = mailbox->address();
    REQUIRE(address.size() <= 254);
    REQUIRE(address.find_first_of("\r\n\x7F" + std::string(1, '\0')) == std::string::npos);
    REQUIRE(is_ascii(mailbox->domain));
    const auto again = parse_mailbox(address);
    REQUIRE(again);
    REQUIRE(again->address() == address);
  }
  CHECK(read > 500);
}

}  // namespace
}  // namespace leadverify
