#include "app/small_file.hpp"

#include "app/descriptor.hpp"
#include "app/usage_error.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <string_view>

namespace leadverify::app {
namespace {

constexpr std::size_t largest = 1024 * 1024;

/// `before` says who named the file.
[[noreturn]] void refuse(const std::string& before, const std::string& file) {
  throw UsageError(before + "cannot read " + file + ": " + error_text(errno));
}

Descriptor open_to_read(const std::string& file) {
  return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
}

std::string read_all(const Descriptor& opened, const std::string& before, const std::string& file) {
  if (!opened.is_open()) refuse(before, file);
  std::string text;
  std::array<char, 16 * 1024> buffer{};
  while (true) {
    const ssize_t count = ::read(opened.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(before, file);
    if (count == 0) return text;
    text += std::string_view(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > largest) throw UsageError(before + file + " is larger than 1 MiB");
  }
}

}  // namespace

std::string read_small_file(const std::string& option, const std::string& file) {
  return read_all(open_to_read(file), option + ": ", file);
}

std::optional<std::string> read_small_file_if_there(const std::string& file) {
  const Descriptor opened = open_to_read(file);
  if (!opened.is_open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  return read_all(opened, "", file);
}

}  // namespace leadverify::app
