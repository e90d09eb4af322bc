#include "schedule/retry_queue.hpp"

#include <utility>

namespace leadverify {

void RetryQueue::add(TimePoint due, Recipient recipient) {
  waiting_.emplace(due, std::move(recipient));
}

std::optional<Recipient> RetryQueue::take_due(TimePoint now) {
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    const auto first = waiting_.begin();
    const Recipient& recipient = first->second;
    if (may_follow(recipient)) {
      followers_.push_back(recipient);
      waiting_.erase(first);
      continue;
    }
    if (recipient.greylisted && recipient.id != 0 && !scout_) scout_ = recipient.id;
    return std::move(waiting_.extract(first).mapped());
  }
  return std::nullopt;
}

/// The random recipient never follows: others wait for its answer.
bool RetryQueue::may_follow(const Recipient& recipient) const {
  return scout_ && recipient.greylisted && recipient.id != 0 && recipient.retries < most_retries_;
}

std::list<Recipient> RetryQueue::let_follow(const Recipient& recipient) {
  if (scout_ != recipient.id) return {};
  scout_.reset();
  return std::exchange(followers_, {});
}

void RetryQueue::hold_back(const Recipient& recipient, TimePoint due) {
  if (scout_ != recipient.id) return;
  for (; !followers_.empty(); followers_.pop_front()) {
    Recipient follower = followers_.front();
    ++follower.retries;
    waiting_.emplace(due, std::move(follower));
  }
  scout_.reset();
}

std::vector<Recipient> RetryQueue::clear() {
  std::vector<Recipient> all(followers_.begin(), followers_.end());
  for (const auto& [due, recipient] : waiting_) all.push_back(recipient);
  followers_.clear();
  waiting_.clear();
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
