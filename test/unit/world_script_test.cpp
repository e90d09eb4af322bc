#include "world/script.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace leadverify::world {
namespace {

using namespace std::chrono_literals;

Script read(std::string_view text) {
  auto script = read_script(text);
  if (!script) FAIL(to_string(script.error()));
  return *std::move(script);
}

std::string fault_of(std::string_view text) {
  const auto script = read_script(text);
  return script ? "" : to_string(script.error());
}

TEST_CASE("a world's script describes domains and the servers they lead to", "[world][script]") {
  const Script script = read(R"(
    # A comment.
    domain Valid.test
      mx 10 MX1.valid.test.   # the first
      mx 20 mx2.valid.test
      ttl 5m
    server mx1.valid.test 127.1.0.1 ::1
      users ada grace alan*
      latency 200ms
      max-rcpt 10
      errors 10 20
  )");

  const Name& domain = script.names.at("valid.test");
  CHECK(domain.mx == std::vector<MxRecord>{{10, "mx1.valid.test"}, {20, "mx2.valid.test"}});
  CHECK(domain.ttl == 300s);
  CHECK(script.names.at("mx1.valid.test").addresses.size() == 2);
  REQUIRE(script.servers.size() == 1);
  const Server& server = script.servers[0];
  CHECK(server.household.users == std::vector<std::string>{"ada", "grace", "alan*"});
  CHECK(server.latency == 200ms);
  CHECK(server.most_recipients == 10U);
  CHECK(server.soft_errors == 10U);
  CHECK(server.hard_errors == 20U);
}

TEST_CASE("a series in a heading stands for that many blocks", "[world][script]") {
  const Script script = read(R"(
    domain d{1-300}.test
      mx 10 mx{}.test
    server mx{1-300}.test 127.2.0.0+{}
    domain many.test
      mx 5 x{1-60}.many.test
  )");

  CHECK(script.names.at("d300.test").mx == std::vector<MxRecord>{{10, "mx300.test"}});
  CHECK(script.servers.size() == 300);
  CHECK(script.servers[299].addresses[0].to_string() == "127.2.1.44");
  CHECK(script.names.at("many.test").mx.size() == 60);
  CHECK(script.names.at("many.test").mx[59].exchange == "x60.many.test");
}

TEST_CASE("a template lends its lines to those who are like it", "[world][script]") {
  const Script script = read(R"(
    template default
      latency 1s
    template picky
      on mail sender=<> 550 5.7.1 No
    template picky-and-slow
      like picky
      slow rcpt 3s
    server a.test 127.1.0.1
      like picky-and-slow
    server b.test 127.1.0.2
      latency 2s
  )");

  CHECK(script.servers[0].latency == 1s);
  CHECK(script.servers[0].rules.size() == 1);
  CHECK(script.servers[0].slow.size() == 1);
  CHECK(script.servers[1].latency == 2s);
  CHECK(script.servers[1].rules.empty());
}

TEST_CASE("a rule says on what, under which conditions, and what is done", "[world][script]") {
  const Script script = read(R"(
    server a.test 127.1.0.1
      on rcpt x*@a.test from=127.0.0.? helo=*.test sender=<> nth=3 first=2 until=30s after 2s 450 4.2.0 Later | close
  )");

  REQUIRE(script.servers[0].household.rules.size() == 1);
  const Rule& rule = script.servers[0].household.rules[0];
  CHECK(rule.event == Event::rcpt);
  CHECK(rule.recipient == "x*@a.test");
  CHECK(rule.client == "127.0.0.?");
  CHECK(rule.helo == "*.test");
  CHECK(rule.sender.empty());
  CHECK(rule.nth == 3);
  CHECK(rule.first == 2);
  CHECK(rule.until == 30s);
  REQUIRE(rule.steps.size() == 2);
  CHECK(rule.steps[0].wait == 2s);
  CHECK(rule.steps[0].text == "450 4.2.0 Later");
  CHECK(rule.steps[1].kind == Step::Kind::close);
}

struct Mistake {
  const char* text;
  const char* fault;
};

TEST_CASE("a mistake in a world's script is told with its line", "[world][script]") {
  const auto mistake = GENERATE(values<Mistake>({
      {"mx 10 a.test", "line 1: 'mx' stands before any domain, host, server or template"},
      {"domain", "line 1: a domain needs a name"},
      {"domain a.test\n\nmxx 10 b.test", "line 3: there is no directive 'mxx'"},
      {"domain a.test\nmx ten b.test", "line 2: 'ten' is no MX preference"},
      {"domain a.test\nmx 65536 b.test", "line 2: '65536' is no MX preference"},
      {"domain a.test\nmx 10", "line 2: an MX record names an exchange, or '.' for none"},
      {"domain a.test\nlatency 1s", "line 2: 'latency' belongs to a server"},
      {"domain a.test\non mail 550 No",
       "line 2: a domain has rules for rcpt alone; the others are a server's"},
      {"domain a.test\ndns broken", "line 2: the DNS cannot be 'broken'"},
      {"domain a.test\ndns silent soa",
       "line 2: 'soa' is neither a, aaaa, mx, txt, ptr nor first=N"},
      {"server a.test", "line 1: an IP address is missing"},
      {"server a.test 127.1", "line 1: '127.1' is no IP address"},
      {"server a.test 127.0.0.1\nlatency 5", "line 2: '5' is no duration such as 200ms, 45s or 5m"},
      {"server a.test 127.0.0.1\non call 220 x", "line 2: there is no event 'call'"},
      {"server a.test 127.0.0.1\non rcpt x laugh",
       "line 2: 'laugh' is nothing that a server can do"},
      {"server a.test 127.0.0.1\non mail mood=bad 550 x", "line 2: there is no condition 'mood'"},
      {"server a.test 127.0.0.1\non mail refuse",
       "line 2: only 'on connect' can refuse or be a blackhole"},
      {"server a.test 127.0.0.1\non mail close now", "line 2: nothing may follow 'close'"},
      {"server a.test 127.0.0.1\nlike b", "line 2: there is no template 'b' above"},
      {"template a\nlike a", "line 2: there is no template 'a' above"},
      {"server a.test 127.0.0.1\nunknown none", "line 2: 'none' is no reply"},
      {"server a.test 127.0.0.1\nmax-rcpt many", "line 2: 'many' is no count"},
  }));
  CAPTURE(mistake.text);

  CHECK(fault_of(mistake.text) == mistake.fault);
}

TEST_CASE("a glob's * stands for any text and its ? for one octet", "[world][script]") {
  CHECK(fits("*", ""));
  CHECK(fits("ada", "ADA"));
  CHECK(fits("a*a", "ada lovelace, a"));
  CHECK(fits("*b*c", "abcbc"));
  CHECK(fits("?da", "ada"));
  CHECK_FALSE(fits("?", ""));
  CHECK_FALSE(fits("a*b", "abc"));
  CHECK_FALSE(fits("ada", "adam"));
}

}  // namespace
}  // namespace leadverify::world
