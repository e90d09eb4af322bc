#include "schedule/retry_queue.hpp"

#include <utility>

namespace leadverify {

void RetryQueue::add(TimePoint due, Recipient recipient) {
  waiting_.emplace(due, std::move(recipient));
}

std::vector<Recipient> RetryQueue::take_due(TimePoint now) {
  std::vector<Recipient> due;
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    Recipient recipient = std::move(waiting_.extract(waiting_.begin()).mapped());
    if (may_follow(recipient)) {
      followers_.push_back(std::move(recipient));
      continue;
    }
    if (recipient.greylisted && recipient.id != 0 && !scout_) scout_ = recipient.id;
    due.push_back(std::move(recipient));
  }
  return due;
}

/// The random recipient never follows: others wait for its answer.
bool RetryQueue::may_follow(const Recipient& recipient) const {
  return scout_ && recipient.greylisted && recipient.id != 0 && recipient.retries < most_retries_;
}

std::vector<Recipient> RetryQueue::let_follow(const Recipient& recipient) {
  if (scout_ != recipient.id) return {};
  scout_.reset();
  return std::exchange(followers_, {});
}

void RetryQueue::hold_back(const Recipient& recipient, TimePoint due) {
  for (Recipient& follower : let_follow(recipient)) {
    ++follower.retries;
    waiting_.emplace(due, std::move(follower));
  }
}

std::vector<Recipient> RetryQueue::clear() {
  std::vector<Recipient> all = std::exchange(followers_, {});
  for (auto& [due, recipient] : std::exchange(waiting_, {})) all.push_back(recipient);
  scout_.reset();
  return all;
}

std::optional<TimePoint> RetryQueue::last_due() const {
  if (waiting_.empty()) return std::nullopt;
  return waiting_.rbegin()->first;
}

std::optional<TimePoint> RetryQueue::next_due() const {
  if (waiting_.empty()) return std::nullopt;
  return waiting_.begin()->first;
}

}  // namespace leadverify
