// Recipients that were refused for now, until their time has come (pure, told the time).
//
// At a server that greylists, one recipient goes first, the scout; the others follow once
// the server has let it pass. A server that still greylists the scout would greylist them
// all, so they wait with it, and count that as a retry of their own.
#pragma once

#include "base/time.hpp"
#include "schedule/recipient.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <vector>

namespace leadverify {

class RetryQueue {
 public:
  /// On its last retry of `most_retries` a recipient goes whatever becomes of others.
  explicit RetryQueue(int most_retries) : most_retries_(most_retries) {}

  void add(TimePoint due, Recipient recipient);

  /// One whose time has come, and who need not wait for a scout; absent: nobody's has.
  std::optional<Recipient> take_due(TimePoint now);

  /// The recipient is answered, or done with: those that follow it if it was the scout.
  std::list<Recipient> let_follow(const Recipient& recipient);

  /// The recipient is greylisted again: those that would follow it are to wait until `due` too.
  void hold_back(const Recipient& recipient, TimePoint due);

  /// All that wait, in no order.
  std::vector<Recipient> clear();

  /// When take_due() may give out somebody; absent: not by itself.
  std::optional<TimePoint> next_due() const;

  /// When the last of those that wait for a moment is due; absent: nobody does.
  std::optional<TimePoint> last_due() const;

  std::size_t size() const { return waiting_.size() + followers_.size(); }

 private:
  bool may_follow(const Recipient& recipient) const;

  int most_retries_;
  std::multimap<TimePoint, Recipient> waiting_;
  std::optional<std::uint64_t> scout_;  // under way
  std::list<Recipient> followers_;      // due, and waiting for what becomes of the scout
};

}  // namespace leadverify
