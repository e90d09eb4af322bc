#include "dns/answer_cache.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::chrono_literals;
using MxCache = AnswerCache<MxAnswer>;

const TimePoint start{};

MxAnswer answer(DnsStatus status, std::chrono::seconds ttl) {
  return {.status = status, .records = {}, .ttl = ttl, .error = {}};
}

TEST_CASE("an answer is kept for its TTL and not a moment longer", "[dns][answer_cache]") {
  const auto status = GENERATE(DnsStatus::ok, DnsStatus::no_data, DnsStatus::nxdomain);
  CAPTURE(status);
  MxCache cache({});

  cache.keep("example.org", answer(status, 60s), start);

  REQUIRE(cache.find("example.org", start) != nullptr);
  CHECK(cache.find("example.org", start)->status == status);
  CHECK(cache.find("example.org", start + 60s - 1ns) != nullptr);
  CHECK(cache.find("example.org", start + 60s) == nullptr);
  CHECK(cache.find("example.net", start) == nullptr);
}

TEST_CASE("no answer is kept for longer than the cap", "[dns][answer_cache]") {
  MxCache cache({.ttl_cap = 10min});

  cache.keep("example.org", answer(DnsStatus::ok, 0x7FFF'FFFFs), start);

  CHECK(cache.find("example.org", start + 10min - 1s) != nullptr);
  CHECK(cache.find("example.org", start + 10min) == nullptr);
}

TEST_CASE("an answer with a TTL of 0 is not kept, and takes an older one's place",
          "[dns][answer_cache]") {
  MxCache cache({});

  cache.keep("example.org", answer(DnsStatus::ok, 60s), start);
  cache.keep("example.org", answer(DnsStatus::ok, 0s), start);

  CHECK(cache.find("example.org", start) == nullptr);
  CHECK(cache.size() == 0);
}

TEST_CASE("a failed lookup is kept for some seconds only", "[dns][answer_cache]") {
  MxCache cache({.failed_ttl = 5s});

  cache.keep("example.org", failed_answer<MxAnswer>("SERVFAIL"), start);

  REQUIRE(cache.find("example.org", start + 4s) != nullptr);
  CHECK(cache.find("example.org", start + 4s)->error == "SERVFAIL");
  CHECK(cache.find("example.org", start + 5s) == nullptr);
}

TEST_CASE("a newer answer takes the place of the older one", "[dns][answer_cache]") {
  MxCache cache({});

  cache.keep("example.org", answer(DnsStatus::nxdomain, 10s), start);
  cache.keep("example.org", answer(DnsStatus::ok, 60s), start + 5s);

  REQUIRE(cache.find("example.org", start + 30s) != nullptr);
  CHECK(cache.find("example.org", start + 30s)->status == DnsStatus::ok);
  CHECK(cache.size() == 1);
}

TEST_CASE("a full cache drops what would expire first", "[dns][answer_cache]") {
  MxCache cache({.max_entries = 2});

  cache.keep("long.example.org", answer(DnsStatus::ok, 300s), start);
  cache.keep("short.example.org", answer(DnsStatus::ok, 100s), start);
  cache.keep("middle.example.org", answer(DnsStatus::ok, 200s), start);

  CHECK(cache.size() == 2);
  CHECK(cache.find("short.example.org", start) == nullptr);
  CHECK(cache.find("long.example.org", start) != nullptr);
  CHECK(cache.find("middle.example.org", start) != nullptr);
}

}  // namespace
}  // namespace leadverify
