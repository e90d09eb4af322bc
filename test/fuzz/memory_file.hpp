// Octets as a file that is nowhere on a disk.
#pragma once

#include "app/base/descriptor.hpp"

#include <string>
#include <string_view>

namespace leadverify::fuzz {

class MemoryFile {
 public:
  explicit MemoryFile(std::string_view octets);

  const app::Descriptor& descriptor() const { return descriptor_; }
  /// A name by which it can be opened.
  std::string path() const;
  /// What it holds now.
  std::string read() const;

 private:
  app::Descriptor descriptor_;
};

}  // namespace leadverify::fuzz
