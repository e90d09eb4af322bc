// An output whose reader may stand still: what it takes is watched.
#pragma once

#include "app/base/descriptor.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

namespace leadverify::app {

class WatchedOutput {
 public:
  /// `descriptor` stays the caller's; below 0 is none, which nothing may be written to.
  explicit WatchedOutput(int descriptor);

  int number() const { return descriptor_; }

  /// write_all(). One call at a time.
  Written write(std::string_view text);

  /// Octets that were taken so far.
  std::uint64_t written() const { return written_; }

  /// Is a write under way of which nothing was taken since the call before? Of a regular file it
  /// never is said, however slow its disk. Never waits; to be called by one thread.
  bool stands_still();

 private:
  /// How far a write has come.
  struct Mark {
    std::uint64_t written = 0;  // octets
    int unread = 0;             // octets that wait for the reader, as far as the system tells

    friend bool operator==(const Mark&, const Mark&) = default;
  };
  std::optional<Mark> mark_if_blocked() const;

  const int descriptor_;
  const std::size_t piece_;  // octets that are written at a time
  std::atomic<bool> is_writing_ = false;
  std::atomic<std::uint64_t> written_ = 0;
  std::optional<Mark> last_;  // of the last look; absent: nothing was blocked
};

}  // namespace leadverify::app
