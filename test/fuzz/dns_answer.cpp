// The octets of a DNS answer, to records, to the route that a domain's mail takes.
#include "base/host_name.hpp"
#include "dns/answers.hpp"
#include "dns/mail_route.hpp"
#include "dns/wire.hpp"
#include "dns/wire_reader.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>

namespace leadverify::fuzz {
namespace {

constexpr std::size_t header_size = 12;

/// The name that the message is an answer about, so that what lies behind the question is read.
std::string name_asked_in(Octets octets) {
  WireReader reader(octets, header_size);
  const auto name = octets.size() > header_size ? reader.name() : std::nullopt;
  return name.value_or("example.org");
}

template <class Answer, class Records>
void check_answer(const Answer& answer, const Records& records) {
  require((answer.status == DnsStatus::ok) == !records.empty(), "an answer is ok with records");
  require((answer.status == DnsStatus::failed) == !answer.error.empty(), "a failure says why");
  require(answer.ttl.count() >= 0 && answer.ttl.count() <= 0x7FFF'FFFF, "a TTL has 31 bits");
  require(answer.status != DnsStatus::failed || answer.ttl.count() == 0, "a failure is not kept");
}

void check_name(std::string_view name) {
  require(std::ranges::all_of(
              name, [](char c) { return c > 0x20 && c < 0x7F && !(c >= 'A' && c <= 'Z'); }),
          "a name from the DNS is plain text in lower case");
  require(name.size() <= 4 * 255, "a name has an end");
}

std::set<std::string> hosts_in(const MxAnswer& answer) {
  std::set<std::string> hosts;
  for (const MxRecord& record : answer.records) {
    if (is_host_name(record.exchange)) hosts.insert(record.exchange);
  }
  return hosts;
}

void check_route(const std::string& name, const MxAnswer& answer) {
  std::mt19937_64 random(7);
  const MailRoute route = route_mail(name, answer, random);
  const std::set<std::string> exchanges(route.exchanges.begin(), route.exchanges.end());
  require(exchanges.size() == route.exchanges.size(), "an exchange is tried once");
  require(route.exchanges.size() <= 10, "at most 10 exchanges are tried");
  require(route.exchanges.empty() == !route.error.empty(), "no route without a reason");
  if (route.kind == MailRoute::Kind::exchanges) {
    const std::set<std::string> hosts = hosts_in(answer);
    require(std::ranges::includes(hosts, exchanges), "only host names are asked");
    require(exchanges.size() == std::min<std::size_t>(hosts.size(), 10), "none is left out");
  }
  if (answer.status == DnsStatus::failed) {
    require(route.kind == MailRoute::Kind::unknown, "a failure is no word on a domain");
  }
}

void check_addresses(const AddressAnswer& answer) {
  check_answer(answer, answer.addresses);
  const std::set<IpAddress> addresses(answer.addresses.begin(), answer.addresses.end());
  require(addresses.size() == answer.addresses.size(), "an address is there once");
  require(addresses.size() <= most_addresses, "at most 5 addresses are used");
}

void check_octets(Octets octets, const std::string& name) {
  const MxAnswer mx = read_mx_answer(octets, name);
  check_answer(mx, mx.records);
  for (const MxRecord& record : mx.records) check_name(record.exchange);
  check_route(name, mx);

  const AddressAnswer v4 = read_address_answer(octets, name, IpAddress::Family::v4);
  const AddressAnswer v6 = read_address_answer(octets, name, IpAddress::Family::v6);
  check_addresses(v4);
  check_addresses(v6);
  check_addresses(join_addresses(v6, v4));
}

void run(Octets octets) {
  require(!to_string(response_code(octets)).empty(), "every response code has a name");
  check_octets(octets, "example.org");
  check_octets(octets, name_asked_in(octets));
}

const Registration registration({.name = "dns_answer", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
