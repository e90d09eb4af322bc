// An open file of the system, closed when its owner is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace leadverify::app {

class Descriptor {
 public:
  Descriptor() = default;
  /// Takes `number` over; below 0 is none.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }

  /// Below 0 where there is none.
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

  /// Closes it, if it is open; false where the system then says that what was written to it
  /// may be lost (errno says why).
  bool close();

 private:
  int number_ = -1;
};

/// What stands behind a file's names: two names with one identity are one file.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// The identity of what `descriptor` is open on; absent where that is no regular file.
std::optional<FileIdentity> regular_file(int descriptor);

/// What a write came to.
struct Written {
  std::size_t octets = 0;    // taken by the system, of those given
  std::optional<int> fault;  // the errno; absent: all were taken
};

/// Writes all of `text`, waiting where it must.
Written write_all(int descriptor, std::string_view text);

/// What closing `descriptor` would say of the octets written to it, without closing it: some
/// file systems tell only then that a disk is full. An errno; absent: nothing was lost.
std::optional<int> late_fault(int descriptor);

/// Something that a poll() can wait for: readable from the first raise_event() on. Throws
/// std::system_error where the system has none left.
Descriptor make_event();
void raise_event(const Descriptor& event);

/// The system's words for an errno, "No space left on device".
std::string error_text(int error);

/// Opens /dev/null in the place of each standard stream that was closed by the caller, so
/// that no file of ours becomes one; a read from it, or a write to it, then fails.
void keep_standard_streams();

}  // namespace leadverify::app
