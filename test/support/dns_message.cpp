#include "support/dns_message.hpp"

#include "base/ip.hpp"

namespace leadverify {
namespace {

void append_u16(DnsOctets& octets, std::uint32_t value) {
  octets.push_back(static_cast<std::uint8_t>(value >> 8 & 0xFF));
  octets.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

void append_u32(DnsOctets& octets, std::uint32_t value) {
  append_u16(octets, value >> 16);
  append_u16(octets, value & 0xFFFF);
}

void append(DnsOctets& octets, const DnsOctets& more) {
  octets.insert(octets.end(), more.begin(), more.end());
}

}  // namespace

DnsOctets wire_name(std::string_view name) {
  DnsOctets octets;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    octets.push_back(static_cast<std::uint8_t>(label.size()));
    octets.insert(octets.end(), label.begin(), label.end());
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  octets.push_back(0);
  return octets;
}

DnsOctets mx_content(std::uint16_t preference, std::string_view exchange) {
  DnsOctets octets;
  append_u16(octets, preference);
  append(octets, wire_name(exchange));
  return octets;
}

DnsOctets address_content(std::string_view address) {
  const IpAddress parsed = IpAddress::parse(address).value();
  return {parsed.octets().begin(), parsed.octets().end()};
}

DnsOctets soa_content(std::uint32_t minimum) {
  DnsOctets octets = wire_name("ns.example.org");
  append(octets, wire_name("hostmaster.example.org"));
  for (const std::uint32_t value : {1U, 7200U, 900U, 1209600U, minimum}) append_u32(octets, value);
  return octets;
}

DnsMessage::DnsMessage(std::string_view name, DnsType type) {
  append_u16(octets_, 0);       // ID
  append_u16(octets_, 0x8180);  // QR, RD, RA
  append_u16(octets_, 1);
  for (int i = 0; i < 3; ++i) append_u16(octets_, 0);
  append(octets_, wire_name(name));
  append_u16(octets_, type);
  append_u16(octets_, 1);
}

DnsMessage& DnsMessage::code(std::uint8_t response_code) {
  octets_[3] = static_cast<std::uint8_t>((octets_[3] & 0xF0) | response_code);
  return *this;
}

DnsMessage& DnsMessage::set(std::uint16_t flags) {
  octets_[2] = static_cast<std::uint8_t>(octets_[2] | flags >> 8);
  octets_[3] = static_cast<std::uint8_t>(octets_[3] | (flags & 0xFF));
  return *this;
}

DnsMessage& DnsMessage::clear(std::uint16_t flags) {
  octets_[2] = static_cast<std::uint8_t>(octets_[2] & ~(flags >> 8));
  octets_[3] = static_cast<std::uint8_t>(octets_[3] & ~flags);
  return *this;
}

DnsMessage& DnsMessage::answer(std::string_view owner,
                               DnsType type,
                               std::uint32_t ttl,
                               const DnsOctets& content) {
  add(6, owner, type, ttl, content);
  return *this;
}

DnsMessage& DnsMessage::authority(std::string_view owner,
                                  DnsType type,
                                  std::uint32_t ttl,
                                  const DnsOctets& content) {
  add(8, owner, type, ttl, content);
  return *this;
}

void DnsMessage::add(std::size_t counter_at,
                     std::string_view owner,
                     DnsType type,
                     std::uint32_t ttl,
                     const DnsOctets& content) {
  ++octets_[counter_at + 1];
  append(octets_, wire_name(owner));
  append_u16(octets_, type);
  append_u16(octets_, 1);
  append_u32(octets_, ttl);
  append_u16(octets_, static_cast<std::uint32_t>(content.size()));
  append(octets_, content);
}

}  // namespace leadverify
