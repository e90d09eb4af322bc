#include "dns/spf_check.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

/// A DNS in which names have texts, exchanges and addresses; all others have nothing.
struct Zone {
  std::map<std::string, std::vector<std::string>> texts = {};
  std::map<std::string, std::vector<std::string>> exchanges = {};
  std::map<std::string, std::vector<std::string>> addresses = {};
  std::string broken = {};  // fails
};

template <class Answer, class Fill>
Answer answer_from(const Zone& zone,
                   const std::map<std::string, std::vector<std::string>>& records,
                   const std::string& name,
                   Fill fill) {
  Answer answer;
  if (name == zone.broken) return failed_answer<Answer>("SERVFAIL");
  const auto found = records.find(name);
  answer.status = found == records.end() ? DnsStatus::nxdomain : DnsStatus::ok;
  if (found == records.end()) return answer;
  for (const std::string& record : found->second) fill(answer, record);
  return answer;
}

void look_up(const Zone& zone, const SpfQuestion& question, SpfAnswers& answers) {
  const std::string& name = question.name;
  switch (question.kind) {
    case SpfQuestion::Kind::texts:
      answers.texts[name] = answer_from<TextAnswer>(
          zone, zone.texts, name, [](auto& answer, const auto& r) { answer.texts.push_back(r); });
      return;
    case SpfQuestion::Kind::exchanges:
      answers.exchanges[name] =
          answer_from<MxAnswer>(zone, zone.exchanges, name, [](auto& answer, const auto& r) {
            answer.records.push_back({.preference = 10, .exchange = r});
          });
      return;
    case SpfQuestion::Kind::addresses:
      answers.addresses[name] =
          answer_from<AddressAnswer>(zone, zone.addresses, name, [](auto& answer, const auto& r) {
            answer.addresses.push_back(*IpAddress::parse(r));
          });
      return;
  }
}

struct Checked {
  SpfVerdict verdict;
  int questions = 0;
};

Checked check(const Zone& zone, const std::string& client = "192.0.2.7") {
  SpfAnswers answers;
  for (int questions = 0; questions < 100; ++questions) {
    const auto step = check_spf("example.org", *IpAddress::parse(client), answers);
    if (const auto* const verdict = std::get_if<SpfVerdict>(&step)) return {*verdict, questions};
    look_up(zone, std::get<SpfQuestion>(step), answers);
  }
  return {};
}

std::string result_of(const Zone& zone, const std::string& client = "192.0.2.7") {
  return std::string(to_string(check(zone, client).verdict.result));
}

Zone with_record(const std::string& record) {
  return {.texts = {{"example.org", {record}}}};
}

TEST_CASE("mechanisms without a lookup decide by the address", "[dns][spf]") {
  struct Example {
    std::string record;
    std::string client;
    std::string result;
  };
  const auto example = GENERATE(values<Example>({
      {"v=spf1 -all", "192.0.2.7", "fail"},
      {"v=spf1 ~all", "192.0.2.7", "softfail"},
      {"v=spf1 ?all", "192.0.2.7", "neutral"},
      {"v=spf1 +all", "192.0.2.7", "pass"},
      {"V=SPF1 ALL", "192.0.2.7", "pass"},
      {"v=spf1", "192.0.2.7", "neutral"},
      {"v=spf1 ", "192.0.2.7", "neutral"},
      {"v=spf1 ip4:192.0.2.7 -all", "192.0.2.7", "pass"},
      {"v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.7", "pass"},
      {"v=spf1 ip4:192.0.2.8/30 -all", "192.0.2.7", "fail"},
      {"v=spf1 -ip4:192.0.2.0/24 +all", "192.0.2.7", "fail"},
      {"v=spf1 ip6:2001:db8::/32 -all", "2001:db8::7", "pass"},
      {"v=spf1 ip6:2001:db8::/32 -all", "192.0.2.7", "fail"},
      {"v=spf1 ip4:192.0.2.7 -all", "2001:db8::7", "fail"},
      {"v=spf1  ip4:192.0.2.7   -all ", "192.0.2.7", "pass"},
      {"v=spf1 exp=why.example.org x-other=1 -all", "192.0.2.7", "fail"},
  }));
  CAPTURE(example.record);

  CHECK(result_of(with_record(example.record), example.client) == example.result);
}

