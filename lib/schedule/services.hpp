// The outside world as the schedule sees it: everything that a test replaces, and the counts.
#pragma once

#include "base/clock.hpp"
#include "base/ip.hpp"
#include "dns/provider_table.hpp"
#include "dns/resolver.hpp"
#include "schedule/session_pool.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace leadverify {

struct RunCounts {
  std::atomic<std::uint64_t> connections = 0;       // TCP connections begun
  std::atomic<std::uint64_t> recipients_asked = 0;  // RCPT commands sent
  std::atomic<std::int64_t> waiting_to_retry = 0;   // recipients, now
  std::atomic<TimePoint> last_retry = TimePoint{};  // the latest moment that one ever waited for
};

/// Each outlives the schedule. All may be used from any thread.
struct Services {
  asio::io_context& context;
  Clock& clock;
  Resolver& resolver;
  SessionPool& pool;
  const Reach& reach;
  const ProviderTable& providers;
  RunCounts& counts;
  std::function<void(std::string)> on_event;  // a line for a person who watches; may be empty
};

}  // namespace leadverify
