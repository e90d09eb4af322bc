#include "schedule/ipv6_path.hpp"

namespace leadverify {
namespace {

// Fewer may be down by themselves.
constexpr std::size_t enough = 5;

}  // namespace

void Ipv6Path::on_connection(const IpAddress& address) {
  (address.is_v4() ? v4_works_ : v6_works_) = true;
}

void Ipv6Path::on_silence(const IpAddress& address) {
  if (!address.is_v4() && silent_.size() < enough) silent_.insert(address);
}

bool Ipv6Path::is_closed() const {
  return v4_works_ && !v6_works_ && silent_.size() >= enough;
}

}  // namespace leadverify
