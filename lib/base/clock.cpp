#include "base/clock.hpp"

namespace leadverify {
namespace {

class SteadyAlarm final : public Alarm {
 public:
  explicit SteadyAlarm(asio::any_io_executor executor) : timer_(std::move(executor)) {}

  asio::awaitable<void> wait_until(TimePoint due) override {
    if (!rung_) {
      timer_.expires_at(due);
      error_code ignored;
      co_await timer_.async_wait(into(ignored));
    }
    rung_ = false;
  }

  void ring() override {
    rung_ = true;
    timer_.cancel();
  }

 private:
  asio::steady_timer timer_;
  bool rung_ = false;
};

}  // namespace

std::unique_ptr<Alarm> SteadyClock::make_alarm(asio::any_io_executor executor) {
  return std::make_unique<SteadyAlarm>(std::move(executor));
}

}  // namespace leadverify
