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
    // In whole seconds, which never overflow: a server can state any number.
    if (*stated > std::chrono::floor<std::chrono::seconds>(longest_delay)) return std::nullopt;
    return std::max<Duration>(*stated + margin, shortest_stated);
  }
  return delays[std::min(static_cast<std::size_t>(retries), delays.size() - 1)];
}

}  // namespace leadverify
