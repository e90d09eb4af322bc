// The trace on its way into its file: bounded, and never in the run's way.
//
// Lines are gathered and written by a thread, as records are. Where the disk is too slow for
// them, or the file has grown to its limit, lines are left out, and a note says so.
#pragma once

#include <leadverify/trace.hpp>

#include "app/output/record_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace leadverify::app {

class TraceFile {
 public:
  struct Limits {
    std::uint64_t octets = std::uint64_t{1} << 30;  // of the file
    std::size_t unwritten = std::size_t{8} << 20;   // octets that wait for the disk
  };

  /// Writes to `descriptor`, which stays the caller's and open until close().
  explicit TraceFile(int descriptor) : TraceFile(descriptor, Limits{}) {}
  TraceFile(int descriptor, Limits limits) : limits_(limits), writer_(descriptor, {}) {}

  /// One call at a time. Never waits.
  void write(const TraceLine& line);

  /// Writes out what is left.
  void close() { writer_.close(); }

  /// WatchedOutput::stands_still(), of the file.
  bool stands_still() { return writer_.stands_still(); }

  /// Why the file takes no more, an errno; absent where it does.
  std::optional<int> failure() const { return writer_.failure(); }

 private:
  void put(const TraceLine& line);

  const Limits limits_;
  std::uint64_t octets_ = 0;    // handed to the writer
  std::uint64_t left_out_ = 0;  // lines, since the last that was written
  bool full_ = false;
  RecordWriter writer_;
};

}  // namespace leadverify::app
