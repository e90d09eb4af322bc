// Which names from the DNS may be taken for a mail server's, before anything is asked about them.
#pragma once

#include <string_view>

namespace leadverify {

/// Is `name`, without its trailing dot, a host that addresses can be looked up for? At least two
/// labels of 1 to 63 letters, digits, inner hyphens and underscores, 253 octets in all. No host is
/// an IP address in disguise, as inet_aton would read 127.99.0.1, 0x7f.1 or 127.1: its last label
/// is a number (RFC 1123 §2.1); nor what means this machine: names under localhost (RFC 6761
/// §6.3) or localdomain. Underscores are no host name's, and yet stand in real MX records.
bool is_host_name(std::string_view name);

}  // namespace leadverify
