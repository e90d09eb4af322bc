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

constexpr std::size_t mebibyte = 1024 * 1024;

[[noreturn]] void refuse(const std::string& option, const std::string& file) {
  throw UsageError(option + ": cannot read " + file + ": " + error_text(errno));
}

}  // namespace

std::optional<std::string> read_small_file_if_there(const std::string& option,
                                                    const std::string& file,
                                                    std::size_t most_mebibytes) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open() && errno == ENOENT) return std::nullopt;
  if (!opened.is_open()) refuse(option, file);

  std::string text;
  std::array<char, 16 * 1024> buffer{};
  while (true) {
    const ssize_t count = ::read(opened.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(option, file);
    if (count == 0) return text;
    text += std::string_view(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() <= most_mebibytes * mebibyte) continue;
    throw UsageError(option + ": " + file + " is larger than " + std::to_string(most_mebibytes) +
                     " MiB");
  }
}

std::string read_small_file(const std::string& option,
                            const std::string& file,
                            std::size_t most_mebibytes) {
  std::optional<std::string> text = read_small_file_if_there(option, file, most_mebibytes);
  if (text) return *std::move(text);
  errno = ENOENT;
  refuse(option, file);
}

}  // namespace leadverify::app
