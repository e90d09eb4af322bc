// A program that a benchmark starts, and what it cost: its own time, processor time and memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <sys/types.h>
#include <vector>

namespace leadverify::bench {

using Seconds = std::chrono::duration<double>;

struct Cost {
  int exit_status = 0;       // ended by a signal: minus its number
  Seconds wall{0};           // from its start to its end
  Seconds processor{0};      // user and system
  std::size_t peak_rss = 0;  // octets
};

class Child {
 public:
  /// Descriptors of ours that become its streams; -1: /dev/null. Its complaints are ours.
  struct Streams {
    int input = -1;
    int output = -1;
  };

  Child(std::vector<std::string> words, Streams streams);
  /// Kills it, if it still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void send(int signal) const;
  /// Its resident memory now, in octets.
  std::size_t rss() const;
  /// Waits for its end. The peak is what wait4() tells, which is never less than what this program
  /// itself held at the start of the child: benchmarks keep small.
  Cost wait();

 private:
  pid_t pid_ = -1;
  std::chrono::steady_clock::time_point begun_;
};

/// One end is closed on exec in both; throws if there is none.
struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe();
  ~Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_write_end();
};

/// What can be read up to the line end, or to the end.
std::string read_line(int descriptor);

/// A folder for the time of a benchmark.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

}  // namespace leadverify::bench
