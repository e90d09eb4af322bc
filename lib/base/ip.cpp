#include "base/ip.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace leadverify {
namespace {

bool share_prefix(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) {
    return false;
  }
  const int rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFF << (8 - rest));
  return (a[whole] & mask) == (b[whole] & mask);
}

IpNetwork net(std::string_view text) {
  return *IpNetwork::parse(text);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const char* const end = text.data() + text.size();
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), end, port);
  if (parsed.ec != std::errc{} || parsed.ptr != end || port == 0) return std::nullopt;
  return port;
}

/// The IPv4 address that NAT64's well-known prefix (RFC 6052) leads to.
std::optional<IpAddress> translated_v4(const IpAddress& address) {
  static const IpNetwork nat64 = net("64:ff9b::/96");
  if (!nat64.contains(address)) return std::nullopt;
  return IpAddress::v4(address.octets().subspan<12, 4>());
}

}  // namespace

IpAddress IpAddress::v4(std::span<const std::uint8_t, 4> octets) {
  IpAddress address;
  std::ranges::copy(octets, address.octets_.begin());
  return address;
}

IpAddress IpAddress::v6(std::span<const std::uint8_t, 16> octets) {
  IpAddress address;
  address.family_ = Family::v6;
  std::ranges::copy(octets, address.octets_.begin());
  return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  // inet_pton() reads up to a NUL, and would take what stands before one for the whole.
  if (text.find('\0') != std::string_view::npos || text.size() >= INET6_ADDRSTRLEN) {
    return std::nullopt;
  }
  const std::string terminated(text);
  IpAddress address;
  if (inet_pton(AF_INET, terminated.c_str(), address.octets_.data()) == 1) return address;
  address.family_ = Family::v6;
  if (inet_pton(AF_INET6, terminated.c_str(), address.octets_.data()) == 1) return address;
  return std::nullopt;
}

std::string IpAddress::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(is_v4() ? AF_INET : AF_INET6, octets_.data(), text.data(), text.size());
  return text.data();
}

std::string to_string(const Endpoint& endpoint) {
  const std::string address = endpoint.address.to_string();
  const std::string port = std::to_string(endpoint.port);
  return endpoint.address.is_v4() ? address + ":" + port : "[" + address + "]:" + port;
}

std::optional<Endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port) {
  if (const auto bare = IpAddress::parse(text)) return Endpoint{*bare, default_port};

  // What is left of the last colon is an IPv4 address, or an IPv6 address in brackets.
  const bool bracketed = text.starts_with('[');
  const std::size_t end = bracketed ? text.find(']') : text.find(':');
  if (end == std::string_view::npos) return std::nullopt;
  const auto address = IpAddress::parse(bracketed ? text.substr(1, end - 1) : text.substr(0, end));
  if (!address || address->is_v4() == bracketed) return std::nullopt;

  std::string_view rest = text.substr(bracketed ? end + 1 : end);
  if (rest.empty()) return Endpoint{*address, default_port};
  if (!rest.starts_with(':')) return std::nullopt;
  rest.remove_prefix(1);
  const auto port = parse_port(rest);
  if (!port) return std::nullopt;
  return Endpoint{*address, *port};
}

Expected<IpNetwork, std::string> IpNetwork::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> base = IpAddress::parse(text.substr(0, slash));
  if (!base) {
    return Unexpected("'" + std::string(text) +
                      "' is no network: write an IP address and a prefix length, as in 10.0.0.0/8");
  }
  const int longest = base->is_v4() ? 32 : 128;
  if (slash == std::string_view::npos) return IpNetwork(*base, longest);

  const std::string_view length = text.substr(slash + 1);
  int prefix_length = -1;
  const auto [end, error] =
      std::from_chars(length.data(), length.data() + length.size(), prefix_length);
  if (error != std::errc{} || end != length.data() + length.size() || prefix_length < 0 ||
      prefix_length > longest) {
    return Unexpected("'" + std::string(text) + "' has no prefix length of 0 to " +
                      std::to_string(longest));
  }
  return IpNetwork(*base, prefix_length);
}

bool IpNetwork::contains(const IpAddress& address) const {
  if (address.family() == base_.family()) {
    return share_prefix(base_.octets(), address.octets(), prefix_length_);
  }
  if (!base_.is_v4()) return false;
  static const IpNetwork mapped(*IpAddress::parse("::ffff:0:0"), 96);
  return mapped.contains(address) &&
         share_prefix(base_.octets(), address.octets().subspan(12), prefix_length_);
}

bool is_public(const IpAddress& address) {
  // IANA IPv4 and IPv6 Special-Purpose Address Registries, the rows that are not globally
  // reachable, and the multicast and reserved blocks of the address space registries.
  // 192.88.99.0/24 (6to4 relays) and 192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24 (AS112,
  // AMT) are special purpose too: no mail server is at home in any of them.
  static const std::array special_v4 = {net("0.0.0.0/8"),
                                        net("10.0.0.0/8"),
                                        net("100.64.0.0/10"),
                                        net("127.0.0.0/8"),
                                        net("169.254.0.0/16"),
                                        net("172.16.0.0/12"),
                                        net("192.0.0.0/24"),
                                        net("192.0.2.0/24"),
                                        net("192.31.196.0/24"),
                                        net("192.52.193.0/24"),
                                        net("192.88.99.0/24"),
                                        net("192.168.0.0/16"),
                                        net("192.175.48.0/24"),
                                        net("198.18.0.0/15"),
                                        net("198.51.100.0/24"),
                                        net("203.0.113.0/24"),
                                        net("224.0.0.0/4"),
                                        net("240.0.0.0/4")};
  // IPv6 mail servers live in 2000::/3, the global unicast space; these blocks of it are special.
  // Outside it are loopback, link-local, site-local and unique local addresses, multicast, and the
  // forms that only stand for an IPv4 address (mapped, translated, compatible): a second name for
  // a server that limits know by its first. 6to4 (RFC 3056) is one within it, given up by RFC 7526.
  static const IpNetwork global_unicast = net("2000::/3");
  static const std::array special_v6 = {net("2001::/23"),
                                        net("2001:db8::/32"),
                                        net("2002::/16"),
                                        net("2620:4f:8000::/48"),
                                        net("3fff::/20")};

  const auto holds_it = [&](const IpNetwork& network) { return network.contains(address); };
  if (address.is_v4()) return std::ranges::none_of(special_v4, holds_it);
  // Where a network has IPv6 alone, DNS64 makes these of a server's IPv4 address.
  if (const std::optional<IpAddress> v4 = translated_v4(address)) return is_public(*v4);
  return global_unicast.contains(address) && std::ranges::none_of(special_v6, holds_it);
}

bool Reach::permits(const IpAddress& address) const {
  return is_public(address) ||
         std::ranges::any_of(allowed_, [&](const IpNetwork& n) { return n.contains(address); });
}

}  // namespace leadverify
