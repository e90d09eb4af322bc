#include "app/base/usage_error.hpp"
#include "support/items.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace leadverify::app {
namespace {

using Texts = std::vector<std::string>;

const std::string leads = "leads.csv";

TEST_CASE("each row behind the header is an item", "[app][csv]") {
  const auto piece = GENERATE(1U, 3U, 1000U);
  CAPTURE(piece);

  const Items read =
      read_items(leads,
                 {},
                 "name,Email,note\r\n"
                 "Ada,ada@example.org,\r\n"
                 "\r\n"
                 "\"Hopper, Grace\",\"Grace <grace@example.org>\",\"on two\nlines\"\n"
                 "Alan, mailto:alan@example.org ,#\n"
                 "#,#@example.org,#",
                 piece);

  CHECK(shown(read) == Texts{"2 <ada@example.org> ",
                             "4 <grace@example.org> ",
                             "6 <alan@example.org> ",
                             "7 <#@example.org> "});
  CHECK(read.skipped == 1);
}

TEST_CASE("a row with too few or too many cells is an item with a remark", "[app][csv]") {
  const Items read = read_items(leads,
                                {},
                                "id,email,name\n1,ada@example.org\n2\n3,bob@example.org,Bob,Smith\n"
                                ",,\n");

  CHECK(shown(read) == Texts{"2 <ada@example.org> the row has 2 cells where the first row has 3",
                             "3 broken <2> the row has 1 cell where the first row has 3",
                             "4 <bob@example.org> the row has 4 cells where the first row has 3",
                             "5 <> "});
}

TEST_CASE("a row with a quote that is not closed is an item with a remark", "[app][csv]") {
  const Items read =
      read_items(leads, {}, "email,name\nada@example.org,\"Ada\nbob@example.org,Bob\n");

  CHECK(shown(read) ==
        Texts{"2 <ada@example.org> a quote in this row is not closed", "3 <bob@example.org> "});
  CHECK(shown(read_items(leads, {}, "name,email\nAda,\"ada@example.org\n")) ==
        Texts{"2 broken <Ada,\"ada@example.org> a quote in this row is not closed"});
}

TEST_CASE("a row of megabytes is an item of a few KiB", "[app][csv]") {
  const std::string filling(2'000'000, 'x');
  const Items read = read_items(leads,
                                {},
                                "email,name\nada@example.org," + filling + "\n" + filling +
                                    ",Bob\n\"" + std::string(900'000, 'y') + "\",Cyd\n");

  REQUIRE(read.items.size() == 3);
  CHECK(shown(read.items[0]) == "2 <ada@example.org> the row is longer than 1 MiB");
  CHECK(read.items[1].is_broken);
  CHECK(read.items[2].is_broken);
  CHECK(read.items[2].remark == "the cell with the address is longer than 8 KiB");
  for (const Input& item : read.items) CHECK(item.text.size() <= 8192);
}

TEST_CASE("Excel's line in front names the delimiter and is no row", "[app][csv]") {
  CHECK(shown(read_items(leads, {}, "sep=|\na,b|email\n,,;;|ada@example.org\n")) ==
        Texts{"3 <ada@example.org> "});
  CHECK(shown(read_items(leads, {.header = false}, "sep=;\nada@example.org;1\n")) ==
        Texts{"2 <ada@example.org> "});
  // The option knows better.
  CHECK(shown(read_items(leads, {.delimiter = ','}, "sep=;\na;b,email\nx,ada@example.org\n")) ==
        Texts{"3 <ada@example.org> "});
}

TEST_CASE("without a header the first row is an item too", "[app][csv]") {
  const Items read =
      read_items(leads, {.header = false}, "Ada;ada@example.org\nBob;bob@example.org\n");

  CHECK(shown(read) == Texts{"1 <ada@example.org> ", "2 <bob@example.org> "});
}

TEST_CASE("a file of a header alone, or of nothing, has no items", "[app][csv]") {
  CHECK(read_items(leads, {}, "").items.empty());
  CHECK(read_items(leads, {}, "\n\n").skipped == 2);
  CHECK(read_items(leads, {}, "email").items.empty());
}

TEST_CASE("a first row that can't be read is a mistake of the call", "[app][csv]") {
  CHECK_THROWS_AS(read_items(leads, {}, "\"email\nada@example.org\n"), UsageError);
  CHECK_THROWS_AS(read_items(leads, {}, std::string(2'000'000, 'x')), UsageError);
  CHECK_THROWS_AS(read_items(leads, {}, "name\nAda"), UsageError);
}

TEST_CASE("the columns that are kept come along with each row", "[app][csv]") {
  const Items read =
      read_items(leads,
                 {.keep = {.columns = {"note", "id"}}},
                 "id,email,note\n1,ada@example.org,\"two\nlines\"\n2,b@example.org\n");

  CHECK(shown(read) ==
        Texts{"2 <ada@example.org>  [note=two\nlines] [id=1]",
              "4 <b@example.org> the row has 2 cells where the first row has 3 [note=] [id=2]"});
}

TEST_CASE("of a long cell 1 KiB is kept, cut between characters, and 8 KiB of a row",
          "[app][csv]") {
  std::string header = "email";
  std::string row = "ada@example.org";
  for (int i = 0; i < 12; ++i) {
    header += ",c" + std::to_string(i);
    row += ",x";
    for (int j = 0; j < 2000; ++j) row += "é";
  }

  const Items read = read_items(leads, {.keep = {.all = true}}, header + "\n" + row + "\n");

  REQUIRE(read.items.size() == 1);
  std::size_t sum = 0;
  for (const Row::Value& value : read.items[0].row->values) sum += value.text.size();
  CHECK(read.items[0].row->values[1].text.size() == 1023);
  CHECK(read.items[0].row->values.size() == 13);
  CHECK(sum > 8000);
  CHECK(sum <= 8192);
}

TEST_CASE("random octets give as many items as rows, in whatever pieces they come", "[app][csv]") {
  std::mt19937 random(4182);
  const std::string alphabet = "\n\n\r\"\"\", ,;ab@\xC3";
  for (int round = 0; round < 1000; ++round) {
    std::string text = "x,email\n";
    for (std::size_t i = random() % 80; i > 0; --i) text += alphabet[random() % alphabet.size()];
    const Dialect dialect = {.keep = {.all = true}};
    const Items whole = read_items(leads, dialect, text);

    for (const std::size_t piece : {1U, 2U, 7U}) {
      CAPTURE(round, piece, text);
      REQUIRE(shown(read_items(leads, dialect, text, piece)) == shown(whole));
    }
    for (const Input& item : whole.items) {
      REQUIRE(item.row->values.size() == 2);
      REQUIRE((!item.is_broken || item.remark.has_value()));
    }
  }
}

}  // namespace
}  // namespace leadverify::app
