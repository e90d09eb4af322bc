// A rate limit with a burst: tokens that come in at a steady rate and are taken for each event
// (pure, told the time).
#pragma once

#include <leadverify/options.hpp>

#include "base/time.hpp"

#include <cstddef>

namespace leadverify {

class TokenBucket {
 public:
  /// Full at first. `burst` is at least 1. A rate of count 0 never runs dry.
  TokenBucket(Rate rate, int burst);

  /// How many may be taken at `now`.
  std::size_t available(TimePoint now) const;

  /// REQUIRES: available(now) >= count.
  void take(std::size_t count, TimePoint now);

  /// For events that were announced, with a take at `taken`, and did not happen. What has come in
  /// again since is not given back: the bucket was full meanwhile.
  void give_back(std::size_t count, TimePoint taken);

  /// When `count` can be taken, if nobody else takes any; `now` if they can be at once. More than
  /// the burst counts as the burst.
  TimePoint when(std::size_t count, TimePoint now) const;

  bool full(TimePoint now) const;

 private:
  bool unlimited() const { return interval_ == Duration::zero(); }

  // A bucket with k tokens missing is one that is full k intervals from now: one moment says all.
  Duration interval_;  // in which one token comes in; zero: unlimited
  std::size_t burst_;
  TimePoint full_at_ = TimePoint::min();
  TimePoint was_full_ = TimePoint::min();  // the last take that found it full
};

}  // namespace leadverify