TEST_CASE("a record that is wrong anywhere is a permanent error", "[dns][spf]") {
  const auto* const record = GENERATE("v=spf1 ip4:192.0.2.7 nonsense -all",
                                      "v=spf1 ip4:192.0.2.7 ip4:192.0.2.300",
                                      "v=spf1 ip4:192.0.2.7 ip4:2001:db8::1",
                                      "v=spf1 ip4:192.0.2.7 ip6:192.0.2.7",
                                      "v=spf1 ip4:192.0.2.7 ip4:192.0.2.0/33",
                                      "v=spf1 ip4:192.0.2.7 ip4",
                                      "v=spf1 ip4:192.0.2.7 include",
                                      "v=spf1 ip4:192.0.2.7 include:",
                                      "v=spf1 ip4:192.0.2.7 exists",
                                      "v=spf1 ip4:192.0.2.7 a:",
                                      "v=spf1 ip4:192.0.2.7 a/33",
                                      "v=spf1 ip4:192.0.2.7 a//129",
                                      "v=spf1 ip4:192.0.2.7 a/x",
                                      "v=spf1 ip4:192.0.2.7 all:x",
                                      "v=spf1 ip4:192.0.2.7 +",
                                      "v=spf1 ip4:192.0.2.7 redirect=",
                                      "v=spf1 ip4:192.0.2.7 redirect=a.test redirect=b.test");
  CAPTURE(record);

  CHECK(result_of(with_record(record)) == "permerror");
}

TEST_CASE("a domain has one SPF record, or none", "[dns][spf]") {
  CHECK(result_of({}) == "none");
  CHECK(result_of({.texts = {{"example.org", {"other text", "v=spf10 +all", "v=spf2.0 +all"}}}}) ==
        "none");
  CHECK(result_of({.texts = {{"example.org", {"other text", "v=spf1 +all"}}}}) == "pass");
  CHECK(result_of({.texts = {{"example.org", {"v=spf1 +all", "v=spf1 -all"}}}}) == "permerror");
  CHECK(result_of({.broken = "example.org"}) == "temperror");
}

TEST_CASE("a and mx match by the addresses that the DNS has", "[dns][spf]") {
  struct Example {
    std::string record;
    std::string client;
    std::string result;
  };
  const auto example = GENERATE(values<Example>({
      {"v=spf1 a -all", "192.0.2.1", "pass"},
      {"v=spf1 a -all", "192.0.2.7", "fail"},
      {"v=spf1 a/24 -all", "192.0.2.7", "pass"},
      {"v=spf1 a:www.example.org -all", "192.0.2.80", "pass"},
      {"v=spf1 a:WWW.example.org. -all", "192.0.2.80", "pass"},
      {"v=spf1 a:www.example.org/28 -all", "192.0.2.90", "pass"},
      {"v=spf1 a:www.example.org/28//64 -all", "192.0.2.90", "pass"},
      {"v=spf1 mx -all", "192.0.2.26", "pass"},
      {"v=spf1 mx -all", "192.0.2.27", "fail"},
      {"v=spf1 mx/24 -all", "192.0.2.7", "pass"},
      {"v=spf1 mx:other.test -all", "198.51.100.1", "pass"},
  }));
  CAPTURE(example.record);
  Zone zone = with_record(example.record);
  zone.addresses = {{"example.org", {"192.0.2.1"}},
                    {"www.example.org", {"192.0.2.80"}},
                    {"mx1.example.org", {"192.0.2.25"}},
                    {"mx2.example.org", {"192.0.2.26"}},
                    {"mx.other.test", {"198.51.100.1"}}};
  zone.exchanges = {{"example.org", {"mx1.example.org", "mx2.example.org"}},
                    {"other.test", {"mx.other.test"}}};

  CHECK(result_of(zone, example.client) == example.result);
}

TEST_CASE("an IPv6 client is matched by its own prefix", "[dns][spf]") {
  Zone zone = with_record("v=spf1 a/8//64 -all");
  zone.addresses = {{"example.org", {"2001:db8:0:1::1"}}};

  CHECK(result_of(zone, "2001:db8:0:1::99") == "pass");
  CHECK(result_of(zone, "2001:db8:0:2::1") == "fail");
}

TEST_CASE("an included record matches only where it passes", "[dns][spf]") {
  struct Example {
    std::string included;
    std::string result;
  };
  const auto example = GENERATE(values<Example>({
      {"v=spf1 +all", "pass"},
      {"v=spf1 -all", "softfail"},
      {"v=spf1 ~all", "softfail"},
      {"v=spf1 ?all", "softfail"},
      {"v=spf1 nonsense", "permerror"},
      {"no record", "permerror"},
      {"v=spf1 ptr ?all", "undecided"},
  }));
  CAPTURE(example.included);
  Zone zone = with_record("v=spf1 include:_spf.other.test ~all");
  zone.texts["_spf.other.test"] = {example.included};

  CHECK(result_of(zone) == example.result);
}

