// What experience with one mail server address says about going there again (pure, told the
// time).
//
// Trouble (421, "too many ...") means fewer sessions and growing waits between them, until
// sessions succeed again. A server that can't be reached, or that says that our address
// is blocked, is not asked again and again: after a few times, who wants to go there is
// told at once what the others heard.
#pragma once

#include "base/time.hpp"
#include "smtp/outcome.hpp"

#include <optional>

namespace leadverify {

class ExchangeHealth {
 public:
  /// `most_sessions`: how many sessions may be open there at the best of times.
  explicit ExchangeHealth(int most_sessions) : most_sessions_(most_sessions) {}

  /// A session brought answers, and nothing to complain about.
  void on_success();
  /// The server asked for less.
  void on_trouble(TimePoint now);
  /// No session came about.
  void on_unreachable(const SessionFailure& failure, TimePoint now);
  /// The server refuses our address.
  void on_blocked(const SessionFailure& failure);

  /// How many sessions may be open there now, 1 or more.
  int sessions_allowed() const { return most_sessions_ - withheld_; }
  /// When the next session may be opened; in the past: at once.
  TimePoint open_from() const { return open_from_; }
  /// What to tell those who want to go there, without going; absent: go.
  std::optional<SessionFailure> known_failure(TimePoint now) const;

 private:
  int most_sessions_;
  int withheld_ = 0;
  int troubles_ = 0;     // in a row
  int unreachable_ = 0;  // times in a row
  int blocked_ = 0;      // times in a row
  TimePoint open_from_ = TimePoint::min();
  TimePoint given_up_until_ = TimePoint::min();
  std::optional<SessionFailure> last_failure_;
};

}  // namespace leadverify
