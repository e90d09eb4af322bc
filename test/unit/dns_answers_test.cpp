#include "dns/answers.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using std::chrono::seconds;

AddressAnswer ok(const std::vector<const char*>& addresses, int ttl) {
  AddressAnswer answer{.status = DnsStatus::ok, .addresses = {}, .ttl = seconds(ttl), .error = {}};
  for (const char* address : addresses) {
    answer.addresses.push_back(IpAddress::parse(address).value());
  }
  return answer;
}

AddressAnswer none(DnsStatus status, int ttl) {
  return {.status = status, .addresses = {}, .ttl = seconds(ttl), .error = {}};
}

std::vector<std::string> texts(const AddressAnswer& answer) {
  std::vector<std::string> texts;
  for (const IpAddress& address : answer.addresses) texts.push_back(address.to_string());
  return texts;
}

TEST_CASE("a host's addresses are those of both IP versions, IPv6 first", "[dns][answers]") {
  const AddressAnswer joined = join_addresses(ok({"2001:db8::1"}, 60), ok({"192.0.2.1"}, 30));

  CHECK(joined.status == DnsStatus::ok);
  CHECK(texts(joined) == std::vector<std::string>{"2001:db8::1", "192.0.2.1"});
  CHECK(joined.ttl == seconds{30});
}

TEST_CASE("a host with many addresses keeps five, two of them IPv4", "[dns][answers]") {
  const AddressAnswer v6 =
      ok({"2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4", "2001:db8::5"}, 60);
  const AddressAnswer v4 = ok({"192.0.2.1", "192.0.2.2", "192.0.2.3"}, 60);

  CHECK(texts(join_addresses(v6, v4)) ==
        std::vector<std::string>{
            "2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2"});
  CHECK(join_addresses(v6, ok({"192.0.2.1"}, 60)).addresses.size() == 5);
  CHECK(join_addresses(ok({"2001:db8::1"}, 60), v4).addresses.size() == 4);
}

TEST_CASE("a question that failed does not spoil the other's addresses", "[dns][answers]") {
  const auto failed = failed_answer<AddressAnswer>("SERVFAIL");

  const AddressAnswer only_v4 = join_addresses(failed, ok({"192.0.2.1"}, 30));
  const AddressAnswer only_v6 = join_addresses(ok({"2001:db8::1"}, 40), failed);

  CHECK(only_v4.status == DnsStatus::ok);
  CHECK(only_v4.ttl == seconds{30});
  CHECK(only_v4.error.empty());
  CHECK(only_v6.status == DnsStatus::ok);
  CHECK(texts(only_v6) == std::vector<std::string>{"2001:db8::1"});
}

struct Example {
  DnsStatus v6;
  DnsStatus v4;
  DnsStatus joined;
};

TEST_CASE("a host has no address only if both questions say so", "[dns][answers]") {
  const auto example = GENERATE(values<Example>({
      {DnsStatus::no_data, DnsStatus::no_data, DnsStatus::no_data},
      {DnsStatus::nxdomain, DnsStatus::nxdomain, DnsStatus::nxdomain},
      {DnsStatus::nxdomain, DnsStatus::no_data, DnsStatus::no_data},
      {DnsStatus::no_data, DnsStatus::nxdomain, DnsStatus::no_data},
      {DnsStatus::failed, DnsStatus::no_data, DnsStatus::failed},
      {DnsStatus::no_data, DnsStatus::failed, DnsStatus::failed},
      {DnsStatus::failed, DnsStatus::nxdomain, DnsStatus::failed},
  }));
  CAPTURE(example.v6, example.v4);

  const AddressAnswer joined = join_addresses(none(example.v6, 60), none(example.v4, 60));

  CHECK(joined.status == example.joined);
  CHECK(joined.addresses.empty());
}

}  // namespace
}  // namespace leadverify
