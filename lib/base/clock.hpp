// Time as an interface: the real clock, which a test replaces by one that jumps.
#pragma once

#include "base/asio.hpp"
#include "base/time.hpp"

#include <memory>

namespace leadverify {

/// Waits until a moment, or until it is rung. One strand's: the executor it was made for.
class Alarm {
 public:
  virtual ~Alarm() = default;

  /// Returns at `due` or once ring() was called, also if that was before this call (one ring
  /// ends one wait). One wait at a time.
  virtual asio::awaitable<void> wait_until(TimePoint due) = 0;
  virtual void ring() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;

  virtual TimePoint now() const = 0;
  /// `executor` is the strand on which the alarm is waited for and rung.
  virtual std::unique_ptr<Alarm> make_alarm(asio::any_io_executor executor) = 0;
};

/// The monotonic clock; its alarms are steady_timers.
class SteadyClock final : public Clock {
 public:
  TimePoint now() const override { return std::chrono::steady_clock::now(); }
  std::unique_ptr<Alarm> make_alarm(asio::any_io_executor executor) override;
};

}  // namespace leadverify
