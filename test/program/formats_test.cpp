// Lists and records in every format, through the built program.
#include "support/program.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

namespace leadverify {
namespace {

using namespace std::string_literals;
using Arguments = std::vector<std::string>;
using Json = nlohmann::json;

Outcome check_syntax(const Arguments& more, std::string_view input = {}) {
  Arguments arguments = {"--check", "syntax"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program({.arguments = arguments}, input);
}

/// The records in the order of their lines.
Records in_order(const Outcome& outcome) {
  Records records = read_records(outcome.output);
  std::ranges::sort(records.results, {}, [](const Json& record) { return record.at("line"); });
  return records;
}

TEST_CASE("a CSV file is read by its header", "[program][formats]") {
  const TemporaryFolder folder;
  const std::string leads = folder.write("leads.csv",
                                         "\xEF\xBB\xBFsep=;\r\nName;E-Mail;Phone\r\n"
                                         "\"Lovelace; Ada\";ada@example.org;\r\n"
                                         "\"Grace\r\nHopper\";grace@example.org;1\r\n"
                                         "Alan;alan@example.org\r\n");

  const Outcome outcome = check_syntax({leads});

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  const Records records = in_order(outcome);
  REQUIRE(records.results.size() == 3);
  CHECK(records.results[0].at("line") == 3);
  CHECK(records.results[0].at("input") == "ada@example.org");
  CHECK(records.results[0].at("error").is_null());
  CHECK_FALSE(records.results[0].contains("row"));
  CHECK(records.results[1].at("line") == 4);
  CHECK(records.results[2].at("line") == 6);
  CHECK(records.results[2].at("reason") == "not_checked");
  CHECK(records.results[2].at("error") == "the row has 2 cells where the first row has 3");
}

TEST_CASE("a column that is not there is a mistake of the call, and nothing is written",
          "[program][formats]") {
  const TemporaryFolder folder;
  const std::string leads = folder.write("leads.csv", "name,contact\nAda,ada@example.org\n");
  const std::string out = folder.write("out", "earlier\n");
  const std::vector<Arguments> mistakes = {{leads},
                                           {"--column", "mail", leads},
                                           {"--column", "3", leads},
                                           {"--column", "2", "--keep", "id", leads}};
  for (const Arguments& arguments : mistakes) {
    CAPTURE(arguments);
    Arguments to_file = {"-o", out};
    to_file.insert(to_file.end(), arguments.begin(), arguments.end());

    const Outcome outcome = check_syntax(to_file);

    CHECK(outcome.exit_status == 2);
    CHECK(outcome.output.empty());
    CHECK(outcome.messages.find("it has 'name', 'contact'") != std::string::npos);
    CHECK(outcome.messages.find("--") != std::string::npos);
    CHECK(folder.read("out") == "earlier\n");
  }
}

TEST_CASE("a column that a pipe does not have is the same mistake", "[program][formats]") {
  const Outcome outcome = check_syntax({"--input-format", "csv"}, "name,contact\nAda,a@b.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages ==
        "leadverify: standard input has no column called email, e-mail, mail or email_address: "
        "name the one with the address with --column; it has 'name', 'contact'\n");
}

TEST_CASE("a broken item has a record that says so", "[program][formats]") {
  const Outcome csv =
      check_syntax({"--input-format", "csv"},
                   "id,email\nada@example.org\n\"2,ada@example.org\n3,b@example.org\n");
  const Records rows = in_order(csv);
  REQUIRE(rows.results.size() == 3);
  CHECK(rows.results[0].at("reason") == "syntax");
  CHECK(rows.results[0].at("input") == "ada@example.org");
  CHECK(rows.results[0].at("domain").is_null());
  CHECK(rows.results[0].at("error") == "the row has 1 cell where the first row has 2");
  CHECK(rows.results[1].at("reason") == "syntax");
  CHECK(rows.results[1].at("error") == "a quote in this row is not closed");
  CHECK(rows.results[2].at("reason") == "not_checked");

  const Outcome jsonl =
      check_syntax({"--input-format", "jsonl"}, "{\"mail\":1}\nnonsense\n\n\"a@example.org\"\n");
  const Records lines = in_order(jsonl);
  REQUIRE(lines.results.size() == 3);
  CHECK(lines.results[0].at("status") == "invalid");
  CHECK(lines.results[0].at("error") == "the object has no key 'email'");
  CHECK(lines.results[1].at("input") == "nonsense");
  CHECK(lines.results[1].at("error") == "the line is no JSON");
  CHECK(lines.summary.at("skipped") == 1);
}

TEST_CASE("what an address lacks is told beside what its row lacks", "[program][formats]") {
  const Outcome outcome =
      check_syntax({"--input-format", "csv"}, "name,email\nLovelace, Ada,ada@example.org\n");

  CHECK(read_records(outcome.output).results.at(0).at("error") ==
        "the row has 3 cells where the first row has 2; there is no @ (column 4)");
}

TEST_CASE("one run's output is the next run's input", "[program][formats]") {
  const Outcome first = check_syntax({}, "ada@example.org\nnonsense\n Ada <grace@EXAMPLE.org>\n");
  const Outcome second = check_syntax({"--input-format", "jsonl"}, first.output);

  CHECK(second.exit_status == 0);
  const Records before = read_records(first.output);
  const Records after = in_order(second);
  REQUIRE(after.results.size() == 3);
  CHECK(after.summary.at("skipped") == 1);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(after.results[i].at("input") == before.results[i].at("email"));
    CHECK(after.results[i].at("status") == before.results[i].at("status"));
  }
}

TEST_CASE("the option --keep carries columns of the input into the records", "[program][formats]") {
  const std::string leads = "id,email,name\n1,ada@example.org,Ada\n2,ada@example.org,\"Ada L.\"\n";

  const Records some = in_order(check_syntax({"--input-format", "csv", "--keep", "name,1"}, leads));
  CHECK(some.results[0].at("row") == Json({{"name", "Ada"}, {"id", "1"}}));
  // A duplicate brings its own.
  CHECK(some.results[1].at("duplicate_of") == 2);
  CHECK(some.results[1].at("row") == Json({{"name", "Ada L."}, {"id", "2"}}));

  const Records all = in_order(check_syntax({"--input-format", "csv", "--keep", "all"}, leads));
  CHECK(all.results[0].at("row") ==
        Json({{"id", "1"}, {"email", "ada@example.org"}, {"name", "Ada"}}));

  const Records keys = in_order(check_syntax({"--input-format", "jsonl", "--keep", "id"},
                                             "{\"email\":\"ada@example.org\",\"id\":1}\n{}\n[]\n"));
  CHECK(keys.results[0].at("row") == Json({{"id", 1}}));
  CHECK(keys.results[1].at("row") == Json({{"id", nullptr}}));
  CHECK(keys.results[2].at("row").is_null());
}

TEST_CASE("records can be had as CSV, with the summary on standard error", "[program][formats]") {
  const Outcome outcome =
      check_syntax({"--input-format", "csv", "--format", "csv", "--keep", "all"},
                   "name,email\n\"Lovelace, Ada\",ada@example.org\n=1+1,x\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.output.starts_with("name,email,type,line,input,email,domain,status,"));
  CHECK(outcome.output.find("\n\"Lovelace, Ada\",ada@example.org,result,2,ada@example.org,") !=
        std::string::npos);
  CHECK(outcome.output.find("\n'=1+1,x,result,3,x,x,,invalid,syntax,false,high,") !=
        std::string::npos);
  CHECK(std::ranges::count(outcome.output, '\n') == 3);
  CHECK(read_records(outcome.messages).summary.at("total") == 2);
}

TEST_CASE("the header stands in front also where records are put in order", "[program][formats]") {
  std::string text = "ada@example.org\nnonsense\nada@example.org\n";
  for (int i = 0; i < 500; ++i) text += "ada" + std::to_string(i % 300) + "@example.org\n";

  const Outcome outcome = check_syntax({"--format", "csv", "--ordered", "-q"}, text);

  CHECK(outcome.output.starts_with("type,line,input,"));
  CHECK(outcome.output.find("\nresult,1,ada@example.org,") == outcome.output.find('\n'));
  CHECK(std::ranges::count(outcome.output, '\n') == 504);
}

TEST_CASE("a CSV of no records has its header", "[program][formats]") {
  const Outcome outcome = check_syntax({"--format", "csv", "-q"});

  CHECK(outcome.output.starts_with("type,line,input,"));
  CHECK(std::ranges::count(outcome.output, '\n') == 1);
  CHECK(outcome.messages.empty());
}

TEST_CASE("CSV has a place for what each file keeps, or the call is a mistake",
          "[program][formats]") {
  const TemporaryFolder folder;
  const std::string one = folder.write("one.csv", "id,email\n1,ada@example.org\n");
  const std::string two = folder.write("two.csv", "email,name\nb@example.org,Bob\n");
  const std::string lines = folder.write("lines.jsonl", "\"c@example.org\"\n");

  CHECK(check_syntax({"--format", "csv", "--keep", "all", one, two}).exit_status == 2);
  CHECK(check_syntax({"--format", "csv", "--keep", "all", one, lines}).exit_status == 2);
  CHECK(check_syntax({"--format", "csv", "--keep", "email", one, two, lines}).exit_status == 0);
  CHECK(check_syntax({"--keep", "all", one, two, lines}).exit_status == 0);
}

TEST_CASE("records can be had under Reacher's names", "[program][formats]") {
  const Outcome outcome = check_syntax({"--format", "reacher"}, "nonsense\n");

  CHECK(outcome.exit_status == 0);
  const Records records = read_records(outcome.output);
  REQUIRE(records.results.size() == 1);
  CHECK(records.results[0].at("input") == "nonsense");
  CHECK(records.results[0].at("is_reachable") == "invalid");
  CHECK(records.summary.at("total") == 1);
}

TEST_CASE("whatever octets a CSV file has, each row gets one record", "[program][formats]") {
  std::mt19937 random(41'801);
  std::string text = "id,email\n";
  std::size_t rows = 0;
  for (int row = 0; row < 500; ++row) {
    std::string cell;
    for (std::size_t i = random() % 60; i > 0; --i) cell += static_cast<char>(random() % 256);
    text += std::to_string(row) + ",\"";
    for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
    text += "\"\n";
    ++rows;
  }

  const Outcome outcome = check_syntax({"--input-format", "csv", "--keep", "all"}, text);

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).results.size() == rows);
}

TEST_CASE("a long CSV file goes through a pipe whole", "[program][formats]") {
  std::string text = "name,email\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "\"No. " + std::to_string(i) + "\",ada" + std::to_string(i) + "@example.org\n";
  }

  const Outcome outcome = check_syntax({"--input-format", "csv"}, text);

  CHECK(read_records(outcome.output).results.size() == 20'000);
}

}  // namespace
}  // namespace leadverify
