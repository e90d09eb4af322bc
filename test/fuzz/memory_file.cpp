#include "fuzz/memory_file.hpp"

#include "fuzz/target.hpp"

#include <fstream>
#include <iterator>
#include <sys/mman.h>

namespace leadverify::fuzz {

MemoryFile::MemoryFile(std::string_view octets)
    : descriptor_(::memfd_create("octets", MFD_CLOEXEC)) {
  require(!app::write_all(descriptor_.number(), octets).fault, "a file in memory can be written");
}

std::string MemoryFile::path() const {
  return "/proc/self/fd/" + std::to_string(descriptor_.number());
}

std::string MemoryFile::read() const {
  std::ifstream file(path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace leadverify::fuzz
