#include <leadverify/json_line.hpp>

#include "base/utf8.hpp"
#include "support/results.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>
#include <random>
#include <string>
#include <vector>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

const std::vector<std::string> keys = {
    "type",     "line",       "input",        "email",        "domain",   "status",
    "reason",   "valid",      "confidence",   "catch_all",    "greylist", "code",
    "enhanced", "message",    "error",        "mx",           "mx_ip",    "provider",
    "stage",    "attempts",   "duplicate_of", "did_you_mean", "role",     "disposable",
    "free",     "elapsed_ms", "checked_at"};

std::vector<std::string> keys_of(const Json& record) {
  std::vector<std::string> found;
  for (const auto& [key, value] : record.items()) found.push_back(key);
  return found;
}

TEST_CASE("a record is one line with every key in its order", "[report][json_line]") {
  const std::string line = json_line(accepted_result());

  CHECK(line ==
        R"({"type":"result","line":17,"input":"Jane@Example.com","email":"Jane@example.com",)"
        R"("domain":"example.com","status":"valid","reason":"accepted","valid":true,)"
        R"("confidence":"high","catch_all":false,"greylist":false,"code":250,)"
        R"("enhanced":"2.1.5","message":"OK","error":null,"mx":"mx1.example.com",)"
        R"("mx_ip":"192.0.2.1","provider":null,"stage":"rcpt","attempts":1,)"
        R"("duplicate_of":null,"did_you_mean":null,"role":false,"disposable":false,)"
        R"("free":false,"elapsed_ms":212,"checked_at":"2026-01-18T09:30:00Z"})");
  CHECK(keys_of(Json::parse(line)) == keys);
}

TEST_CASE("what is not known is null, and its key is there", "[report][json_line]") {
  const Json record = Json::parse(json_line(Result{}));

  CHECK(keys_of(record) == keys);
  for (const char* key : {"domain",
                          "valid",
                          "confidence",
                          "catch_all",
                          "code",
                          "enhanced",
                          "message",
                          "error",
                          "mx",
                          "mx_ip",
                          "provider",
                          "stage",
                          "duplicate_of",
                          "did_you_mean",
                          "role",
                          "disposable",
                          "free"}) {
    CAPTURE(key);
    CHECK(record[key].is_null());
  }
  CHECK(record["checked_at"] == "1970-01-01T00:00:00Z");
}

TEST_CASE("the file stands after the line where there are several", "[report][json_line]") {
  Result result = accepted_result();
  result.input.file = "list \"a\".txt";
  std::vector<std::string> with_file = keys;
  with_file.insert(with_file.begin() + 2, "file");

  const Json record = Json::parse(json_line(result));

  CHECK(keys_of(record) == with_file);
  CHECK(record["file"] == "list \"a\".txt");
}

TEST_CASE("what the input brought along is the record's last key", "[report][json_line]") {
  Result result = accepted_result();
  result.input.row =
      make_row({"name", "id", "tags", "broken"},
               {{"Jane \"J\"\nDoe\t\x1b[0m"}, {"17", true}, {"[null,{}]", true}, {"{\"a", true}});

  const Json record = Json::parse(json_line(result));

  CHECK(keys_of(record).back() == "row");
  CHECK(record["row"].dump() ==
        R"({"name":"Jane \"J\"\nDoe\t�[0m","id":17,"tags":[null,{}],"broken":"{\"a"})");
}

TEST_CASE("an item that brought nothing along has a row of null", "[report][json_line]") {
  Result result = accepted_result();
  result.input.row = Row{};

  CHECK(Json::parse(json_line(result))["row"].is_null());
}

TEST_CASE("a value that was brought along is cut to 1 KiB", "[report][json_line]") {
  Result result = accepted_result();
  std::string text(1023, 'a');
  result.input.row = make_row({"x", "y"}, {{text + "é"}, {text + "\n" + text}});

  const Json row = Json::parse(json_line(result))["row"];

  CHECK(row["x"] == text);
  CHECK(row["y"] == text + "\n");
}

