#include "dns/reverse_name.hpp"

namespace leadverify {
namespace {

/// The octets of an IPv4 address, the nibbles of an IPv6 one, last first, each followed by a dot.
std::string reversed(const IpAddress& address) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  const auto octets = address.octets();
  for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
    if (address.is_v4()) {
      text += std::to_string(*octet) + ".";
    } else {
      for (const unsigned nibble : {*octet & 0x0FU, *octet / 16U}) {
        text += digits[nibble];
        text += '.';
      }
    }
  }
  return text;
}

}  // namespace

std::string reverse_name(const IpAddress& address) {
  return reversed(address) + (address.is_v4() ? "in-addr.arpa" : "ip6.arpa");
}

std::string blocklist_name(const IpAddress& address, std::string_view zone) {
  return reversed(address) + std::string(zone);
}

IpAddress blocklist_test_address(IpAddress::Family family) {
  return *IpAddress::parse(family == IpAddress::Family::v4 ? "127.0.0.2" : "::ffff:7f00:2");
}

}  // namespace leadverify
