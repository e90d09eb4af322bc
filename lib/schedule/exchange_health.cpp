#include "schedule/exchange_health.hpp"

#include <algorithm>

namespace leadverify {
namespace {

constexpr Duration first_wait = std::chrono::seconds{1};
constexpr Duration longest_wait = std::chrono::minutes{1};
// One domain in bad luck is no proof; three in a row are enough.
constexpr int enough = 3;
constexpr Duration first_rest = std::chrono::seconds{30};
constexpr Duration longest_rest = std::chrono::minutes{10};

/// `first` doubled `times` times, `longest` at most.
Duration doubled(Duration first, int times, Duration longest) {
  Duration wait = first;
  for (; times > 0 && wait < longest; --times) wait *= 2;
  return std::min(wait, longest);
}

}  // namespace

void ExchangeHealth::on_success() {
  withheld_ = std::max(0, withheld_ - 1);
  troubles_ = 0;
  unreachable_ = 0;
  blocked_ = 0;
  open_from_ = TimePoint::min();
}

void ExchangeHealth::on_trouble(TimePoint now) {
  withheld_ = most_sessions_ - std::max(1, sessions_allowed() / 2);
  open_from_ = now + doubled(first_wait, troubles_++, longest_wait);
}

void ExchangeHealth::on_unreachable(const SessionFailure& failure, TimePoint now) {
  last_failure_ = failure;
  if (++unreachable_ < enough) return;
  given_up_until_ = now + doubled(first_rest, unreachable_ - enough, longest_rest);
}

void ExchangeHealth::on_blocked(const SessionFailure& failure) {
  last_failure_ = failure;
  ++blocked_;
}

std::optional<SessionFailure> ExchangeHealth::known_failure(TimePoint now) const {
  const bool given_up = blocked_ >= enough || (unreachable_ >= enough && now < given_up_until_);
  return given_up ? last_failure_ : std::nullopt;
}

}  // namespace leadverify
