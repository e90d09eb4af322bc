// Answers of sessions that are not over: which was whose is known for sure at the end (pure).
//
// A server that answers once too often shifts all answers behind it by one question, and nothing
// shows it while the session goes on; its end does, where one answer is left over. Until then what
// was heard waits here, but not longer than the patience with its recipient.
#pragma once

#include "base/time.hpp"
#include "schedule/recipient.hpp"

#include <cstdint>
#include <list>
#include <optional>

namespace leadverify {

class UnprovenAnswers {
 public:
  /// One use of a session by a domain.
  using Use = std::uint64_t;

  struct Entry {
    Use use = 0;
    Answer answer;
    TimePoint heard{};
    TimePoint due{};  // it stands from then on, whatever becomes of the session
  };

  void add(Entry entry);

  /// Takes out those of `use`, in the order in which they were heard, but random recipients first:
  /// the others may wait for theirs.
  std::list<Entry> take(Use use);

  /// Takes out those that are due.
  std::list<Entry> take_due(TimePoint now);

  /// When the next one is due; absent: none is here.
  std::optional<TimePoint> next_due() const;

  bool empty() const { return entries_.empty(); }

 private:
  template <typename Condition>
  std::list<Entry> take_if(Condition condition);

  std::list<Entry> entries_;
};

}  // namespace leadverify
