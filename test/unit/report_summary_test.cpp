#include <leadverify/json_line.hpp>
#include <leadverify/version.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

Result settled(Reason reason) {
  Result result;
  result.status = status_of(reason);
  result.reason = reason;
  return result;
}

TEST_CASE("a summary counts each record once by status and by reason", "[report][summary]") {
  Summary summary;

  for (const Reason reason : {Reason::accepted,
                              Reason::accepted,
                              Reason::catch_all,
                              Reason::syntax,
                              Reason::user_unknown,
                              Reason::null_mx,
                              Reason::greylist_timeout}) {
    summary.count(settled(reason));
  }

  CHECK(summary.total == 7);
  CHECK(summary.valid == 2);
  CHECK(summary.catch_all == 1);
  CHECK(summary.invalid == 3);
  CHECK(summary.unknown == 1);
  CHECK(summary.valid + summary.invalid + summary.catch_all + summary.unknown == summary.total);
  CHECK(summary.reasons == std::map<Reason, std::uint64_t>{{Reason::accepted, 2},
                                                           {Reason::catch_all, 1},
                                                           {Reason::syntax, 1},
                                                           {Reason::user_unknown, 1},
                                                           {Reason::null_mx, 1},
                                                           {Reason::greylist_timeout, 1}});
}

TEST_CASE("greylisted records, duplicates and providers are counted", "[report][summary]") {
  Result greylisted = settled(Reason::accepted);
  greylisted.greylist = true;
  greylisted.provider = "google";
  Result duplicate = greylisted;
  duplicate.duplicate_of = 1;
  Summary summary;

  summary.count(greylisted);
  summary.count(duplicate);
  summary.count(settled(Reason::syntax));

  CHECK(summary.greylisted == 2);
  CHECK(summary.duplicates == 1);
  CHECK(summary.providers == std::map<std::string, std::uint64_t>{{"google", 2}});
}

TEST_CASE("a summary is one line with every key in its order", "[report][summary]") {
  Summary summary;
  summary.total = 1000;
  summary.valid = 700;
  summary.invalid = 120;
  summary.catch_all = 90;
  summary.unknown = 90;
  summary.greylisted = 31;
  summary.duplicates = 36;
  summary.skipped = 3;
  summary.reasons = {{Reason::user_unknown, 120}, {Reason::accepted, 700}};
  summary.providers = {{"microsoft", 12}, {"google", 410}};
  summary.connections = 190;
  summary.recipients_asked = 1210;
  summary.dns_queries = 640;
  summary.mx_cache_hits = 355;
  summary.elapsed = 734'184ms;

  CHECK(json_line(summary) ==
        R"({"type":"summary","complete":true,"total":1000,"valid":700,"invalid":120,)"
        R"("catch_all":90,"unknown":90,"greylisted":31,"duplicates":36,"skipped":3,)"
        R"("reasons":{"accepted":700,"user_unknown":120},)"
        R"("providers":{"google":410,"microsoft":12},"connections":190,)"
        R"("recipients_asked":1210,"dns_queries":640,"mx_cache_hits":355,)"
        R"("elapsed_s":734.2,"version":")" +
            std::string(version()) + "\"}");
}

TEST_CASE("an empty run has an empty summary, not a missing one", "[report][summary]") {
  Summary summary;
  summary.complete = false;

  const Json record = Json::parse(json_line(summary));

  CHECK(record["complete"] == false);
  CHECK(record["total"] == 0);
  CHECK(record["reasons"] == Json::object());
  CHECK(record["providers"] == Json::object());
  CHECK(record["elapsed_s"].dump() == "0.0");
}

TEST_CASE("elapsed seconds have one decimal", "[report][summary]") {
  struct Example {
    std::chrono::milliseconds elapsed;
    std::string written;
  };
  const auto example = GENERATE(values<Example>({
      {49ms, "0.0"},
      {50ms, "0.1"},
      {2s, "2.0"},
      {12'345ms, "12.3"},
      {1'000'000'100ms, "1000000.1"},
  }));
  Summary summary;
  summary.elapsed = example.elapsed;

  CHECK(Json::parse(json_line(summary))["elapsed_s"].dump() == example.written);
}

TEST_CASE("the version is three numbers", "[report][summary]") {
  int dots = 0;
  for (const char c : version()) {
    CHECK(((c >= '0' && c <= '9') || c == '.'));
    if (c == '.') ++dots;
  }
  CHECK(dots == 2);
}

TEST_CASE("the records of two summaries add up", "[report][summary]") {
  Result accepted;
  accepted.status = Status::valid;
  accepted.reason = Reason::accepted;
  accepted.greylist = true;
  accepted.provider = "google";
  Result repeated = accepted;
  repeated.duplicate_of = 1;
  Result refused;
  refused.status = Status::invalid;
  refused.reason = Reason::user_unknown;
  Summary one;
  Summary other;
  Summary both;
  for (const Result& result : {accepted, refused}) one.count(result);
  for (const Result& result : {repeated, Result{}}) other.count(result);
  for (const Result& result : {accepted, refused, repeated, Result{}}) both.count(result);
  other.connections = 5;

  one.add(other);

  CHECK(json_line(one) == json_line(both));
}

}  // namespace
}  // namespace leadverify
