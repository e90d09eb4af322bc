#include "base/shortage.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace leadverify {

bool is_shortage(int system_error) {
  constexpr std::array shortages = {
      EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC, EADDRNOTAVAIL, EADDRINUSE, EINTR};
  return std::ranges::find(shortages, system_error) != shortages.end();
}

}  // namespace leadverify
