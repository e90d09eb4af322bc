// A folder for the files of one test, removed with all that is in it. It is in memory where the
// system has a place for that, since runs wait for the disk.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace leadverify {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (parent() / "leadverify-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }

  /// Writes a file and returns its path.
  std::string write(const std::string& name, std::string_view content) const {
    std::ofstream file(path(name), std::ios::binary);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    return path(name);
  }

  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  static std::filesystem::path parent() {
    const char* const in_memory = "/dev/shm";
    const bool is_chosen = std::getenv("TMPDIR") != nullptr || ::access(in_memory, W_OK) != 0;
    return is_chosen ? std::filesystem::temp_directory_path() : in_memory;
  }

  std::filesystem::path path_;
};

}  // namespace leadverify
