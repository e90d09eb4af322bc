#include "address/slip_table.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using Meant = std::optional<std::string>;

constexpr const char* small_table = R"(
# ends
.com        .con .cmo
.co.uk      .co.ul
# domains
gmail.com   gmial.com GMAI.com
gmail.com   gmail.co       # one more line for it
hotmail.com
gmx.de
gmx.net
yahoo.com   yaho.com
)";

SlipTable table_of(std::string_view text) {
  auto table = SlipTable::parse(text);
  INFO((table ? std::string() : table.error()));
  REQUIRE(table);
  return *std::move(table);
}

TEST_CASE("a slip of the list is told for what was meant", "[address][slip table]") {
  struct Example {
    std::string_view typed;
    Meant meant;
  };
  const auto example = GENERATE(values<Example>({
      {"gmial.com", "gmail.com"},
      {"gmai.com", "gmail.com"},
      {"gmail.co", "gmail.com"},
      {"example.con", "example.com"},
      {"mail.example.cmo", "mail.example.com"},
      {"example.co.ul", "example.co.uk"},
      {"gmail.con", "gmail.com"},
      {"gmial.con", "gmail.com"},   // two slips
      {"gmail.com", std::nullopt},  // none
      {"hotmial.com", std::nullopt},
      {"mail.gmial.com", std::nullopt},
      {"con.example", std::nullopt},
      {"example.com", std::nullopt},
      {"", std::nullopt},
  }));
  CAPTURE(example.typed);

  CHECK(table_of(small_table).known_slip(example.typed) == example.meant);
}

TEST_CASE("a domain is near the one that its slips lead to", "[address][slip table]") {
  struct Example {
    std::string_view typed;
    Meant meant;
  };
  const auto example = GENERATE(values<Example>({
      {"gmsail.com", "gmail.com"},
      {"hotmial.cm", "hotmail.com"},
      {"hotmil.co", "hotmail.com"},
      {"gmx.dr", "gmx.de"},
      {"gnx.de", "gmx.de"},
      {"gmx.ne", "gmx.net"},
      {"pmx.de", std::nullopt},  // a short name, and not a key beside it
      {"gmxx.dee", "gmx.de"},
      {"gmbh.de", std::nullopt},
      {"gmail.com", std::nullopt},  // itself
      {"gmx.net", std::nullopt},    // one of the table, however near to another
      {"example.com", std::nullopt},
      {"", std::nullopt},
  }));
  CAPTURE(example.typed);

  CHECK(table_of(small_table).nearest(example.typed) == example.meant);
}

TEST_CASE("of several domains that are as near, the first of the list is told",
          "[address][slip table]") {
  CHECK(table_of("abcdex.test\nabcdey.test\n").nearest("abcde.test") == Meant("abcdex.test"));
  CHECK(table_of("abcdey.test\nabcdex.test\n").nearest("abcde.test") == Meant("abcdey.test"));
}

TEST_CASE("what is wrong with a list of slips is told with the line", "[address][slip table]") {
  struct Example {
    std::string_view text;
    std::string_view fault;
  };
  const auto example = GENERATE(values<Example>({
      {"\n\ngmail",
       "line 3 wants domains, as in example.org, or ends of them, as in .org, not "
       "'gmail'"},
      {"gmail.com gm_ail.com", "not 'gm_ail.com'"},
      {"gmail.com .con", "has '.con' beside 'gmail.com': an end stands for an end"},
      {".com gmail.con", "has 'gmail.con' beside '.com'"},
      {"gmail.com gmial.com\nhotmail.com gmial.com", "line 2 repeats the slip 'gmial.com'"},
      {"gmail.com gmail.com", "calls 'gmail.com' a slip, and also what is meant by one"},
      {"a.com b.com\nb.com", "calls 'b.com' a slip"},
      {".com .con\n.con .cmo", "calls '.con' a slip"},
      {".com .con\n.con .com", "a slip, and also what is meant"},
      {". .con", "not '.'"},
  }));
  CAPTURE(example.text);

  const auto table = SlipTable::parse(example.text);

  REQUIRE_FALSE(table);
  CHECK(table.error().find(example.fault) != std::string::npos);
}

}  // namespace
}  // namespace leadverify
