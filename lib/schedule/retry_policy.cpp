#include "schedule/retry_policy.hpp"

#include <algorithm>
#include <cassert>

namespace leadverify {
namespace {

constexpr Duration margin = std::chrono::seconds{10};
constexpr Duration shortest_stated = std::chrono::seconds{30};

}  // namespace

std::optional<Duration> RetryPolicy::next_delay(int retries,
                                                std::optional<std::chrono::seconds> stated) const {
  assert(!delays.empty());
  if (retries >= most_retries) return std::nullopt;
  if (stated) {
    const Duration wait = std::max<Duration>(*stated + margin, shortest_stated);
    if (*stated > longest_delay) return std::nullopt;
    return wait;
  }
  return delays[std::min(static_cast<std::size_t>(retries), delays.size() - 1)];
}

}  // namespace leadverify
