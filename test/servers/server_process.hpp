// A server as an ordinary process in a ServerRoot: started, waited for, and stopped by its pid.
#pragma once

#include "base/ip.hpp"
#include "servers/server_root.hpp"

#include <string>
#include <sys/types.h>
#include <vector>

namespace leadverify::servers {

class ServerProcess {
 public:
  struct Call {
    std::string name;                // what its standard output and error are called under /var/log
    std::vector<std::string> words;  // the program, as seen from within, and its arguments
    std::vector<Endpoint> listens;   // where it has to listen before it counts as started
  };

  /// Throws, with what the server said, where it has ended or does not listen after 20 seconds.
  ServerProcess(const ServerRoot& root, Call call);
  /// SIGTERM; after 5 seconds SIGKILL, to it and the processes that it has started.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// What it wrote to its standard output and error.
  std::string said() const;

 private:
  [[noreturn]] void become_server() const;
  void wait_until_it_listens();
  bool wait_for_end(int steps);
  void end_at_once();

  const ServerRoot& root_;
  Call call_;
  pid_t pid_ = -1;
  bool ended_ = false;
};

/// A port that is free at this moment on 127.0.0.1, TCP and UDP.
std::uint16_t free_port();

}  // namespace leadverify::servers
