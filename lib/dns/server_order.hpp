// In which order DNS servers are asked: those that were silent of late come last.
//
// Told the time. Without it a dead first server of two would cost every lookup a timeout. A
// silent server is left alone for a while; then one question tries it again, and the others
// wait for what becomes of that.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace leadverify {

class ServerOrder {
 public:
  explicit ServerOrder(std::size_t servers, Duration rest = std::chrono::seconds{30})
      : servers_(servers), rest_(rest) {}

  /// Every server's index once, best first, for one question that is asked now.
  std::vector<std::size_t> next(TimePoint now);

  void on_answer(std::size_t server, TimePoint now);

  /// A question put at `asked` got no answer. A server that answered another one since then is
  /// busy with this name, not dead.
  void on_silence(std::size_t server, TimePoint asked, TimePoint now);

 private:
  struct Server {
    TimePoint last_answer = TimePoint::min();
    std::optional<TimePoint> rests_until;  // absent: not known to be silent
  };

  std::vector<Server> servers_;
  Duration rest_;
};

}  // namespace leadverify
