#include "app/terminal/status_line.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

RunStatus half_way() {
  RunStatus status;
  status.progress.submitted = 800;
  status.progress.summary.total = 500;
  status.progress.summary.valid = 300;
  status.progress.summary.invalid = 120;
  status.progress.summary.catch_all = 50;
  status.progress.summary.unknown = 30;
  status.octets_read = 8000;
  status.octets_in_all = 10'000;
  status.elapsed = 50s;
  status.each_second = 10;
  return status;
}

TEST_CASE("the total is guessed from what was read until everything was", "[app][status]") {
  RunStatus status = half_way();
  CHECK(status.total() == 1000);

  status.all_read = true;
  CHECK(status.total() == 800);

  status.all_read = false;
  status.octets_in_all.reset();
  CHECK_FALSE(status.total().has_value());
}

TEST_CASE("a status line tells how many are done, how fast, and how long it takes",
          "[app][status]") {
  RunStatus status = half_way();
  CHECK(status_line(status, {}) ==
        "500/~1000 (50%)  10/s  50s, 50s left  valid 300  invalid 120  catch-all 50  unknown 30");

  status.all_read = true;
  status.progress.waiting_to_retry = 7;
  CHECK(status_line(status, {}) ==
        "500/800 (62%)  10/s  50s, 30s left  valid 300  invalid 120  catch-all 50  unknown 30  "
        "waiting to retry 7");
}

TEST_CASE("of a stream without an end no share is told", "[app][status]") {
  RunStatus status = half_way();
  status.octets_in_all.reset();

  CHECK(status_line(status, {}).starts_with("500  10/s  50s  valid 300"));
}

TEST_CASE("a run of nothing is told too", "[app][status]") {
  RunStatus status;
  status.all_read = true;

  CHECK(status_line(status, {}) ==
        "0/0 (100%)  0.0/s  0s  valid 0  invalid 0  catch-all 0  unknown 0");
}

TEST_CASE("a bar fits in whatever columns there are", "[app][status]") {
  const RunStatus status = half_way();
  for (std::size_t columns = 0; columns < 200; ++columns) {
    CAPTURE(columns);
    CHECK(bar_line(status, columns, {}).size() <= columns);
  }
  CHECK(bar_line(status, 119, {}).starts_with("[==============              ] 500/~1000"));
}

TEST_CASE("a bar of other characters and colours takes the same columns", "[app][status]") {
  const RunStatus status = half_way();
  const Look plain{};
  const Look rich{.colours = true, .utf8 = true};
  for (std::size_t columns = 0; columns < 200; ++columns) {
    CAPTURE(columns);
    std::size_t shown = 0;
    bool escape = false;
    for (const char octet : bar_line(status, columns, rich)) {
      const bool begins_character = (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U;
      if (octet == '\033') escape = true;
      if (!escape && begins_character) ++shown;
      if (octet == 'm') escape = false;
    }
    CHECK(shown == bar_line(status, columns, plain).size());
  }
  CHECK(bar_line(status, 119, rich).find("\033[32mvalid 300\033[0m") != std::string::npos);
}

TEST_CASE("a run that rates or greylists hold up is not told to end sooner", "[app][status]") {
  RunStatus status = half_way();
  status.progress.least_left = 20min;
  CHECK(status_line(status, {}).find("50s, at least 20m00s left  valid") != std::string::npos);

  status.progress.least_left = 40s;
  CHECK(status_line(status, {}).find("50s, 50s left  valid") != std::string::npos);

  status.octets_in_all.reset();
  CHECK(status_line(status, {}).find("50s, at least 40s left  valid") != std::string::npos);
}

TEST_CASE("records that are held back are counted", "[app][status]") {
  RunStatus status = half_way();
  status.held_back = 120;
  CHECK(status_line(status, {}).ends_with("unknown 30  held back 120"));
}

}  // namespace
}  // namespace leadverify::app
