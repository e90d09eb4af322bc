// How fast the run is just now: over the last minute, not since its beginning.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace leadverify::app {

class RateGauge {
 public:
  /// At `elapsed` of the run's time `done` addresses were settled. Neither may go back.
  void note(std::chrono::nanoseconds elapsed, std::uint64_t done) {
    if (!samples_.empty() && elapsed - samples_.back().elapsed < between) {
      last_ = {elapsed, done};
      return;
    }
    samples_.push_back({elapsed, done});
    last_ = samples_.back();
    while (samples_.size() > 2 && elapsed - samples_[1].elapsed >= span) samples_.pop_front();
  }

  /// Addresses each second; 0 before there is anything to tell from.
  double each_second() const {
    if (samples_.empty()) return 0;
    const std::chrono::duration<double> time = last_.elapsed - samples_.front().elapsed;
    if (time.count() <= 0) return 0;
    return static_cast<double>(last_.done - samples_.front().done) / time.count();
  }

 private:
  static constexpr std::chrono::seconds span{60};
  static constexpr std::chrono::milliseconds between{500};

  struct Sample {
    std::chrono::nanoseconds elapsed{0};
    std::uint64_t done = 0;
  };
  std::deque<Sample> samples_{Sample{}};  // the run began with nothing
  Sample last_;
};

}  // namespace leadverify::app
