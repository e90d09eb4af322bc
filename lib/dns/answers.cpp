#include "dns/answers.hpp"

#include <algorithm>
#include <cstddef>

namespace leadverify {
namespace {

constexpr std::size_t room_for_v4 = 2;

bool is_ok(const AddressAnswer& answer) {
  return answer.status == DnsStatus::ok;
}

AddressAnswer first_addresses(const AddressAnswer& answer) {
  AddressAnswer first = answer;
  first.addresses.resize(std::min(first.addresses.size(), most_addresses));
  return first;
}

AddressAnswer join_denials(const AddressAnswer& v6, const AddressAnswer& v4) {
  if (v4.status == DnsStatus::failed) return v4;
  if (v6.status == DnsStatus::failed) return v6;
  AddressAnswer joined = v4;
  if (v6.status == DnsStatus::no_data) joined.status = DnsStatus::no_data;
  joined.ttl = std::min(v6.ttl, v4.ttl);
  return joined;
}

}  // namespace

AddressAnswer join_addresses(const AddressAnswer& v6, const AddressAnswer& v4) {
  if (!is_ok(v6) && !is_ok(v4)) return join_denials(v6, v4);
  if (!is_ok(v6)) return first_addresses(v4);
  if (!is_ok(v4)) return first_addresses(v6);

  AddressAnswer joined = v6;
  const std::size_t v4_share = std::min(room_for_v4, v4.addresses.size());
  joined.addresses.resize(std::min(joined.addresses.size(), most_addresses - v4_share));
  for (const IpAddress& address : v4.addresses) {
    if (joined.addresses.size() < most_addresses) joined.addresses.push_back(address);
  }
  joined.ttl = std::min(v6.ttl, v4.ttl);
  return joined;
}

}  // namespace leadverify
