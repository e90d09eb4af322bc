#include "app/output/durable.hpp"

#include "app/base/descriptor.hpp"

#include <unistd.h>

#include <cerrno>
#include <fcntl.h>

namespace leadverify::app {
namespace {

std::optional<int> fault_of(int returned) {
  if (returned == 0) return std::nullopt;
  const bool is_unknown_there =
      errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP || errno == EROFS;
  if (is_unknown_there) return std::nullopt;
  return errno;
}

}  // namespace

std::optional<int> sync_file(int descriptor) {
  int returned = 0;
  do {
    returned = ::fdatasync(descriptor);
  } while (returned != 0 && errno == EINTR);
  return fault_of(returned);
}

std::optional<int> sync_folder_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : file.substr(0, slash + 1);
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open()) return std::nullopt;
  return fault_of(::fsync(opened.number()));
}

}  // namespace leadverify::app
