#include <leadverify/json_line.hpp>
#include <leadverify/record_reading.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

Result refused() {
  Result result;
  result.input = {.text = "Jane@Example.com", .line = 17, .file = "list \"1\".txt"};
  result.email = "Jane@example.com";
  result.domain = "example.com";
  result.status = Status::invalid;
  result.reason = Reason::user_unknown;
  result.confidence = Confidence::high;
  result.catch_all = false;
  result.greylist = true;
  result.code = 550;
  result.enhanced = EnhancedStatus{5, 1, 1};
  result.message = "no such user: \xC3\xA4\n";
  result.error = "a sentence";
  result.mx = "mx1.example.com";
  result.mx_ip = "192.0.2.1";
  result.provider = "google";
  result.stage = Stage::rcpt;
  result.attempts = 2;
  result.duplicate_of = 3;
  result.did_you_mean = "example.org";
  result.role = true;
  result.disposable = false;
  result.free = false;
  result.elapsed = 212ms;
  result.checked_at = std::chrono::sys_days{std::chrono::February / 29 / 2028} + 23h + 59min + 58s;
  return result;
}

std::string replaced(std::string line, const std::string& what, const std::string& with) {
  return line.replace(line.find(what), what.size(), with);
}

TEST_CASE("a record read back is written as it was", "[report][record_reading]") {
  Result without_anything;
  without_anything.input = {.text = "", .line = 1, .file = std::nullopt};
  for (const Result& result : {refused(), without_anything}) {
    const std::string line = json_line(result);
    CAPTURE(line);

    const std::optional<Result> read = read_result(line);

    REQUIRE(read.has_value());
    CHECK(json_line(*read) == line);
  }
}

TEST_CASE("every word of the vocabulary is read back", "[report][record_reading]") {
  for (int number = 0; number <= static_cast<int>(Reason::internal_error); ++number) {
    Result result = refused();
    result.reason = static_cast<Reason>(number);
    result.status = status_of(result.reason);
    result.stage = static_cast<Stage>(number % 8);
    result.confidence = static_cast<Confidence>(number % 3);

    const std::optional<Result> read = read_result(json_line(result));

    REQUIRE(read.has_value());
    CHECK(read->status == result.status);
    CHECK(read->reason == result.reason);
    CHECK(read->stage == result.stage);
    CHECK(read->confidence == result.confidence);
  }
}

TEST_CASE("no beginning of a record is one", "[report][record_reading]") {
  const std::string line = json_line(refused());
  for (std::size_t length = 0; length < line.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(read_result(line.substr(0, length)).has_value());
  }
}

TEST_CASE("keys that are not known are passed over", "[report][record_reading]") {
  const std::string line = replaced(json_line(refused()),
                                    "\"status\"",
                                    R"("row":{"line":"x","type":[1,-2.5,{}]},"new":-7,"status")");

  const std::optional<Result> read = read_result(line);

  REQUIRE(read.has_value());
  CHECK(json_line(*read) == json_line(refused()));
}

TEST_CASE("what can't be a record's is none", "[report][record_reading]") {
  const std::string line = json_line(refused());
  const std::vector<std::string> foreign = {
      "",
      "{}",
      "17",
      "[" + line + "]",
      line + line,
      replaced(line, "\"result\"", "\"summary\""),
      replaced(line, "\"result\"", "[\"result\"]"),
      replaced(line, "\"line\":17", "\"line\":0"),
      replaced(line, "\"2028-", "\"9999-"),
      replaced(line, "\"line\":17", "\"line\":-1"),
      replaced(line, "\"line\":17", "\"line\":1.5"),
      replaced(line, "\"line\":17", "\"line\":{}"),
      replaced(line, "\"line\":17", "\"line\":99999999999999999999999"),
      replaced(line, "\"line\":17,", ""),
      replaced(line, "\"Jane@Example.com\"", "null"),
      replaced(line, "\"status\":\"invalid\"", "\"status\":\"perhaps\""),
      replaced(line, "\"user_unknown\"", "\"unheard_of\""),
      replaced(line, "\"reason\"", "\"raison\""),
      replaced(line, "\"greylist\":true", "\"greylist\":1"),
      replaced(line, "\"code\":550", "\"code\":1000"),
      replaced(line, "\"5.1.1\"", "\"5.1\""),
      replaced(line, "2028-02-29", "2027-02-29"),
      replaced(line, "23:59:58Z", "24:59:58Z"),
      replaced(line, "23:59:58Z", "23:59:58"),
  };
  for (const std::string& other : foreign) {
    CAPTURE(other);
    CHECK_FALSE(read_result(other).has_value());
  }
}

TEST_CASE("a summary is told from a record", "[report][record_reading]") {
  Summary summary;
  summary.count(refused());
  const std::string line = json_line(summary);

  CHECK(is_summary(line));
  CHECK_FALSE(read_result(line).has_value());
  CHECK_FALSE(is_summary(json_line(refused())));
  CHECK_FALSE(is_summary(line.substr(0, line.size() - 1)));
}

}  // namespace
}  // namespace leadverify
