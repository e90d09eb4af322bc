#include "schedule/seen_addresses.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <random>
#include <set>

namespace leadverify {
namespace {

/// What comes back of `verdict` once it was settled.
Verdict kept(const Verdict& verdict) {
  SeenAddresses seen(1);
  const auto key = seen.key("ada@example.org");
  seen.look_up_or_note(key, 1);
  seen.settle(key, verdict);
  return seen.look_up_or_note(key, 2)->verdict.value();
}

TEST_CASE("an address is new once", "[schedule][seen_addresses]") {
  SeenAddresses seen(1);
  const auto ada = seen.key("ada@example.org");
  const auto bob = seen.key("bob@example.org");

  CHECK_FALSE(seen.look_up_or_note(ada, 17));
  CHECK_FALSE(seen.look_up_or_note(bob, 18));
  REQUIRE(seen.look_up_or_note(ada, 19));
  CHECK(seen.look_up_or_note(ada, 20)->line == 17);
  CHECK(seen.look_up_or_note(bob, 21)->line == 18);
}

TEST_CASE("an address is pending until it is settled", "[schedule][seen_addresses]") {
  SeenAddresses seen(1);
  const auto key = seen.key("ada@example.org");
  seen.look_up_or_note(key, 1);
  CHECK_FALSE(seen.look_up_or_note(key, 2)->verdict);

  seen.settle(key, Verdict{});

  // Even where the verdict is nothing but zeros and absences.
  CHECK(seen.look_up_or_note(key, 3)->verdict == Verdict{});
  CHECK(kept({.status = Status::valid, .reason = Reason::accepted}) ==
        Verdict{.status = Status::valid, .reason = Reason::accepted});
}

TEST_CASE("a verdict can be settled anew", "[schedule][seen_addresses]") {
  SeenAddresses seen(1);
  const auto key = seen.key("ada@example.org");
  seen.look_up_or_note(key, 1);
  seen.settle(key, {.status = Status::unknown, .reason = Reason::timeout});
  seen.settle(key, {.status = Status::valid, .reason = Reason::accepted, .code = 250});

  CHECK(seen.look_up_or_note(key, 2)->verdict->code == 250);
  CHECK(seen.look_up_or_note(key, 2)->verdict->reason == Reason::accepted);
}

TEST_CASE("every field of a verdict comes back as it was", "[schedule][seen_addresses]") {
  for (int i = 0; i <= static_cast<int>(Reason::internal_error); ++i) {
    const auto reason = static_cast<Reason>(i);
    REQUIRE(kept({.reason = reason}).reason == reason);
  }
  for (const Status status : {Status::valid, Status::catch_all, Status::invalid, Status::unknown}) {
    CHECK(kept({.status = status}).status == status);
  }
  for (const Confidence confidence : {Confidence::high, Confidence::medium, Confidence::low}) {
    CHECK(kept({.confidence = confidence}).confidence == confidence);
  }
  for (int i = 0; i <= static_cast<int>(Stage::rcpt); ++i) {
    CHECK(kept({.stage = static_cast<Stage>(i)}).stage == static_cast<Stage>(i));
  }
  for (int code = 200; code < 600; ++code) REQUIRE(kept({.code = code}).code == code);
  for (const bool flag : {true, false}) {
    CHECK(kept({.catch_all = flag}).catch_all == flag);
    CHECK(kept({.greylist = flag}).greylist == flag);
  }
  for (const EnhancedStatus enhanced : {EnhancedStatus{2, 0, 0},
                                        EnhancedStatus{4, 999, 0},
                                        EnhancedStatus{5, 0, 999},
                                        EnhancedStatus{5, 999, 999}}) {
    CHECK(kept({.enhanced = enhanced}).enhanced == enhanced);
  }
}

TEST_CASE("no field of a verdict runs into another", "[schedule][seen_addresses]") {
  std::mt19937 random(20);
  const auto draw = [&](auto below) { return static_cast<int>(random() % below); };
  for (int round = 0; round < 5000; ++round) {
    Verdict verdict;
    verdict.status = static_cast<Status>(draw(4U));
    verdict.reason = static_cast<Reason>(draw(static_cast<unsigned>(Reason::internal_error) + 1));
    if (draw(2U) == 0) verdict.confidence = static_cast<Confidence>(draw(3U));
    if (draw(2U) == 0) verdict.catch_all = draw(2U) == 0;
    verdict.greylist = draw(2U) == 0;
    if (draw(2U) == 0) verdict.code = 200 + draw(400U);
    if (draw(2U) == 0) {
      verdict.enhanced = EnhancedStatus{static_cast<std::uint8_t>(draw(2U) == 0 ? 4 : 5),
                                        static_cast<std::uint16_t>(draw(1000U)),
                                        static_cast<std::uint16_t>(draw(1000U))};
    }
    if (draw(2U) == 0) verdict.stage = static_cast<Stage>(draw(8U));

    REQUIRE(kept(verdict) == verdict);
  }
}

TEST_CASE("a verdict is the part of a result that repetitions share",
          "[schedule][seen_addresses]") {
  Result first;
  first.status = Status::invalid;
  first.reason = Reason::user_unknown;
  first.confidence = Confidence::high;
  first.catch_all = false;
  first.greylist = true;
  first.code = 550;
  first.enhanced = EnhancedStatus{5, 1, 1};
  first.stage = Stage::rcpt;
  first.attempts = 2;

  Result second;
  apply(verdict_of(first), second);

  CHECK(verdict_of(second) == verdict_of(first));
  CHECK(second.code == 550);
  CHECK(second.attempts == 0);
}

TEST_CASE("a hundred thousand addresses keep their lines and verdicts",
          "[schedule][seen_addresses]") {
  SeenAddresses seen(20);
  const auto key = [&](int i) { return seen.key("u" + std::to_string(i) + "@example.org"); };
  constexpr int count = 100'000;
  int known = 0;
  int wrong = 0;
  for (int i = 0; i < count; ++i) {
    if (seen.look_up_or_note(key(i), static_cast<std::uint64_t>(i) + 1)) ++known;
    if (i % 3 == 0) seen.settle(key(i), {.code = 200 + i % 400});
  }
  CHECK(known == 0);

  for (int i = 0; i < count; ++i) {
    const auto found = seen.look_up_or_note(key(i), 0);
    const bool right = found && found->line == static_cast<std::uint64_t>(i) + 1 &&
                       found->verdict.has_value() == (i % 3 == 0) &&
                       (!found->verdict || found->verdict->code == 200 + i % 400);
    if (!right) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a verdict that occurs again is the same entry of the book",
          "[schedule][seen_addresses]") {
  VerdictBook book;
  const Verdict accepted = {.status = Status::valid, .reason = Reason::accepted, .code = 250};
  const Verdict refused = {.status = Status::invalid, .reason = Reason::user_unknown, .code = 550};

  const VerdictBook::Place first = book.note(accepted);
  const VerdictBook::Place second = book.note(refused);

  CHECK(first != 0);
  CHECK(first != second);
  CHECK(book.note(accepted) == first);
  CHECK(book.at(first) == accepted);
  CHECK(book.at(second) == refused);
}

TEST_CASE("keys that fall on one place are kept apart", "[schedule][seen_addresses]") {
  SeenAddresses seen(1);
  // All on one shelf, and at first all at one place of it.
  const auto key = [](std::uint64_t i) { return (i * 16 * 20 * 25) << 8 | 7; };
  for (std::uint64_t i = 1; i <= 500; ++i) REQUIRE_FALSE(seen.look_up_or_note(key(i), i));
  for (std::uint64_t i = 1; i <= 500; ++i) REQUIRE(seen.look_up_or_note(key(i), 0)->line == i);
}

TEST_CASE("another run's secret gives other keys", "[schedule][seen_addresses]") {
  const SeenAddresses one(1);
  const SeenAddresses other(2);

  CHECK(one.key("ada@example.org") == one.key("ada@example.org"));
  CHECK(one.key("ada@example.org") != other.key("ada@example.org"));
  CHECK(one.key("ada@example.org") != one.key("Ada@example.org"));
  CHECK(one.key("") != 0);
}

TEST_CASE("a line beyond four thousand million is the last that can be said",
          "[schedule][seen_addresses]") {
  SeenAddresses seen(1);
  const auto key = seen.key("ada@example.org");
  seen.look_up_or_note(key, 5'000'000'000);

  CHECK(seen.look_up_or_note(key, 1)->line == std::numeric_limits<std::uint32_t>::max());
}

}  // namespace
}  // namespace leadverify
