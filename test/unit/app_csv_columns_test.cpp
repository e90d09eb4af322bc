#include "app/base/usage_error.hpp"
#include "app/input/csv_columns.hpp"
#include "app/input/csv_rows.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using Names = std::vector<std::string>;

std::vector<std::string_view> cells_of(std::string_view row) {
  std::vector<std::string_view> cells;
  split_row(row, ',', cells);
  return cells;
}

CsvColumns columns_of(std::string_view row, const Dialect& dialect = {}) {
  return find_columns(cells_of(row), "leads.csv", dialect);
}

std::string refusal(std::string_view row, const Dialect& dialect) {
  try {
    columns_of(row, dialect);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("the header names the column with the address", "[app][csv]") {
  struct Example {
    std::string header;
    std::size_t place;
  };
  const auto example = GENERATE(values<Example>({
      {"email", 0},
      {"name,EMAIL", 1},
      {"name,\"E-Mail\" ,x", 1},
      {"Mail,name", 0},
      {"id,name,Email_Address", 2},
      {"mail,email", 1},
      {"email,email", 0},
      {"email_sent,email", 1},
  }));
  CAPTURE(example.header);

  CHECK(columns_of(example.header).address == example.place);
}

TEST_CASE("the option --column names the column letter for letter, in any case, or by number",
          "[app][csv]") {
  struct Example {
    std::string column;
    std::size_t place;
  };
  const auto example = GENERATE(values<Example>({
      {"work", 2},
      {"WORK", 1},
      {"Work", 1},
      {"4", 3},
      {"1", 4},
      {"2", 1},
  }));
  CAPTURE(example.column);

  CHECK(columns_of("email,WORK,work,x,1", {.column = example.column}).address == example.place);
}

TEST_CASE("a column that is not there is told with those that are", "[app][csv]") {
  const std::string unknown =
      "leads.csv has no column called email, e-mail, mail or email_address: name the one with the "
      "address with --column; it has 'name', 'e mail'";
  CHECK(refusal("name,e mail", {}) == unknown);
  CHECK(refusal("name,e mail", {.column = "x"}) ==
        "--column: leads.csv has no column 'x'; it has 'name', 'e mail'");
  CHECK(refusal("name,email", {.column = "3"}) ==
        "--column: leads.csv has no column '3'; it has 'name', 'email'");
  CHECK(refusal("name,email", {.column = "0"}).starts_with("--column: "));
  CHECK(refusal("name,email", {.keep = {.columns = {"name", "id"}}}) ==
        "--keep: leads.csv has no column 'id'; it has 'name', 'email'");
  CHECK(refusal("a\x1b[31m,b", {}).find('\x1b') == std::string::npos);
}

TEST_CASE("of a header that is long some names are told", "[app][csv]") {
  std::string header = "c1";
  for (int i = 2; i <= 25; ++i) header += ",c" + std::to_string(i);

  CHECK(refusal(header, {}).ends_with("'c19', 'c20' and 5 more"));
}

TEST_CASE("without a header the address is in the column that shows it", "[app][csv]") {
  CHECK(columns_of("ada@example.org", {.header = false}).address == 0);
  CHECK(columns_of("nonsense", {.header = false}).address == 0);
  CHECK(columns_of("1,Ada,ada@example.org", {.header = false}).address == 2);
  CHECK(columns_of("1,Ada,ada@example.org", {.column = "1", .header = false}).address == 0);
  CHECK(refusal("a@example.org,b@example.org", {.header = false}) ==
        "which column of leads.csv holds the address? Give its number with --column; it has 2 "
        "columns");
  CHECK(refusal("email,x", {.column = "email", .header = false}) ==
        "--column: leads.csv has no column 'email'; it has 2 columns");
}

TEST_CASE("the delimiter is the one by which there is a column of addresses", "[app][csv]") {
  struct Example {
    std::string row;
    char delimiter;
    Dialect dialect = {};
    std::string file = "leads.csv";
  };
  const auto example = GENERATE(values<Example>({
      {"email", ','},
      {"name,email", ','},
      {"name;email", ';'},
      {"name\temail", '\t'},
      {"name|email", '|'},
      {"name, full;email;phone, mobile, home", ';'},
      {"\"a,b,c,d\";email", ';'},
      {"a,b;c,d", ','},
      {"a,b;c,d;e;f", ';'},
      {"a,b|c", ',', {}, "leads.csv"},
      {"a,b\tc", '\t', {}, "leads.TSV"},
      {"a,b,work;c", ';', {.column = "c"}},
      {"Lovelace, Ada;ada@example.org", ';', {.header = false}},
      {"a@b.org;c@d.org", ';', {.header = false}},
  }));
  CAPTURE(example.row);

  CHECK(find_delimiter(example.row, example.file, example.dialect) == example.delimiter);
}

TEST_CASE("Excel's first line names the delimiter", "[app][csv]") {
  CHECK(named_delimiter("sep=;") == ';');
  CHECK(named_delimiter("SEP=\t") == '\t');
  CHECK_FALSE(named_delimiter("sep="));
  CHECK_FALSE(named_delimiter("sep=;;"));
  CHECK_FALSE(named_delimiter("step=;"));
}

TEST_CASE("the columns that are kept have names that differ", "[app][csv]") {
  const CsvColumns all = columns_of("email,,x,x,x_2,x", {.keep = {.all = true}});
  CHECK(*all.kept_names == Names{"email", "2", "x", "x_2", "x_2_2", "x_3"});
  CHECK(all.kept == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});

  const CsvColumns some = columns_of("Id,email,x", {.keep = {.columns = {"3", "id"}}});
  CHECK(*some.kept_names == Names{"x", "Id"});
  CHECK(some.kept == std::vector<std::size_t>{2, 0});

  const Dialect headless = {.header = false, .keep = {.all = true}};
  CHECK(*columns_of("a@example.org,Ada", headless).kept_names == Names{"1", "2"});
}

TEST_CASE("more than a thousand columns are not kept", "[app][csv]") {
  const std::string header = "email" + std::string(1000, ',');

  CHECK(refusal(header, {.keep = {.all = true}}) ==
        "--keep: leads.csv has 1001 columns, and at most 1000 can be kept: name them");
}

}  // namespace
}  // namespace leadverify::app
