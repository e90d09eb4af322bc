#include <leadverify/csv_line.hpp>
#include <leadverify/json_line.hpp>

#include "support/results.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace leadverify {
namespace {

const std::string keys =
    "type,line,input,email,domain,status,reason,valid,confidence,catch_all,greylist,code,enhanced,"
    "message,error,mx,mx_ip,provider,stage,attempts,duplicate_of,did_you_mean,role,disposable,free,"
    "elapsed_ms,checked_at";

/// The message's cell, of a record whose server says `message`.
std::string message_cell(const std::string& message) {
  Result result = accepted_result();
  result.message = message;
  const std::string line = csv_line(result, {});
  const std::size_t begin = line.find(",2.1.5,") + 7;
  return line.substr(begin, line.find(",,mx1.") - begin);
}

/// The cell of a value that the input brought along.
std::string kept_cell(const Row::Value& value) {
  Result result = accepted_result();
  result.input.row = make_row({"x"}, {value});
  const std::string line = csv_line(result, {.kept = {"x"}});
  return line.substr(0, line.find(",result,17,"));
}

TEST_CASE("a CSV record has a cell for each key, empty where it is null", "[report][csv_line]") {
  CHECK(csv_header({}) == keys);
  CHECK(csv_line(accepted_result(), {}) ==
        "result,17,Jane@Example.com,Jane@example.com,example.com,valid,accepted,true,high,false,"
        "false,250,2.1.5,OK,,mx1.example.com,192.0.2.1,,rcpt,1,,,false,false,false,212,"
        "2026-01-18T09:30:00Z");
}

TEST_CASE("the columns that were kept come first, the file behind the line", "[report][csv_line]") {
  const CsvLayout layout = {.kept = {"name", "a,b"}, .file = true};
  Result result = accepted_result();
  result.input.file = "leads.csv";
  result.input.row = make_row({"name", "a,b"}, {{"Jane"}, {"17", true}});

  CHECK(csv_header(layout).starts_with("name,\"a,b\",type,line,file,input,"));
  CHECK(csv_line(result, layout).starts_with("Jane,17,result,17,leads.csv,Jane@Example.com,"));

  result.input.row = Row{};
  CHECK(csv_line(result, layout).starts_with(",,result,17,leads.csv,"));
  result.input.row.reset();
  result.input.file.reset();
  CHECK(csv_line(result, layout).starts_with(",,result,17,,Jane@Example.com,"));
}

TEST_CASE("a cell is quoted where it would be misread", "[report][csv_line]") {
  CHECK(message_cell("plain words") == "plain words");
  CHECK(message_cell("no, thanks") == "\"no, thanks\"");
  CHECK(message_cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(message_cell("two\r\nlines") == "two lines");
  CHECK(message_cell("") == "");
}

TEST_CASE("a text from elsewhere is no formula", "[report][csv_line]") {
  CHECK(message_cell("=HYPERLINK(\"http://example.org\")") ==
        "\"'=HYPERLINK(\"\"http://example.org\"\")\"");
  CHECK(message_cell("+1") == "'+1");
  CHECK(message_cell("-1") == "'-1");
  CHECK(message_cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(message_cell("\t=1+1") == "' =1+1");
  CHECK(message_cell("a=b") == "a=b");
  Result result = accepted_result();
  result.input.text = result.email = "=1+1@example.com";
  CHECK(csv_line(result, {}).find(",'=1+1@example.com,'=1+1@example.com,") != std::string::npos);
}

TEST_CASE("a value of one's own is carried as it is, but for formulas", "[report][csv_line]") {
  CHECK(kept_cell({"+49 (30) 1234-56"}) == "+49 (30) 1234-56");
  CHECK(kept_cell({"-5.5"}) == "-5.5");
  CHECK(kept_cell({"=1+1"}) == "'=1+1");
  CHECK(kept_cell({"-1+cmd|' /C calc'!A0"}) == "'-1+cmd|' /C calc'!A0");
  CHECK(kept_cell({"two\nlines"}) == "two lines");
  CHECK(kept_cell({"null", true}) == "");
  CHECK(kept_cell({"{\"a\":[1,2]}", true}) == "\"{\"\"a\"\":[1,2]}\"");
}

TEST_CASE("random octets make one line with as many cells as the header", "[report][csv_line]") {
  std::mt19937 random(41'800);
  const CsvLayout layout = {.kept = {"x"}, .file = true};
  const auto cells = [](const std::string& line) {
    std::size_t commas = 0;
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted) ++commas;
    }
    return commas;
  };
  for (int round = 0; round < 300; ++round) {
    std::string text(random() % 400, '\0');
    for (char& c : text) c = static_cast<char>(random() % 256);
    Result result = accepted_result();
    result.input.text = text;
    result.input.file = result.message = result.error = result.provider = text;
    result.input.row = make_row({"x"}, {{text}});

    const std::string line = csv_line(result, layout);

    CAPTURE(round, line);
    REQUIRE(cells(line) == cells(csv_header(layout)));
    REQUIRE(line.find_first_of("\r\n") == std::string::npos);
    REQUIRE(safe_text(line, std::string::npos) == line);
  }
}

}  // namespace
}  // namespace leadverify
