// An SMTP client with nothing above the system calls: the floor that a session is measured against.
#pragma once

#include "base/ip.hpp"

#include <cstddef>
#include <vector>

namespace leadverify::bench {

struct SessionLoad {
  std::size_t sessions = 10'000;
  std::size_t at_once = 50;
  std::size_t recipients = 1;  // in each session, pipelined behind MAIL
};

/// Holds the sessions, one after another at each of `places` in turn: banner, EHLO, MAIL with the
/// RCPTs, QUIT. How many came to their end.
std::size_t run_raw_sessions(const std::vector<Endpoint>& places, const SessionLoad& load);

}  // namespace leadverify::bench
