#include "app/settings/small_file.hpp"

#include "app/base/descriptor.hpp"
#include "app/base/usage_error.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <string_view>

namespace leadverify::app {
namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

std::string before(const std::string& named_by) {
  return named_by.empty() ? "" : named_by + ": ";
}

[[noreturn]] void refuse(const std::string& named_by, const std::string& file) {
  throw UsageError(before(named_by) + "cannot read " + file + ": " + error_text(errno));
}

}  // namespace

std::optional<std::string> read_small_file_if_there(const std::string& named_by,
                                                    const std::string& file,
                                                    std::size_t most_mebibytes) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!opened.is_open()) refuse(named_by, file);
  std::string text;
  std::array<char, 16 * 1024> buffer{};
  while (true) {
    const ssize_t count = ::read(opened.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(named_by, file);
    if (count == 0) return text;
    text += std::string_view(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() <= most_mebibytes * mebibyte) continue;
    throw UsageError(before(named_by) + file + " is larger than " + std::to_string(most_mebibytes) +
                     " MiB");
  }
}

std::string read_small_file(const std::string& named_by,
                            const std::string& file,
                            std::size_t most_mebibytes) {
  std::optional<std::string> text = read_small_file_if_there(named_by, file, most_mebibytes);
  if (text) return *std::move(text);
  errno = ENOENT;
  refuse(named_by, file);
}

}  // namespace leadverify::app
