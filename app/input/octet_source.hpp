// The octets of one input, read as they are wanted.
//
// Never more than a buffer is in memory. A wait for input ends when the run is to stop. A
// UTF-8 byte-order mark in front is no part of the text; UTF-16 is refused.
#pragma once

#include "app/base/descriptor.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

/// The name of `file` in a message: "-" is standard input.
std::string shown_file(const std::string& file);

/// What makes one of `files` ("-" is standard input) unreadable, in one sentence; absent
/// where nothing is. Files that are not regular are opened later only, since that can wait.
std::optional<std::string> input_fault(const std::vector<std::string>& files);

/// Octets in `files` in all; absent where not every one of them is a regular file.
std::optional<std::uint64_t> octets_in(const std::vector<std::string>& files);

class OctetSource {
 public:
  /// Reads `file`; "-" is standard input. Once `stop_descriptor` is readable no more is
  /// read; below 0 is none.
  OctetSource(std::string file, int stop_descriptor);

  /// The octets that come next, at least one of them, good until the next call; none at the
  /// end, which ended() and fault() explain.
  std::string_view next();

  /// Octets read so far, the mark in front included.
  std::uint64_t octets_read() const { return octets_read_; }
  /// Was everything read?
  bool ended() const { return ended_; }
  /// Why no more can be read, in one sentence; absent where nothing failed.
  const std::optional<std::string>& fault() const { return fault_; }

 private:
  bool wait_for_octets() const;

  std::string file_;
  int stop_descriptor_;
  Descriptor opened_;
  int descriptor_ = -1;
  std::string buffer_;
  std::uint64_t octets_read_ = 0;
  bool begun_ = false;  // what stands in front is known
  bool ended_ = false;
  std::optional<std::string> fault_;
};

}  // namespace leadverify::app
