#include "app/terminal/summary_table.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

Summary summary() {
  Summary summary;
  summary.total = 1000;
  summary.valid = 700;
  summary.invalid = 120;
  summary.catch_all = 90;
  summary.unknown = 90;
  summary.duplicates = 36;
  summary.skipped = 3;
  summary.connections = 190;
  summary.elapsed = std::chrono::seconds(734);
  summary.reasons = {{Reason::accepted, 700},
                     {Reason::catch_all, 90},
                     {Reason::user_unknown, 100},
                     {Reason::syntax, 20},
                     {Reason::greylist_timeout, 31},
                     {Reason::timeout, 2},
                     {Reason::policy, 40},
                     {Reason::dns_error, 16},
                     {Reason::rate_limited, 1}};
  return summary;
}

TEST_CASE("the table tells how many, what part, and why", "[app][table]") {
  CHECK(
      summary_table(summary(), {}) ==
      "\n"
      "valid        700   70.0%\n"
      "invalid      120   12.0%   user_unknown 100, syntax 20\n"
      "catch-all     90    9.0%\n"
      "unknown       90    9.0%   policy 40, greylist_timeout 31, dns_error 16, timeout 2, 1 more\n"
      "in all      1000           12m14s, 190 connections, 36 duplicates, 3 lines skipped\n");
}

TEST_CASE("a run of nothing has a table too", "[app][table]") {
  CHECK(summary_table({}, {}).find("valid       0    0.0%") != std::string::npos);
}

TEST_CASE("the names of the table are coloured where that can be shown", "[app][table]") {
  const std::string table = summary_table(summary(), {.colours = true});
  CHECK(table.find("\033[32mvalid     \033[0m   700") != std::string::npos);
}

}  // namespace
}  // namespace leadverify::app
