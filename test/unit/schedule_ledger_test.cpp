#include "schedule/ledger.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using Next = Ledger::Admission::Next;

const TimePoint start{};

Mailbox mailbox(std::string_view text) {
  return *parse_mailbox(text);
}

void accept(Result& result) {
  result.status = Status::valid;
  result.reason = Reason::accepted;
  result.message = "Ok";
}

TEST_CASE("an entry becomes the record of its input", "[schedule][ledger]") {
  Ledger ledger(1);
  const auto admission =
      ledger.admit({.text = "Ada@EXAMPLE.org", .line = 7}, mailbox("Ada@EXAMPLE.org"), start);
  CHECK(admission.next == Next::find_out);
  CHECK(ledger.size() == 1);

  const auto results = ledger.settle(admission.id, start + std::chrono::milliseconds{250}, accept);

  REQUIRE(results.size() == 1);
  CHECK(results[0].input.text == "Ada@EXAMPLE.org");
  CHECK(results[0].input.line == 7);
  CHECK(results[0].email == "Ada@example.org");
  CHECK(results[0].domain == "example.org");
  CHECK(results[0].message == "Ok");
  CHECK(results[0].elapsed == std::chrono::milliseconds{250});
  CHECK(results[0].duplicate_of == std::nullopt);
  CHECK(ledger.size() == 0);
}

TEST_CASE("an input that is no mailbox has no domain", "[schedule][ledger]") {
  Ledger ledger(1);
  const Ledger::Id id = ledger.admit({.text = "nonsense", .line = 1}, start);

  const auto results =
      ledger.settle(id, start, [](Result& result) { result.reason = Reason::syntax; });

  REQUIRE(results.size() == 1);
  CHECK(results[0].email == "nonsense");
  CHECK(results[0].domain == std::nullopt);
}

TEST_CASE("who repeats an address that is under way is settled with it", "[schedule][ledger]") {
  Ledger ledger(1);
  const auto first = ledger.admit({.text = "a@b.org", .line = 1}, mailbox("a@b.org"), start);
  const auto second = ledger.admit({.text = "a@B.ORG", .line = 2}, mailbox("a@B.ORG"), start);
  const auto other = ledger.admit({.text = "A@b.org", .line = 3}, mailbox("A@b.org"), start);
  CHECK(second.next == Next::wait);
  CHECK(other.next == Next::find_out);

  const auto results = ledger.settle(first.id, start, accept);

  REQUIRE(results.size() == 2);
  CHECK(results[1].input.line == 2);
  CHECK(results[1].duplicate_of == 1);
  CHECK(results[1].reason == Reason::accepted);
  CHECK(results[1].message == std::nullopt);
  CHECK(ledger.size() == 1);
}

TEST_CASE("who repeats an address that is settled gets its verdict", "[schedule][ledger]") {
  Ledger ledger(1);
  const auto first = ledger.admit({.text = "a@b.org", .line = 4}, mailbox("a@b.org"), start);
  ledger.settle(first.id, start, accept);

  const auto again = ledger.admit({.text = "a@b.org", .line = 9}, mailbox("a@b.org"), start);

  CHECK(again.next == Next::repeat_verdict);
  CHECK(again.verdict.reason == Reason::accepted);
  const auto results =
      ledger.settle(again.id, start, [&](Result& result) { apply(again.verdict, result); });
  REQUIRE(results.size() == 1);
  CHECK(results[0].duplicate_of == 4);
}

TEST_CASE("nobody is settled twice, in whatever order a run is cut off", "[schedule][ledger]") {
  Ledger ledger(1);
  const auto first = ledger.admit({.text = "a@b.org", .line = 1}, mailbox("a@b.org"), start);
  const auto second = ledger.admit({.text = "a@b.org", .line = 2}, mailbox("a@b.org"), start);

  CHECK(ledger.settle(second.id, start, accept).size() == 1);
  CHECK(ledger.settle(first.id, start, accept).size() == 1);

  CHECK(ledger.settle(first.id, start, accept).empty());
  CHECK_FALSE(ledger.any());
}

}  // namespace
}  // namespace leadverify
