// DNS messages built octet by octet, right ones and wrong ones, for tests.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace leadverify {

using DnsOctets = std::vector<std::uint8_t>;

/// Record types by number (RFC 1035 §3.2.2, RFC 3596 §2.1).
enum DnsType : std::uint16_t {
  a = 1,
  ns = 2,
  cname = 5,
  soa = 6,
  ptr = 12,
  mx = 15,
  txt = 16,
  aaaa = 28
};

/// "mx.example.org" as labels, uncompressed; empty is the root.
DnsOctets wire_name(std::string_view name);

/// Contents of records.
DnsOctets mx_content(std::uint16_t preference, std::string_view exchange);
DnsOctets address_content(std::string_view address);
DnsOctets soa_content(std::uint32_t minimum);

/// A recursive server's answer to one question: header, question, and the records added.
class DnsMessage {
 public:
  DnsMessage(std::string_view name, DnsType type);

  DnsMessage& code(std::uint8_t response_code);
  /// Bits of the header's third and fourth octet set or cleared: 0x0400 is AA, 0x0200 TC,
  /// 0x0080 RA, 0x8000 QR.
  DnsMessage& set(std::uint16_t flags);
  DnsMessage& clear(std::uint16_t flags);
  DnsMessage& answer(std::string_view owner,
                     DnsType type,
                     std::uint32_t ttl,
                     const DnsOctets& content);
  /// Follows all answers.
  DnsMessage& authority(std::string_view owner,
                        DnsType type,
                        std::uint32_t ttl,
                        const DnsOctets& content);

  const DnsOctets& octets() const { return octets_; }

 private:
  void add(std::size_t counter_at,
           std::string_view owner,
           DnsType type,
           std::uint32_t ttl,
           const DnsOctets& content);

  DnsOctets octets_;
};

}  // namespace leadverify
