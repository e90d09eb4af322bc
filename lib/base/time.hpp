// Moments and durations: the monotonic clock's, which no change of the wall clock moves.
#pragma once

#include <chrono>

namespace leadverify {

using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

}  // namespace leadverify
