// A mail world on loopback, in a program of its own so that its costs are not the client's.
#pragma once

#include "bench/child.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace leadverify::bench {

/// What the servers counted.
struct Witness {
  std::uint64_t connections = 0;
  std::uint64_t open_sessions = 0;  // now
  std::uint64_t most_sessions = 0;
  std::uint64_t most_sessions_to_one_server = 0;
  std::uint64_t most_sessions_for_one_domain = 0;
  std::uint64_t rcpt = 0;
  std::uint64_t dns_queries = 0;
  std::uint64_t faults = 0;
};

class WorldChild {
 public:
  explicit WorldChild(const std::string& script_file);

  /// What leadverify has to be told to meet it.
  std::vector<std::string> options() const;

  Witness count();
  /// Ends it too.
  Witness finish();

 private:
  Witness read_witness();

  Pipe said_;
  Child child_;
  std::string dns_;
  std::string smtp_port_;
};

}  // namespace leadverify::bench
