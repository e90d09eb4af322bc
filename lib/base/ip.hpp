// IP addresses and networks as values, and which of them are public.
#pragma once

#include "base/expected.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadverify {

class IpAddress {
 public:
  enum class Family : std::uint8_t { v4, v6 };

  /// 0.0.0.0
  IpAddress() = default;
  static IpAddress v4(std::span<const std::uint8_t, 4> octets);
  static IpAddress v6(std::span<const std::uint8_t, 16> octets);
  /// "192.0.2.1" or "2001:db8::1", no brackets, no zone.
  static std::optional<IpAddress> parse(std::string_view text);

  Family family() const { return family_; }
  bool is_v4() const { return family_ == Family::v4; }
  /// 4 or 16 octets in network order.
  std::span<const std::uint8_t> octets() const { return {octets_.data(), is_v4() ? 4U : 16U}; }
  std::string to_string() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  Family family_ = Family::v4;
  std::array<std::uint8_t, 16> octets_{};
};

/// An address and a TCP or UDP port.
struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

/// "192.0.2.1:25", "[2001:db8::1]:25"
std::string to_string(const Endpoint& endpoint);

/// "IP", "IP:PORT" or "[IP6]:PORT", the port 1 to 65535; a bare address gets `default_port`.
std::optional<Endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port);

/// A CIDR block.
class IpNetwork {
 public:
  IpNetwork(IpAddress base, int prefix_length) : base_(base), prefix_length_(prefix_length) {}
  /// "127.0.0.0/8", "::1/128"; a bare address is a block of one. Bits beyond the prefix
  /// are ignored. The error is a sentence.
  static Expected<IpNetwork, std::string> parse(std::string_view text);

  /// An IPv4-mapped IPv6 address (::ffff:0:0/96) is in a v4 block if its v4 address is.
  bool contains(const IpAddress& address) const;

 private:
  IpAddress base_;
  int prefix_length_;
};

/// Is `address` one that the whole internet can reach? False for every block that IANA's
/// special-purpose registries (RFC 6890 and successors) give as not globally reachable, for
/// multicast and reserved space. Of the forms of IPv6 that carry an IPv4 address, NAT64's
/// 64:ff9b::/96 is public if that address is; the others (6to4, mapped, translated, compatible)
/// never.
bool is_public(const IpAddress& address);

/// Which addresses may be connected to: public ones, and those in nets allowed by name.
class Reach {
 public:
  explicit Reach(std::vector<IpNetwork> allowed) : allowed_(std::move(allowed)) {}
  bool permits(const IpAddress& address) const;

 private:
  std::vector<IpNetwork> allowed_;
};

}  // namespace leadverify