TEST_CASE("a redirect takes the other record's result, where nothing matched", "[dns][spf]") {
  Zone zone = with_record("v=spf1 ip4:192.0.2.8 redirect=_spf.other.test");
  zone.texts["_spf.other.test"] = {"v=spf1 ip4:192.0.2.7 -all"};

  CHECK(result_of(zone, "192.0.2.7") == "pass");
  CHECK(result_of(zone, "192.0.2.8") == "pass");
  CHECK(result_of(zone, "192.0.2.9") == "fail");
  CHECK(result_of(with_record("v=spf1 redirect=absent.test")) == "permerror");
  CHECK(result_of(with_record("v=spf1 -all redirect=absent.test")) == "fail");
}

TEST_CASE("what rests on exists, ptr or macros is undecided, unless it comes to the same",
          "[dns][spf]") {
  struct Example {
    std::string record;
    std::string result;
  };
  const auto example = GENERATE(values<Example>({
      {"v=spf1 exists:%{i}.spf.example.org -all", "undecided"},
      {"v=spf1 ptr -all", "undecided"},
      {"v=spf1 ptr:example.org ~all", "undecided"},
      {"v=spf1 a:%{d} -all", "undecided"},
      {"v=spf1 include:%{d2}.test -all", "undecided"},
      {"v=spf1 redirect=%{d2}.test", "undecided"},
      {"v=spf1 ptr ip4:192.0.2.7 -all", "pass"},
      {"v=spf1 -exists:%{i}.bad.example.org ip4:192.0.2.7 -all", "undecided"},
      {"v=spf1 ?ptr ?all", "neutral"},
      {"v=spf1 ip4:192.0.2.7 ptr -all", "pass"},
  }));
  CAPTURE(example.record);

  CHECK(result_of(with_record(example.record)) == example.result);
}

TEST_CASE("more addresses than are looked at leave it undecided", "[dns][spf]") {
  Zone zone = with_record("v=spf1 a -all");
  zone.addresses["example.org"] = {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"};

  CHECK(result_of(zone, "192.0.2.7") == "undecided");
  CHECK(result_of(zone, "192.0.2.5") == "pass");
}

TEST_CASE("an eleventh lookup is a permanent error", "[dns][spf]") {
  Zone zone;
  std::string record = "v=spf1";
  for (int i = 0; i < 10; ++i) {
    const std::string name = "d" + std::to_string(i) + ".test";
    record += " include:" + name;
    zone.texts[name] = {"v=spf1 -all"};
  }
  zone.texts["example.org"] = {record + " -all"};
  CHECK(result_of(zone) == "fail");

  zone.texts["example.org"] = {record + " a -all"};
  CHECK(result_of(zone) == "permerror");
}

TEST_CASE("a record that includes itself ends after ten lookups", "[dns][spf]") {
  const Checked include = check(with_record("v=spf1 include:example.org -all"));
  CHECK(include.verdict == SpfVerdict{SpfResult::permerror, "more than 10 lookups"});
  CHECK(include.questions == 1);

  CHECK(result_of(with_record("v=spf1 redirect=example.org")) == "permerror");
}

TEST_CASE("a third name that the DNS does not have is a permanent error", "[dns][spf]") {
  CHECK(result_of(with_record("v=spf1 a:x.test a:y.test -all")) == "fail");
  CHECK(result_of(with_record("v=spf1 a:x.test a:y.test mx:z.test -all")) == "permerror");
}

TEST_CASE("more than ten exchanges are a permanent error", "[dns][spf]") {
  Zone zone = with_record("v=spf1 mx -all");
  for (int i = 0; i < 11; ++i) {
    zone.exchanges["example.org"].push_back("mx" + std::to_string(i) + ".test");
  }

  CHECK(result_of(zone) == "permerror");
}

TEST_CASE("where the DNS fails nothing is decided for good", "[dns][spf]") {
  Zone zone = with_record("v=spf1 include:_spf.other.test -all");
  zone.broken = "_spf.other.test";
  CHECK(result_of(zone) == "temperror");

  Zone address = with_record("v=spf1 a -all");
  address.broken = "www.example.org";
  address.texts["example.org"] = {"v=spf1 a:www.example.org -all"};
  CHECK(check(address).verdict == SpfVerdict{SpfResult::temperror, "www.example.org: SERVFAIL"});
}

TEST_CASE("a check says what decided it", "[dns][spf]") {
  CHECK(check(with_record("v=spf1 ip4:192.0.2.0/24 -all")).verdict.because == "ip4:192.0.2.0/24");
  CHECK(check(with_record("v=spf1 -all")).verdict.because == "-all");
  CHECK(check(with_record("v=spf1 ptr -all")).verdict.because == "ptr");
  CHECK(check(with_record("v=spf1 foo")).verdict.because ==
        "'foo' in the SPF record of example.org");
  CHECK(check(with_record("v=spf1")).verdict.because.empty());
}

}  // namespace
}  // namespace leadverify
