#include "schedule/unproven_answers.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace leadverify {
namespace {

using std::chrono::seconds;

const TimePoint start{};

UnprovenAnswers::Entry entry(UnprovenAnswers::Use use, std::uint64_t id, seconds due) {
  UnprovenAnswers::Entry entry{.use = use, .answer = {}, .heard = start, .due = start + due};
  entry.answer.recipient.id = id;
  return entry;
}

std::string ids(const std::list<UnprovenAnswers::Entry>& entries) {
  std::string ids;
  for (const auto& each : entries) ids += std::to_string(each.answer.recipient.id);
  return ids;
}

TEST_CASE("the end of a session frees its answers alone, the random recipient's first",
          "[schedule][unproven]") {
  UnprovenAnswers answers;
  answers.add(entry(1, 3, seconds{60}));
  answers.add(entry(2, 4, seconds{60}));
  answers.add(entry(1, 5, seconds{60}));
  answers.add(entry(1, 0, seconds{60}));

  CHECK(ids(answers.take(1)) == "035");
  CHECK(ids(answers.take(1)).empty());
  CHECK_FALSE(answers.empty());
  CHECK(ids(answers.take(2)) == "4");
  CHECK(answers.empty());
}

TEST_CASE("an answer waits no longer than until it is due", "[schedule][unproven]") {
  UnprovenAnswers answers;
  CHECK_FALSE(answers.next_due());
  answers.add(entry(1, 3, seconds{60}));
  answers.add(entry(1, 4, seconds{20}));
  answers.add(entry(2, 5, seconds{40}));

  CHECK(answers.next_due() == start + seconds{20});
  CHECK(ids(answers.take_due(start + seconds{19})).empty());
  CHECK(ids(answers.take_due(start + seconds{40})) == "45");
  CHECK(answers.next_due() == start + seconds{60});
}

}  // namespace
}  // namespace leadverify
