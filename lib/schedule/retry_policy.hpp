// When to come back to a recipient that was refused for now, and when to give up (pure).
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace leadverify {

struct RetryPolicy {
  std::vector<Duration> delays = {std::chrono::seconds{45}};  // before each retry; the last repeats
  int most_retries = 2;                                       // for each recipient
  Duration longest_delay = std::chrono::minutes{10};          // that a server's hint can ask for

  /// The wait before the next retry of a recipient that had `retries` of them; absent: give up.
  /// `stated` is the wait that the server asked for: it is kept with a margin, since one who comes
  /// a second early starts anew with some servers, and never under half a minute.
  std::optional<Duration> next_delay(int retries, std::optional<std::chrono::seconds> stated) const;
};

}  // namespace leadverify
