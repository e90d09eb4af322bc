// The names under which the DNS knows IP addresses: for PTR records, and on blocklists (pure).
#pragma once

#include "base/ip.hpp"

#include <string>
#include <string_view>

namespace leadverify {

/// "1.2.0.192.in-addr.arpa" (RFC 1035 §3.5); under ip6.arpa for IPv6 (RFC 3596 §2.5).
std::string reverse_name(const IpAddress& address);

/// What an address-based blocklist is asked for: "1.2.0.192.dnsbl.example" (RFC 5782 §2.1, §2.4).
std::string blocklist_name(const IpAddress& address, std::string_view zone);

/// An address of the same version that every such list has, to show that it works (RFC 5782 §5).
IpAddress blocklist_test_address(IpAddress::Family family);

}  // namespace leadverify