TEST_CASE("JSON that was brought along is safe to show, however deep its texts stand",
          "[report][json_line]") {
  Result result = accepted_result();
  result.input.row = make_row(
      {"tags", "deep"},
      {{R"(["\u202e\u009b2J",{"\u202ek":"\u2066","k":["a\tb\r\nc\u007f"]},17,null])", true},
       {std::string(99, '[') + R"("\u2028")" + std::string(99, ']'), true}});

  const std::string line = json_line(result);

  CHECK(safe_text(line, std::string::npos) == line);
  const Json row = Json::parse(line)["row"];
  CHECK(row["tags"].dump() == R"(["��2J",{"�k":"�","k":["a\tb\r\nc�"]},17,null])");
  CHECK(row["deep"].dump() == std::string(99, '[') + R"("�")" + std::string(99, ']'));
}

TEST_CASE("JSON that nests deeper than anything that is meant is carried along as text",
          "[report][json_line]") {
  Result result = accepted_result();
  const std::string json = std::string(200'000, '[') + std::string(200'000, ']');
  result.input.row = make_row({"deep"}, {{json, true}});

  CHECK(Json::parse(json_line(result))["row"]["deep"] == std::string(1024, '['));
}

TEST_CASE("JSON that grows beyond 1 KiB by being made safe is a text", "[report][json_line]") {
  Result result = accepted_result();
  const std::string json = "[\"" + std::string(1000, '\x7F') + "\"]";
  result.input.row = make_row({"x"}, {{json, true}});

  const Json value = Json::parse(json_line(result))["row"]["x"];

  REQUIRE(value.is_string());
  CHECK(value.get<std::string>().starts_with("[\"\uFFFD\uFFFD"));
  CHECK(value.get<std::string>().size() <= 1024);
}

TEST_CASE("valid is true, false or null as the status says", "[report][json_line]") {
  Result result = accepted_result();
  const auto valid_of = [&](Status status) {
    result.status = status;
    return Json::parse(json_line(result))["valid"];
  };

  CHECK(valid_of(Status::valid) == true);
  CHECK(valid_of(Status::invalid) == false);
  CHECK(valid_of(Status::catch_all).is_null());
  CHECK(valid_of(Status::unknown).is_null());
}

TEST_CASE("a record parses back to the texts that went in", "[report][json_line]") {
  Result result = accepted_result();
  result.input.text = R"("jürgen \"j\" 😀"@münchen.example)";
  result.email = R"("jürgen \"j\" 😀"@xn--mnchen-3ya.example)";
  result.message = R"(say {"json": [1, 2]} \n and </script>)";
  result.error = "it's \"wrong\" at column 3";
  result.provider = "google";
  result.did_you_mean = "example.net";
  result.duplicate_of = 18'446'744'073'709'551'615U;
  result.elapsed = 86'400'000ms;

  const Json record = Json::parse(json_line(result));

  CHECK(record["input"] == result.input.text);
  CHECK(record["email"] == result.email);
  CHECK(record["message"] == *result.message);
  CHECK(record["error"] == *result.error);
  CHECK(record["provider"] == "google");
  CHECK(record["did_you_mean"] == "example.net");
  CHECK(record["duplicate_of"] == 18'446'744'073'709'551'615U);
  CHECK(record["elapsed_ms"] == 86'400'000);
}

TEST_CASE("a record's time is in UTC, to the second", "[report][json_line]") {
  struct Example {
    std::chrono::system_clock::time_point time;
    std::string written;
  };
  using namespace std::chrono;
  const auto example = GENERATE(values<Example>({
      {sys_days{February / 29 / 2024} + 23h + 59min + 59s + 999ms, "2024-02-29T23:59:59Z"},
      {sys_days{January / 1 / 2000}, "2000-01-01T00:00:00Z"},
      {sys_days{December / 31 / 1969} + 23h, "1969-12-31T23:00:00Z"},
  }));
  Result result = accepted_result();
  result.checked_at = example.time;

  CHECK(Json::parse(json_line(result))["checked_at"] == example.written);
}

