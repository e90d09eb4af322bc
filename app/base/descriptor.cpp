#include "app/base/descriptor.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <system_error>

namespace leadverify::app {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

bool Descriptor::close() {
  if (!is_open()) return true;
  return ::close(std::exchange(number_, -1)) == 0;
}

std::optional<FileIdentity> regular_file(int descriptor) {
  struct stat file {};
  if (::fstat(descriptor, &file) != 0 || !S_ISREG(file.st_mode)) return std::nullopt;
  return FileIdentity{.device = file.st_dev, .inode = file.st_ino};
}

Written write_all(int descriptor, std::string_view text) {
  Written written;
  while (written.octets < text.size()) {
    const ssize_t count =
        ::write(descriptor, text.data() + written.octets, text.size() - written.octets);
    if (count > 0) {
      written.octets += static_cast<std::size_t>(count);
    } else if (count < 0 && errno == EAGAIN) {
      pollfd room = {.fd = descriptor, .events = POLLOUT, .revents = 0};
      ::poll(&room, 1, -1);
    } else if (count == 0 || errno != EINTR) {
      written.fault = count == 0 ? EIO : errno;
      break;
    }
  }
  return written;
}

std::optional<int> late_fault(int descriptor) {
  Descriptor again(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  if (again.close()) return std::nullopt;
  return errno;
}

Descriptor make_event() {
  Descriptor event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event.is_open()) throw std::system_error(errno, std::generic_category());
  return event;
}

void raise_event(const Descriptor& event) {
  static_cast<void>(::eventfd_write(event.number(), 1));
}

std::string error_text(int error) {
  return std::generic_category().message(error);
}

void keep_standard_streams() {
  // Each is opened the wrong way round: input for writing only, output for reading only.
  constexpr std::array wrong_way = {O_WRONLY, O_RDONLY, O_WRONLY};
  for (int number = 0; number < static_cast<int>(wrong_way.size()); ++number) {
    if (::fcntl(number, F_GETFD) >= 0) continue;
    // The lowest free number is taken, and that is this one.
    static_cast<void>(::open("/dev/null", wrong_way[static_cast<std::size_t>(number)]));
  }
}

}  // namespace leadverify::app
