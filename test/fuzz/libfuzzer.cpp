// The one target that is linked in, handed to libFuzzer.
#include "fuzz/target.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  leadverify::fuzz::targets().front().run({octets, size});
  return 0;
}
