// The signals that a run listens to, taken by one thread, and the moment at which its time
// is up.
#pragma once

#include "app/base/descriptor.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <thread>

namespace leadverify::app {

/// Holds back the signals of SignalWatch in this thread and those that it starts. To be
/// called before any thread is made.
void hold_back_signals();

class SignalWatch {
 public:
  /// All are called from one thread of the SignalWatch.
  struct Callbacks {
    std::function<void(int signal)> on_end = {};  // each SIGINT, SIGTERM and SIGHUP
    std::function<void()> on_status = {};         // each SIGUSR1
    std::function<void()> on_deadline = {};       // once, `patience` after the beginning
    // Each time that 4.5 seconds have passed since the first on_end() or on_deadline().
    std::function<void()> on_wait_for_end = {};
  };

  /// REQUIRES: hold_back_signals() was called. `patience` absent: no deadline.
  SignalWatch(std::optional<std::chrono::nanoseconds> patience, Callbacks callbacks);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  void take_signal();
  void tell_time();

  const Callbacks callbacks_;
  // Of the thread, when it has to act: absent is never.
  std::optional<Clock::time_point> deadline_;
  std::optional<Clock::time_point> next_look_;
  Descriptor signals_;
  Descriptor done_;
  std::thread thread_;  // the last member: it uses all others
};

}  // namespace leadverify::app
