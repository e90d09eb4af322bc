#include "dns/mail_route.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace leadverify {
namespace {

MxAnswer answer_with(std::vector<MxRecord> records) {
  return {.status = DnsStatus::ok,
          .records = std::move(records),
          .ttl = std::chrono::seconds{300},
          .error = {}};
}

MailRoute route(const MxAnswer& answer) {
  std::mt19937_64 random(7);
  return route_mail("example.org", answer, random);
}

struct Example {
  const char* what;
  std::vector<MxRecord> records;
  MailRoute::Kind kind;
  std::vector<std::string> exchanges;
};

TEST_CASE("MX records lead to exchanges, the lowest preference first", "[dns][mail_route]") {
  using Kind = MailRoute::Kind;
  const auto example = GENERATE(values<Example>({
      {"sorted",
       {{20, "b.example.net"}, {5, "a.example.net"}, {65535, "c.example.net"}},
       Kind::exchanges,
       {"a.example.net", "b.example.net", "c.example.net"}},
      {"duplicates keep their best preference",
       {{30, "a.example.net"}, {20, "b.example.net"}, {10, "a.example.net"}},
       Kind::exchanges,
       {"a.example.net", "b.example.net"}},
      {"the root alone takes no mail", {{0, ""}}, Kind::null_mx, {}},
      {"the root beside an exchange is ignored",
       {{0, ""}, {10, "a.example.net"}},
       Kind::exchanges,
       {"a.example.net"}},
      {"names that are no hosts are ignored",
       {{1, "127.99.0.1"}, {2, "localhost"}, {3, "x\\000y.example.net"}, {4, "a.example.net"}},
       Kind::exchanges,
       {"a.example.net"}},
      {"no name is a host", {{1, "127.99.0.1"}, {2, "mx"}}, Kind::no_exchange, {}},
      {"the root beside a name that is no host", {{0, ""}, {2, "mx"}}, Kind::no_exchange, {}},
      {"none at all", {}, Kind::implicit, {"example.org"}},
  }));
  CAPTURE(example.what);

  const MailRoute result = route(answer_with(example.records));

  CHECK(result.kind == example.kind);
  CHECK(result.exchanges == example.exchanges);
  CHECK(result.error.empty() == !example.exchanges.empty());
}

TEST_CASE("a domain without MX records is its own exchange", "[dns][mail_route]") {
  MxAnswer answer;
  answer.status = DnsStatus::no_data;

  CHECK(route(answer).kind == MailRoute::Kind::implicit);
  CHECK(route(answer).exchanges == std::vector<std::string>{"example.org"});

  std::mt19937_64 random(7);
  CHECK(route_mail("example.localhost", answer, random).kind == MailRoute::Kind::no_exchange);
}

TEST_CASE("a domain that does not exist is unknown, and a lookup that failed says nothing",
          "[dns][mail_route]") {
  MxAnswer unknown;
  unknown.status = DnsStatus::nxdomain;
  const auto failed = failed_answer<MxAnswer>("SERVFAIL");

  CHECK(route(unknown).kind == MailRoute::Kind::domain_unknown);
  CHECK_FALSE(route(unknown).error.empty());
  CHECK(route(failed).kind == MailRoute::Kind::unknown);
  CHECK(route(failed).error == "SERVFAIL");
}

TEST_CASE("a domain whose MX records name no host is told which names they are",
          "[dns][mail_route]") {
  const MailRoute result = route(answer_with(
      {{1, "127.0.0.1"}, {2, "mx"}, {3, "0x7f.1"}, {4, "a\\046b"}, {5, "mail"}, {6, "mx"}}));

  CHECK(result.error == "no MX record names a mail server: 127.0.0.1, mx, 0x7f.1 and 2 more");
}

TEST_CASE("ten exchanges are enough", "[dns][mail_route]") {
  std::vector<MxRecord> records;
  for (int i = 60; i > 0; --i) {
    records.push_back({static_cast<std::uint16_t>(i), "mx" + std::to_string(i) + ".example.org"});
  }

  const MailRoute result = route(answer_with(records));

  REQUIRE(result.exchanges.size() == 10);
  CHECK(result.has_more);
  CHECK(result.exchanges.front() == "mx1.example.org");
  CHECK(result.exchanges.back() == "mx10.example.org");
}

TEST_CASE("ten exchanges and names that are no hosts are not more than ten", "[dns][mail_route]") {
  std::vector<MxRecord> records = {{1, "127.0.0.1"}, {20, "mx1.example.org"}, {20, "localhost"}};
  for (int i = 1; i <= 10; ++i) records.push_back({10, "mx" + std::to_string(i) + ".example.org"});

  CHECK_FALSE(route(answer_with(records)).has_more);
}

TEST_CASE("exchanges of equal preference share the load", "[dns][mail_route]") {
  const MxAnswer answer = answer_with({{10, "a.example.net"},
                                       {10, "b.example.net"},
                                       {10, "c.example.net"},
                                       {20, "last.example.net"}});
  std::mt19937_64 random(7);

  std::set<std::string> firsts;
  for (int i = 0; i < 100; ++i) {
    const MailRoute result = route_mail("example.org", answer, random);
    firsts.insert(result.exchanges.front());
    CHECK(result.exchanges.back() == "last.example.net");
  }

  CHECK(firsts.size() == 3);
}

}  // namespace
}  // namespace leadverify
