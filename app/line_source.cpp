#include "app/line_source.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

namespace leadverify::app {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

// Far longer than any address (RFC 5321 section 4.5.3.1: 320), and far shorter than memory.
constexpr std::size_t longest_line = 8 * 1024;

std::string shown(const std::string& file) {
  return file == "-" ? "standard input" : file;
}

bool begins_as_utf_16(std::string_view octets) {
  return octets.starts_with("\xFF\xFE") || octets.starts_with("\xFE\xFF");
}

std::string utf_16_fault(const std::string& file) {
  return shown(file) + " is UTF-16: convert it with iconv -f UTF-16 -t UTF-8";
}

std::string system_fault(const std::string& file) {
  return "cannot read " + shown(file) + ": " + error_text(errno);
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

std::optional<std::uint64_t> octets_in(const std::vector<std::string>& files) {
  std::uint64_t sum = 0;
  for (const std::string& file : files) {
    const std::optional<std::uint64_t> octets = octets_in(file);
    if (!octets) return std::nullopt;
    sum += *octets;
  }
  return sum;
}

}  // namespace

std::optional<std::string> input_fault(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (std::optional<std::string> fault = file_fault(file)) return fault;
  }
  return std::nullopt;
}

LineSource::LineSource(std::vector<std::string> files, int stop_descriptor)
    : files_(std::move(files)),
      stop_descriptor_(stop_descriptor),
      cutter_(longest_line),
      octets_in_all_(octets_in(files_)) {}

std::optional<Input> LineSource::next() {
  while (std::optional<Line> line = next_line()) {
    std::optional<std::string> address = address_on(*line);
    if (!address) {
      ++skipped_;
      continue;
    }
    Input input{.text = std::move(*address), .line = line->number, .file = std::nullopt};
    if (files_.size() > 1) input.file = name_;
    return input;
  }
  return std::nullopt;
}

std::optional<Line> LineSource::next_line() {
  while (!fault_ && !finished_ && !stopped_) {
    if (descriptor_ < 0 && !open_next()) break;
    if (unread_.empty() && !at_end_ && !read_more()) break;
    if (at_end_) {
      if (std::optional<Line> line = end_file()) return line;
      continue;
    }
    const std::size_t before = unread_.size();
    std::optional<Line> line = cutter_.next(unread_);
    octets_read_ += before - unread_.size();
    if (line) return line;
  }
  return std::nullopt;
}

bool LineSource::open_next() {
  if (next_file_ == files_.size()) {
    finished_ = true;
    return false;
  }
  name_ = files_[next_file_++];
  // A FIFO without a writer opens at once this way, and the wait for one is a poll().
  if (name_ != "-") opened_ = Descriptor(::open(name_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  descriptor_ = name_ == "-" ? STDIN_FILENO : opened_.number();
  if (descriptor_ < 0) {
    fail(error_text(errno));
    return false;
  }
  cutter_ = LineCutter(longest_line);
  buffer_.clear();
  unread_ = {};
  at_start_ = true;
  at_end_ = false;
  return true;
}

/// False where the run is to stop.
bool LineSource::wait_for_octets() {
  std::array<pollfd, 2> waits = {pollfd{.fd = descriptor_, .events = POLLIN, .revents = 0},
                                 pollfd{.fd = stop_descriptor_, .events = POLLIN, .revents = 0}};
  while (::poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  stopped_ = waits[1].revents != 0;
  return !stopped_;
}

/// Reads until at least one octet is unread, or the file has ended; at its start until two
/// are, which tell UTF-16. False where neither can be had.
bool LineSource::read_more() {
  std::size_t held = 0;
  buffer_.resize(buffer_size);
  while (wait_for_octets()) {
    const ssize_t count = ::read(descriptor_, buffer_.data() + held, buffer_size - held);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) {
      fail(error_text(errno));
      return false;
    }
    held += static_cast<std::size_t>(count);
    if (count > 0 && at_start_ && held < 2) continue;

    unread_ = std::string_view(buffer_).substr(0, held);
    at_end_ = held == 0;
    if (at_start_ && begins_as_utf_16(unread_)) {
      fault_ = utf_16_fault(name_);
      return false;
    }
    at_start_ = false;
    return true;
  }
  return false;
}

std::optional<Line> LineSource::end_file() {
  descriptor_ = -1;
  opened_.close();
  at_end_ = false;
  return cutter_.last();
}

void LineSource::fail(const std::string& what) {
  fault_ = "cannot read " + shown(name_) + ": " + what;
}

}  // namespace leadverify::app
