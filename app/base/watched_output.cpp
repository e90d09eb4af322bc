#include "app/base/watched_output.hpp"

#include <algorithm>
#include <limits>
#include <poll.h>
#include <sys/ioctl.h>

namespace leadverify::app {
namespace {

// A page, the unit in which a pipe has room: so what a slow reader takes is seen.
constexpr std::size_t piece = 4096;

/// Octets in `descriptor` that nobody has read yet; 0 where the system does not tell.
int unread_in(int descriptor) {
  int count = 0;
  if (::ioctl(descriptor, TIOCOUTQ, &count) == 0) return count;  // a terminal, a socket
  if (::ioctl(descriptor, FIONREAD, &count) == 0) return count;  // a pipe
  return 0;
}

}  // namespace

WatchedOutput::WatchedOutput(int descriptor)
    : descriptor_(descriptor),
      piece_(regular_file(descriptor) ? std::numeric_limits<std::size_t>::max() : piece) {}

Written WatchedOutput::write(std::string_view text) {
  is_writing_ = true;
  Written written;
  while (!text.empty() && !written.fault) {
    const Written part = write_all(descriptor_, text.substr(0, piece_));
    text.remove_prefix(part.octets);
    written.octets += part.octets;
    written.fault = part.fault;
    written_ += part.octets;
  }
  is_writing_ = false;
  return written;
}

bool WatchedOutput::stands_still() {
  const std::optional<Mark> before = last_;
  last_ = mark_if_blocked();
  return last_ && last_ == before;
}

std::optional<WatchedOutput::Mark> WatchedOutput::mark_if_blocked() const {
  if (!is_writing_) return std::nullopt;
  pollfd room = {.fd = descriptor_, .events = POLLOUT, .revents = 0};
  if (::poll(&room, 1, 0) != 0) return std::nullopt;
  return Mark{.written = written_, .unread = unread_in(descriptor_)};
}

}  // namespace leadverify::app
