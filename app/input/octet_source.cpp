#include "app/input/octet_source.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

namespace leadverify::app {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 2> utf_16_marks = {"\xFF\xFE", "\xFE\xFF"};

bool begins_as_utf_16(std::string_view octets) {
  return std::ranges::any_of(utf_16_marks,
                             [&](std::string_view mark) { return octets.starts_with(mark); });
}

/// Could more octets make a mark of `octets`?
bool may_become_mark(std::string_view octets) {
  const auto begins = [&](std::string_view mark) {
    return octets.size() < mark.size() && mark.starts_with(octets);
  };
  return begins(byte_order_mark) || std::ranges::any_of(utf_16_marks, begins);
}

std::string utf_16_fault(const std::string& file) {
  return shown_file(file) + " is UTF-16: convert it with iconv -f UTF-16 -t UTF-8";
}

std::string system_fault(const std::string& file) {
  return "cannot read " + shown_file(file) + ": " + error_text(errno);
}

std::optional<std::string> regular_file_fault(const std::string& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open()) return system_fault(file);
  std::array<char, 2> beginning{};
  const ssize_t count = ::read(opened.number(), beginning.data(), beginning.size());
  if (count < 0) return system_fault(file);
  if (begins_as_utf_16({beginning.data(), static_cast<std::size_t>(count)})) {
    return utf_16_fault(file);
  }
  return std::nullopt;
}

std::optional<std::string> standard_input_fault() {
  const int flags = ::fcntl(STDIN_FILENO, F_GETFL);
  struct stat input {};
  if (flags < 0 || ::fstat(STDIN_FILENO, &input) != 0) return system_fault("-");
  errno = 0;
  if ((flags & O_ACCMODE) == O_WRONLY) errno = EBADF;
  if (S_ISDIR(input.st_mode)) errno = EISDIR;
  if (errno != 0) return system_fault("-");
  return std::nullopt;
}

std::optional<std::string> file_fault(const std::string& file) {
  if (file == "-") return standard_input_fault();
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return system_fault(file);
  if (S_ISDIR(found.st_mode)) {
    errno = EISDIR;
    return system_fault(file);
  }
  if (S_ISREG(found.st_mode)) return regular_file_fault(file);
  if (::access(file.c_str(), R_OK) != 0) return system_fault(file);
  return std::nullopt;
}

std::optional<std::uint64_t> octets_in(const std::string& file) {
  struct stat found {};
  const bool is_known =
      file == "-" ? ::fstat(STDIN_FILENO, &found) == 0 : ::stat(file.c_str(), &found) == 0;
  if (!is_known || !S_ISREG(found.st_mode)) return std::nullopt;
  const off_t begin = file == "-" ? ::lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
  return begin < found.st_size ? static_cast<std::uint64_t>(found.st_size - begin) : 0;
}

}  // namespace

std::string shown_file(const std::string& file) {
  return file == "-" ? "standard input" : file;
}

std::optional<std::string> input_fault(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (std::optional<std::string> fault = file_fault(file)) return fault;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> octets_in(const std::vector<std::string>& files) {
  std::uint64_t sum = 0;
  for (const std::string& file : files) {
    const std::optional<std::uint64_t> octets = octets_in(file);
    if (!octets) return std::nullopt;
    sum += *octets;
  }
  return sum;
}

OctetSource::OctetSource(std::string file, int stop_descriptor)
    : file_(std::move(file)), stop_descriptor_(stop_descriptor) {
  // A FIFO without a writer opens at once this way, and the wait for one is a poll().
  if (file_ != "-") opened_ = Descriptor(::open(file_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  descriptor_ = file_ == "-" ? STDIN_FILENO : opened_.number();
  if (descriptor_ < 0) fault_ = system_fault(file_);
}

/// False where the run is to stop.
bool OctetSource::wait_for_octets() const {
  std::array<pollfd, 2> waits = {pollfd{.fd = descriptor_, .events = POLLIN, .revents = 0},
                                 pollfd{.fd = stop_descriptor_, .events = POLLIN, .revents = 0}};
  while (::poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  return waits[1].revents == 0;
}

std::string_view OctetSource::next() {
  std::size_t held = 0;
  buffer_.resize(buffer_size);
  while (!fault_ && !ended_ && wait_for_octets()) {
    const ssize_t count = ::read(descriptor_, buffer_.data() + held, buffer_size - held);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) {
      fault_ = system_fault(file_);
      break;
    }
    octets_read_ += static_cast<std::uint64_t>(count);
    held += static_cast<std::size_t>(count);
    ended_ = count == 0;
    const std::string_view octets = std::string_view(buffer_).substr(0, held);
    if (begun_) return octets;

    if (!ended_ && may_become_mark(octets)) continue;
    begun_ = true;
    if (begins_as_utf_16(octets)) {
      fault_ = utf_16_fault(file_);
      break;
    }
    if (!octets.starts_with(byte_order_mark)) return octets;
    if (octets.size() > byte_order_mark.size()) return octets.substr(byte_order_mark.size());
    held = 0;
  }
  return {};
}

}  // namespace leadverify::app
