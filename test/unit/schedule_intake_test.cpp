#include "schedule/intake.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace leadverify {
namespace {

const TimePoint now{};

std::optional<Intake::Work> take_in(Intake& intake, const std::string& text, std::uint64_t line) {
  return intake.take_in({.text = text, .line = line}, parse_mailbox(text), now);
}

void accept(Result& result) {
  result.status = Status::valid;
  result.reason = Reason::accepted;
}

/// The lines of what goes in once `id` is settled.
std::vector<Ledger::Id> settle(Intake& intake, Ledger::Id id) {
  std::vector<Ledger::Id> next;
  for (const Intake::Work& work : intake.settle(id, now, accept).next) {
    next.push_back(work.admission.id);
  }
  return next;
}

TEST_CASE("a domain has its share of the window, and what is beyond goes in one for one",
          "[schedule][intake]") {
  Intake intake(1, {.window = 100, .share = 2});
  const auto first = take_in(intake, "a@huge.test", 1);
  const auto second = take_in(intake, "b@huge.test", 2);
  REQUIRE((first && second));
  CHECK_FALSE(take_in(intake, "c@huge.test", 3));
  CHECK_FALSE(take_in(intake, "d@huge.test", 4));
  const auto other = take_in(intake, "a@small.test", 5);
  REQUIRE(other);
  CHECK(intake.submitted() == 5);

  const Intake::Settled settled = intake.settle(first->admission.id, now, accept);
  REQUIRE(settled.next.size() == 1);
  CHECK(settled.next[0].mailbox->address() == "c@huge.test");
  const std::vector<Ledger::Id> last = settle(intake, settled.next[0].admission.id);
  REQUIRE(last.size() == 1);
  CHECK(settle(intake, last[0]).empty());
  CHECK(settle(intake, second->admission.id).empty());
  CHECK_FALSE(intake.empty());
  CHECK(settle(intake, other->admission.id).empty());
  CHECK(intake.empty());
  CHECK(intake.submitted() == 5);
}

TEST_CASE("what waits in the backlog comes out as it went in", "[schedule][intake]") {
  Intake intake(1, {.window = 100, .share = 1});
  const auto first = take_in(intake, "a@huge.test", 1);
  const Input input{.text = " <B@Huge.test>", .line = 1ULL << 40, .file = "leads.txt"};
  CHECK_FALSE(intake.take_in(input, parse_mailbox("B@huge.test"), now));

  const Intake::Settled freed = intake.settle(first->admission.id, now, accept);
  REQUIRE(freed.next.size() == 1);
  const auto results = intake.settle(freed.next[0].admission.id, now, accept).results;

  REQUIRE(results.size() == 1);
  CHECK(results[0].input.text == input.text);
  CHECK(results[0].input.line == input.line);
  CHECK(results[0].input.file == input.file);
}

TEST_CASE("a repetition behind its first in the backlog is still its repetition",
          "[schedule][intake]") {
  Intake intake(1, {.window = 100, .share = 1});
  const auto before = take_in(intake, "a@huge.test", 1);
  CHECK_FALSE(take_in(intake, "b@huge.test", 2));
  CHECK_FALSE(take_in(intake, "b@huge.test", 3));

  const std::vector<Ledger::Id> first = settle(intake, before->admission.id);
  REQUIRE(first.size() == 1);
  const Intake::Settled settled = intake.settle(first[0], now, accept);
  CHECK(settled.results[0].duplicate_of == std::nullopt);
  REQUIRE(settled.next.size() == 1);
  CHECK(settled.next[0].admission.next == Ledger::Admission::Next::repeat_verdict);
  const auto repeated = intake.settle(settled.next[0].admission.id, now, accept).results;
  CHECK(repeated[0].duplicate_of == 2U);
}

TEST_CASE("the house is full by its window or by its backlog", "[schedule][intake]") {
  Intake by_window(1, {.window = 8});
  for (std::uint64_t line = 1; line <= 8; ++line) {
    CHECK_FALSE(by_window.full());
    REQUIRE(take_in(by_window, "a" + std::to_string(line) + "@huge.test", line));
  }
  CHECK(by_window.full());
  settle(by_window, 1);
  CHECK_FALSE(by_window.full());
  CHECK(by_window.has_room());

  Intake by_backlog(1, {.window = 1000, .share = 1, .backlog = 100});
  std::uint64_t taken = 0;
  while (!by_backlog.full()) {
    ++taken;
    take_in(by_backlog, "a" + std::to_string(taken) + "@huge.test", taken);
  }
  CHECK(taken < 10);
  CHECK_FALSE(by_backlog.has_room());
}

TEST_CASE("after a stop the backlog is taken out by hand", "[schedule][intake]") {
  Intake intake(1, {.window = 100, .share = 1});
  const auto first = take_in(intake, "a@huge.test", 1);
  CHECK_FALSE(take_in(intake, "b@huge.test", 2));
  CHECK_FALSE(take_in(intake, "c@huge.test", 3));
  intake.stop();

  CHECK(settle(intake, first->admission.id).empty());
  CHECK(intake.empty());
  for (const char* expected : {"b@huge.test", "c@huge.test"}) {
    const auto work = intake.take_waiting(now);
    REQUIRE(work);
    CHECK(work->mailbox->address() == expected);
    settle(intake, work->admission.id);
  }
  CHECK_FALSE(intake.take_waiting(now));
  CHECK_FALSE(intake.any());
}

TEST_CASE("a long backlog is let go of as it is worked off", "[schedule][intake]") {
  Backlog backlog(1);
  REQUIRE(backlog.enter("huge.test"));
  const std::string text = "somebody.with.a.long.name@huge.test";
  for (std::uint64_t line = 1; line <= 10'000; ++line) {
    backlog.keep("huge.test", {.text = text, .line = line});
  }
  CHECK(backlog.octets() < 10'000 * (text.size() + 25));
  for (std::uint64_t line = 1; line <= 10'000; ++line) {
    const auto input = backlog.leave("huge.test");
    REQUIRE(input);
    REQUIRE(input->line == line);
    REQUIRE(input->text == text);
  }
  CHECK(backlog.size() == 0);
  CHECK(backlog.octets() == 0);
  CHECK_FALSE(backlog.leave("huge.test"));
  CHECK(backlog.enter("huge.test"));
}

}  // namespace
}  // namespace leadverify
