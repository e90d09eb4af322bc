#include "support/fake_clock.hpp"

#include <algorithm>
#include <vector>

namespace leadverify {

class FakeClock::FakeAlarm final : public Alarm {
 public:
  FakeAlarm(FakeClock& clock, asio::any_io_executor executor)
      : clock_(clock), timer_(std::move(executor)) {}
  ~FakeAlarm() override { clock_.waiting_.erase(wait_); }
  FakeAlarm(const FakeAlarm&) = delete;
  FakeAlarm& operator=(const FakeAlarm&) = delete;

  asio::awaitable<void> wait_until(TimePoint due) override {
    if (!rung_ && due > clock_.now()) {
      due_ = due;
      wait_ = ++clock_.last_wait_;
      clock_.waiting_.emplace(wait_, this);
      timer_.expires_at(TimePoint::max());
      error_code ignored;
      co_await timer_.async_wait(into(ignored));
      clock_.waiting_.erase(wait_);
    }
    rung_ = false;
  }

  void ring() override {
    rung_ = true;
    timer_.cancel();
  }

  TimePoint due() const { return due_; }
  void wake() { timer_.cancel(); }

 private:
  FakeClock& clock_;
  asio::steady_timer timer_;
  TimePoint due_{};
  std::uint64_t wait_ = 0;
  bool rung_ = false;
};

std::unique_ptr<Alarm> FakeClock::make_alarm(asio::any_io_executor executor) {
  return std::make_unique<FakeAlarm>(*this, std::move(executor));
}

std::optional<TimePoint> FakeClock::next_due() const {
  std::optional<TimePoint> next;
  for (const auto& [wait, alarm] : waiting_) {
    if (alarm->due() == TimePoint::max()) continue;
    next = next ? std::min(*next, alarm->due()) : alarm->due();
  }
  return next;
}

void FakeClock::jump_to(TimePoint moment) {
  now_ = std::max(now_, moment);
  for (const auto& [wait, alarm] : waiting_) {
    if (alarm->due() <= now_) alarm->wake();
  }
}

Duration run_in_virtual_time(asio::io_context& context,
                             FakeClock& clock,
                             Duration limit,
                             const std::function<void()>& at_rest) {
  const TimePoint begun = clock.now();
  while (true) {
    while (context.poll() > 0) continue;
    context.restart();
    const std::optional<TimePoint> due = clock.next_due();
    if (!due || *due - begun > limit) return clock.now() - begun;
    if (at_rest) at_rest();
    clock.jump_to(*due);
  }
}

}  // namespace leadverify
