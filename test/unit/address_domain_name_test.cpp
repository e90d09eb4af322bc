#include "address/domain_name.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::string_literals;

std::string label_of(std::size_t octets) {
  return std::string(octets, 'a');
}

/// A domain of so many octets, in labels of ten and one longer.
std::string domain_of(std::size_t octets) {
  std::string domain;
  while (octets - domain.size() > 60) domain += "abcdefghi.";
  return domain + label_of(octets - domain.size());
}

TEST_CASE("a domain comes out in lower case and A-labels", "[address][domain_name]") {
  struct Example {
    std::string text;
    std::string normal;
  };
  const auto example = GENERATE(values<Example>({
      {"example.org", "example.org"},
      {"EXAMPLE.Org", "example.org"},
      {"a.b.c.d.e.example", "a.b.c.d.e.example"},
      {"1und1.example", "1und1.example"},
      {"3com.123.example", "3com.123.example"},
      {"a-b.example", "a-b.example"},
      {"r3---sn-x.example", "r3---sn-x.example"},  // hyphens in third and fourth place
      {"example.x1", "example.x1"},
      {label_of(63) + ".example", label_of(63) + ".example"},
      {domain_of(255), domain_of(255)},
      {"münchen.example", "xn--mnchen-3ya.example"},
      {"MÜNCHEN.Example", "xn--mnchen-3ya.example"},
      {"mu\u0308nchen.example", "xn--mnchen-3ya.example"},  // u and a combining diaeresis
      {"straße.example", "xn--strae-oqa.example"},          // not strasse: non-transitional
      {"βόλος.example", "xn--nxasmm1c.example"},
      {"例え.テスト", "xn--r8jz45g.xn--zckzah"},
      {"例え。テスト", "xn--r8jz45g.xn--zckzah"},  // U+3002
      {"a。example", "a.example"},
      {"a．example", "a.example"},  // U+FF0E
      {"a｡example", "a.example"},   // U+FF61
      {"ｅｘａｍｐｌｅ.org", "example.org"},
      {"مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"},
      {"xn--mnchen-3ya.example", "xn--mnchen-3ya.example"},
      {"XN--MNCHEN-3YA.Example", "xn--mnchen-3ya.example"},
      {"münchen.r3---sn-x.example", "xn--mnchen-3ya.r3---sn-x.example"},
      {"क्\u200Dष.example", "xn--11b2ezcw70k.example"},  // a joiner that shapes a letter
  }));
  CAPTURE(example.text);

  const auto domain = normalise_domain(example.text);

  if (!domain) FAIL(domain.error().what << " at " << domain.error().offset);
  CHECK(*domain == example.normal);
}

