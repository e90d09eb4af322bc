// Time that a test moves: a day of waiting passes in no time.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace leadverify {

/// One thread's.
class FakeClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  std::unique_ptr<Alarm> make_alarm(asio::any_io_executor executor) override;

  /// When the first of those who wait is due; absent: nobody waits for a moment that will come.
  std::optional<TimePoint> next_due() const;

  /// Moves to `moment`, and wakes those who are due.
  void jump_to(TimePoint moment);

 private:
  class FakeAlarm;

  TimePoint now_{};
  std::map<std::uint64_t, FakeAlarm*> waiting_;  // in the order in which they began to wait
  std::uint64_t last_wait_ = 0;
};

/// Runs `context` until nothing is left but waiting for moments that will not come: whenever only
/// waiting is left, the clock jumps to the next moment that somebody waits for. Returns the time
/// that passed. Stops at `limit`, so that a fault can't run for ever. Calls `at_rest`, if it is
/// given, before each jump.
Duration run_in_virtual_time(asio::io_context& context,
                             FakeClock& clock,
                             Duration limit = std::chrono::hours{24},
                             const std::function<void()>& at_rest = {});

}  // namespace leadverify
