// What was said in a session, line by line: the trace, as a struct.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace leadverify {

/// One line of a session, or a note on it.
struct TraceLine {
  enum class Kind : std::uint8_t {
    sent,      // by us
    received,  // from the mail server
    note,      // what happened besides: connected, secured, closed
  };

  std::chrono::system_clock::time_point at{};
  std::uint64_t session =
      0;              // sessions of a run are numbered from 1; 0: a note on the trace itself
  std::string mx;     // the exchange
  std::string mx_ip;  // its address
  Kind kind = Kind::note;
  std::string text;  // without its line end; any octets of what came, 512 at most
};

}  // namespace leadverify