TEST_CASE("a domain that is none is refused, and the place is told", "[address][domain_name]") {
  struct Example {
    std::string text;
    std::size_t offset;
    std::string what;
  };
  const auto example = GENERATE(values<Example>({
      {"", 0, "no domain"},
      {".", 0, "begins with a dot"},
      {".example.org", 0, "begins with a dot"},
      {"example.org.", 11, "ends with a dot"},
      {"example。", 7, "ends with a dot"},
      {"example..org", 8, "two dots in a row"},
      {"example.。org", 8, "two dots in a row"},
      {"example...", 8, "two dots in a row"},
      {"localhost", 0, "no dot"},
      {"com", 0, "no dot"},
      {"münchen", 0, "no dot"},
      {"-example.org", 0, "begins with a hyphen"},
      {"example.-org", 8, "begins with a hyphen"},
      {"example-.org", 7, "ends with a hyphen"},
      {"a_b.example", 1, "underscore"},
      {"_dmarc.example", 0, "underscore"},
      {"ü_b.example", 2, "underscore"},
      {"exa mple.org", 3, "a space"},
      {"example.org ", 11, "a space"},
      {"example.org(comment)", 11, "a comment in parentheses"},
      {"example.org>", 11, "angle brackets"},
      {"example.org,", 11, "one address at a time"},
      {"example.org:25", 11, "a colon"},
      {"b@example.org", 1, "a second @"},
      {"example.org\r\n", 11, "U+000D"},
      {"example.org\n", 11, "U+000A"},
      {"exa\0mple.org"s, 3, "U+0000"},
      {"exa\x7Fmple.org", 3, "U+007F"},
      {"exa\"mple.org", 3, "'\"'"},
      {"exa/mple.org", 3, "'/'"},
      {"*.example.org", 0, "'*'"},
      {"192.0.2.1", 0, "goes in brackets: [192.0.2.1]"},
      {"１９２.0.2.1", 0, "goes in brackets: [192.0.2.1]"},
      {"192.0.2.256", 8, "all digits"},
      {"example.123", 8, "all digits"},
      {label_of(64) + ".example", 63, "longer than 63"},
      {"a." + label_of(64), 65, "longer than 63"},
      {domain_of(256), 200, "longer than 255"},
      {std::string(3'000, 'a') + ".example", 63, "longer than 63"},
      {std::string(3'000, '\xC3') + ".example", 0, "not UTF-8"},
      {"a.\xC3", 2, "not UTF-8"},
      {"a.\xFF\xFE.example", 2, "not UTF-8"},
      {"a.\xED\xA0\x80.example", 2, "not UTF-8"},
      {"xn--.example", 3, "ends with a hyphen"},
      {"xn--example-.org", 11, "ends with a hyphen"},
      {"xn--a.example", 0, "no A-label"},
      {"a.xn--0.org", 2, "no A-label"},
      {"xn--strasse-.example", 11, "ends with a hyphen"},
      {"xn--Mnchen-3YA.xn--wgv71a119e.xn--i-7iq.example", 30, "no A-label"},  // a heart
      {"i❤.example", 1, "U+2764"},
      {"😀.example", 0, "U+1F600"},
      {"ex\u202Eample.org", 2, "U+202E"},
      {"ex\u200Eample.org", 2, "U+200E"},
      {"ex\u2066ample.org", 2, "U+2066"},
      {"a.ex\uE000ample.org", 4, "U+E000"},
      {"ex\u2028ample.org", 2, "U+2028"},
      {"ex\u0378ample.org", 2, "U+0378"},
      {"\u0301a.example", 0, "combining mark"},
      {"a\u200Db.example", 0, "where it can't stand"},
      {"aא.example", 0, "directions"},
      {"\u00AD.example", 0, "invisible"},
      {"a\u2100b.example", 0, "'/'"},  // the sign a/c
      {"a＠b.example", 0, "second @"},
      {"a\u2024b.example", 1, "U+2024"},  // a one dot leader, which maps to a dot
      {"ａ_b.example", 3, "underscore"},
      {"a＿b.example", 0, "underscore"},
      {"－a.example", 0, "hyphen"},
      {"ｘn--a.example", 0, ""},
  }));
  CAPTURE(example.text);

  const auto domain = normalise_domain(example.text);

  if (domain) FAIL("taken as " << *domain);
  CHECK_THAT(domain.error().what, Catch::Contains(example.what));
  CHECK(domain.error().offset == example.offset);
}

TEST_CASE("invisible characters that IDNA drops do not make another domain",
          "[address][domain_name]") {
  CHECK(*normalise_domain("exa\u00ADmple.org") == "example.org");
  CHECK(*normalise_domain("exa\u200Bmple.org") == "example.org");
}

TEST_CASE("a domain of hostile length is refused without being converted",
          "[address][domain_name]") {
  std::string umlauts;
  for (int i = 0; i < 500'000; ++i) umlauts += "ü";
  std::string labels;
  for (int i = 0; i < 500'000; ++i) labels += "ü.";

  CHECK_THAT(normalise_domain(umlauts + ".example").error().what, Catch::Contains("63"));
  CHECK_THAT(normalise_domain(labels + "example").error().what, Catch::Contains("255"));
}

TEST_CASE("a host greets with letters, digits and hyphens", "[address][domain_name]") {
  struct Example {
    std::string name;
    bool is_one;
  };
  const auto example = GENERATE(values<Example>({
      {"probe.example.net", true},
      {"Probe-1.Example.NET", true},
      {"probe", true},
      {"", false},
      {"probe.example.net.", false},
      {"probe..example.net", false},
      {"-probe.example.net", false},
      {"probe_1.example.net", false},
      {"prübe.example.net", false},
      {"probe.example.net\r\nQUIT", false},
      {"192.0.2.1", false},
      {label_of(64), false},
      {domain_of(256), false},
  }));
  CAPTURE(example.name);

  CHECK(is_helo_name(example.name) == example.is_one);
}

}  // namespace
}  // namespace leadverify
