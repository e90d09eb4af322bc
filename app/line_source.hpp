// The addresses of the input files, one after the other, read as they are wanted.
//
// Never more than a buffer and a line of a few KiB are in memory, however long the files
// and their lines are. A wait for input ends when the run is to stop.
#pragma once

#include <leadverify/result.hpp>

#include "app/descriptor.hpp"
#include "app/text_line.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

/// What makes one of `files` ("-" is standard input) unreadable, in one sentence; absent
/// where nothing is. Files that are not regular are opened later only, since that can wait.
std::optional<std::string> input_fault(const std::vector<std::string>& files);

class LineSource {
 public:
  /// Reads `files` in their order; "-" is standard input. Once `stop_descriptor` is
  /// readable no more is read; below 0 is none.
  LineSource(std::vector<std::string> files, int stop_descriptor);

  /// The next address; absent at the end, which finished() and fault() explain. Its `file`
  /// is set where there are two files or more.
  std::optional<Input> next();

  /// Was everything read?
  bool finished() const { return finished_; }
  /// Why no more can be read, in one sentence; absent where nothing failed.
  const std::optional<std::string>& fault() const { return fault_; }
  /// Lines without an address, so far.
  std::uint64_t skipped() const { return skipped_; }

  /// Octets of the lines read so far; to be called from any thread.
  std::uint64_t octets_read() const { return octets_read_; }
  /// Octets in all; absent where not every input is a regular file.
  std::optional<std::uint64_t> octets_in_all() const { return octets_in_all_; }

 private:
  std::optional<Line> next_line();
  bool open_next();
  bool wait_for_octets();
  bool read_more();
  std::optional<Line> end_file();
  void fail(const std::string& what);

  std::vector<std::string> files_;
  int stop_descriptor_;
  std::size_t next_file_ = 0;
  std::string name_;  // of the file that is being read
  Descriptor opened_;
  int descriptor_ = -1;  // below 0: no file is open
  LineCutter cutter_;
  std::string buffer_;
  std::string_view unread_;  // of buffer_
  bool at_start_ = false;
  bool at_end_ = false;
  bool finished_ = false;
  bool stopped_ = false;
  std::optional<std::string> fault_;
  std::uint64_t skipped_ = 0;
  std::atomic<std::uint64_t> octets_read_ = 0;
  std::optional<std::uint64_t> octets_in_all_;
};

}  // namespace leadverify::app