TEST_CASE("long texts are cut: input to 320 octets, message to 512", "[report][json_line]") {
  Result result = accepted_result();
  result.input.text = std::string(3'000'000, 'a');
  result.email = result.input.text;
  result.message = std::string(511, 'b') + "é";

  const Json record = Json::parse(json_line(result));

  CHECK(record["input"] == std::string(320, 'a'));
  CHECK(record["email"] == std::string(320, 'a'));
  CHECK(record["message"] == std::string(511, 'b'));
}

/// A result of which every text is `text`.
Result filled_with(const std::string& text) {
  Result result = accepted_result();
  result.input = {.text = text, .line = 18'446'744'073'709'551'615U, .file = text};
  result.email = text;
  result.domain = result.message = result.error = result.mx = result.mx_ip = text;
  result.provider = result.did_you_mean = text;
  result.duplicate_of = result.input.line;
  result.attempts = std::numeric_limits<int>::max();
  result.elapsed = std::chrono::milliseconds::max();
  result.checked_at = std::chrono::system_clock::time_point::max();
  return result;
}

void check_is_one_safe_line(const std::string& line) {
  REQUIRE(line.size() <= 8192);
  REQUIRE_FALSE(find_broken_utf8(line));
  REQUIRE(safe_text(line, std::string::npos) == line);
  REQUIRE_FALSE(Json::parse(line, nullptr, false).is_discarded());
}

TEST_CASE("a record is at most 8 KiB whatever comes in", "[report][json_line]") {
  const auto piece = GENERATE(values<std::string>({"a", "\"", "\\", "\x01", "\xFF", "é", "😀"}));
  CAPTURE(piece);
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += piece;

  check_is_one_safe_line(json_line(filled_with(text)));
}

TEST_CASE("random octets make one line of valid JSON and UTF-8", "[report][json_line]") {
  std::mt19937 random(20'260'118);
  std::uniform_int_distribution<int> octet(0, 255);
  std::uniform_int_distribution<std::size_t> length(0, 1'500);

  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    std::string text(length(random), '\0');
    for (char& c : text) c = static_cast<char>(octet(random));
    check_is_one_safe_line(json_line(filled_with(text)));
  }
}

TEST_CASE("a line of a trace has its time, its session and who said it", "[report][json_line]") {
  TraceLine line{.session = 7,
                 .mx = "mx.example.org",
                 .mx_ip = "192.0.2.1",
                 .kind = TraceLine::Kind::received,
                 .text = "250 2.1.5 \x1b[31mred\xFF"};
  line.at += std::chrono::milliseconds(1'768'728'600'125);

  CHECK(json_line(line) ==
        R"({"at":"2026-01-18T09:30:00.125Z","session":7,"mx":"mx.example.org",)"
        R"("mx_ip":"192.0.2.1","kind":"received","text":"250 2.1.5 �[31mred�"})");
  CHECK(json_line(TraceLine{.mx = {}, .mx_ip = {}, .text = "the trace ends here"}) ==
        R"({"at":"1970-01-01T00:00:00.000Z","session":null,"mx":null,"mx_ip":null,)"
        R"("kind":"note","text":"the trace ends here"})");
}

TEST_CASE("a line of a trace is safe and bounded whatever was said", "[report][json_line]") {
  std::mt19937 random(20'260'119);
  std::uniform_int_distribution<int> octet(0, 255);
  for (int round = 0; round < 100; ++round) {
    std::string text(700, '\0');
    for (char& c : text) c = static_cast<char>(octet(random));
    check_is_one_safe_line(
        json_line(TraceLine{.session = 1, .mx = text, .mx_ip = text, .text = text}));
  }
}

}  // namespace
}  // namespace leadverify
