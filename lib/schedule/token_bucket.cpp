#include "schedule/token_bucket.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace leadverify {
namespace {

/// Rounded up: a token that came in early would be one too many.
Duration interval_of(Rate rate) {
  const Duration whole = rate.per / rate.count;
  return whole * rate.count < rate.per ? whole + Duration(1) : whole;
}

}  // namespace

TokenBucket::TokenBucket(Rate rate, int burst)
    : interval_(rate.count == 0 ? Duration::zero() : interval_of(rate)),
      burst_(static_cast<std::size_t>(burst)) {}

std::size_t TokenBucket::available(TimePoint now) const {
  if (unlimited()) return std::numeric_limits<std::size_t>::max();
  if (full_at_ <= now) return burst_;
  // Rounded up: a token that is on its way is still missing.
  const auto missing =
      static_cast<std::size_t>((full_at_ - now + interval_ - Duration(1)) / interval_);
  return burst_ - std::min(missing, burst_);
}

void TokenBucket::take(std::size_t count, TimePoint now) {
  assert(available(now) >= count);
  if (unlimited()) return;
  if (full_at_ <= now) was_full_ = now;
  full_at_ = std::max(full_at_, now) + interval_ * static_cast<Duration::rep>(count);
}

void TokenBucket::give_back(std::size_t count, TimePoint taken) {
  if (unlimited() || was_full_ > taken) return;
  full_at_ -= interval_ * static_cast<Duration::rep>(count);
}

TimePoint TokenBucket::when(std::size_t count, TimePoint now) const {
  if (available(now) >= std::min(count, burst_)) return now;
  const auto spare = static_cast<Duration::rep>(burst_ - std::min(count, burst_));
  return full_at_ - interval_ * spare;
}

bool TokenBucket::full(TimePoint now) const {
  return unlimited() || full_at_ <= now;
}

}  // namespace leadverify
