#include "dns/wire.hpp"
#include "world/name_server.hpp"

#include <ares.h>
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

namespace leadverify::world {
namespace {

using namespace std::chrono_literals;
using Transport = NameServer::Transport;

/// A name server, and c-ares as the one who asks and understands.
struct Dns {
  explicit Dns(const std::string& text) : script(read(text)), server(script, counts) {}

  static Script read(const std::string& text) {
    auto result = read_script(text);
    if (!result) FAIL(to_string(result.error()));
    return *std::move(result);
  }

  static std::string question(const char* name, int type, int udp_size = 0) {
    unsigned char* octets = nullptr;
    int size = 0;
    REQUIRE(ares_create_query(name, 1, type, 77, 1, &octets, &size, udp_size) == ARES_SUCCESS);
    std::string message(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
    ares_free_string(octets);
    return message;
  }

  std::string ask(const char* name, int type, Transport transport = Transport::tcp) {
    const auto answer = server.answer(question(name, type), transport);
    REQUIRE(answer);
    return answer->message;
  }

  Script script;
  Counts counts;
  NameServer server;
};

int code_of(const std::string& message) {
  return message[3] & 0x0F;
}

bool is_truncated(const std::string& message) {
  return (message[2] & 0x02) != 0;
}

/// "10 mx1.a.test"
std::vector<std::string> read_mx(const std::string& message) {
  ares_mx_reply* list = nullptr;
  const auto* const octets = reinterpret_cast<const unsigned char*>(message.data());
  if (ares_parse_mx_reply(octets, static_cast<int>(message.size()), &list) != ARES_SUCCESS) {
    return {"not understood"};
  }
  const std::unique_ptr<ares_mx_reply, void (*)(void*)> owner(list, ares_free_data);
  std::vector<std::string> records;
  for (const ares_mx_reply* mx = list; mx; mx = mx->next) {
    records.push_back(std::to_string(mx->priority) + " " + mx->host);
  }
  return records;
}

TEST_CASE("the name server tells a domain's exchanges in order", "[world][dns]") {
  Dns dns("domain a.test\n mx 20 mx2.a.test\n mx 10 mx.elsewhere.test");

  const std::string message = dns.ask("a.test", dns_type::mx);

  CHECK(code_of(message) == 0);
  CHECK(read_mx(message) == std::vector<std::string>{"20 mx2.a.test", "10 mx.elsewhere.test"});
}

TEST_CASE("the name server tells texts and pointers", "[world][dns]") {
  Dns dns("domain a.test\n txt v=spf1 -all\n txt " + std::string(300, 'x') +
          "\ndomain 1.2.0.192.in-addr.arpa\n ptr mx.a.test.");

  const auto octets = [&](const char* name, int type) {
    const std::string message = dns.ask(name, type);
    return std::vector<std::uint8_t>(message.begin(), message.end());
  };

  CHECK(read_text_answer(octets("a.test", dns_type::txt), "a.test").texts ==
        std::vector<std::string>{"v=spf1 -all", std::string(300, 'x')});
  const std::string reverse = "1.2.0.192.in-addr.arpa";
  CHECK(read_pointer_answer(octets(reverse.c_str(), dns_type::ptr), reverse).names ==
        std::vector<std::string>{"mx.a.test"});
}

TEST_CASE("a question is understood in capitals, and repeated as it came", "[world][dns]") {
  Dns dns("domain a.test\n mx 20 mx2.a.test");

  CHECK(read_mx(dns.ask("A.Test", dns_type::mx)) == std::vector<std::string>{"20 mx2.A.Test"});
}

TEST_CASE("the name server follows aliases", "[world][dns]") {
  Dns dns(
      "domain a.test\n cname b.test\ndomain b.test\n cname c.test\ndomain c.test\n mx 5 mx.c.test");

  CHECK(read_mx(dns.ask("a.test", dns_type::mx)) == std::vector<std::string>{"5 mx.c.test"});
}

TEST_CASE("a loop of aliases has an end", "[world][dns]") {
  Dns dns("domain a.test\n cname b.test\ndomain b.test\n cname a.test");

  CHECK(code_of(dns.ask("a.test", dns_type::mx)) == 0);
  CHECK(dns.server.mx("a.test").status == DnsStatus::no_data);
}

TEST_CASE("a null MX names the root", "[world][dns]") {
  Dns dns("domain a.test\n mx 0 .");

  CHECK(read_mx(dns.ask("a.test", dns_type::mx)) == std::vector<std::string>{"0 "});
  CHECK(dns.server.mx("a.test").records == std::vector<MxRecord>{{0, ""}});
}

TEST_CASE("odd octets in the name of an exchange go over the wire", "[world][dns]") {
  Dns dns(R"(domain a.test
    mx 1 x\000y.a.test
    mx 2 a\.b.test)");

  CHECK(read_mx(dns.ask("a.test", dns_type::mx)) ==
        std::vector<std::string>{R"(1 x\000y.a.test)", R"(2 a\.b.test)"});
}

TEST_CASE("an address is told with its TTL", "[world][dns]") {
  Dns dns("host a.test 192.0.2.7 2001:db8::7\n ttl 42");
  const std::string message = dns.ask("a.test", dns_type::a);
  ares_addrttl found[4];
  int count = 4;

  const int status = ares_parse_a_reply(reinterpret_cast<const unsigned char*>(message.data()),
                                        static_cast<int>(message.size()),
                                        nullptr,
                                        found,
                                        &count);

  REQUIRE(status == ARES_SUCCESS);
  REQUIRE(count == 1);
  CHECK(found[0].ttl == 42);
  CHECK(ntohl(found[0].ipaddr.s_addr) == 0xC0000207);
}

TEST_CASE("an answer too long for UDP comes truncated, and whole over TCP", "[world][dns]") {
  Dns dns("domain a.test\n mx 10 mx{1-60}.a.test");

  CHECK(is_truncated(dns.ask("a.test", dns_type::mx, Transport::udp)));
  CHECK(read_mx(dns.ask("a.test", dns_type::mx)).size() == 60);
}

TEST_CASE("EDNS makes room for longer answers over UDP", "[world][dns]") {
  Dns dns("domain a.test\n mx 10 mx{1-30}.a.test");
  const auto answer =
      dns.server.answer(Dns::question("a.test", dns_type::mx, 1232), Transport::udp);

  REQUIRE(answer);
  CHECK(answer->message.size() > 512);
  CHECK(read_mx(answer->message).size() == 30);
}

TEST_CASE("a server that truncates does so for any length", "[world][dns]") {
  Dns dns("domain a.test\n mx 10 mx.a.test\n dns truncated mx");

  CHECK(is_truncated(dns.ask("a.test", dns_type::mx, Transport::udp)));
  CHECK(read_mx(dns.ask("a.test", dns_type::mx)).size() == 1);
}

struct Example {
  const char* script;
  int code;
  DnsStatus status;
};

TEST_CASE("where there are no exchanges, the name server says why", "[world][dns]") {
  const auto example = GENERATE(values<Example>({
      {"domain other.test", 3, DnsStatus::nxdomain},
      {"domain a.test", 0, DnsStatus::no_data},
      {"domain a.test\n dns nxdomain", 3, DnsStatus::nxdomain},
      {"domain a.test\n dns servfail", 2, DnsStatus::failed},
      {"domain a.test\n dns refused", 5, DnsStatus::failed},
      {"domain a.test\n dns formerr", 1, DnsStatus::failed},
      {"domain a.test\n cname b.test", 3, DnsStatus::nxdomain},
  }));
  CAPTURE(example.script);
  Dns dns(example.script);

  CHECK(code_of(dns.ask("a.test", dns_type::mx)) == example.code);
  CHECK(dns.server.mx("a.test").status == example.status);
  CHECK(dns.server.mx("a.test").error.empty() == (example.status != DnsStatus::failed));
}

TEST_CASE("a negative answer may be believed for as long as its SOA says", "[world][dns]") {
  Dns dns("domain a.test\n negative-ttl 77");

  CHECK(dns.server.mx("a.test").ttl == 77s);
}

TEST_CASE("a silent name server gives no answer", "[world][dns]") {
  Dns dns("domain a.test\n dns silent mx first=1\n mx 10 mx.a.test");

  CHECK_FALSE(dns.server.answer(Dns::question("a.test", dns_type::mx), Transport::udp));
  CHECK(read_mx(dns.ask("a.test", dns_type::mx)).size() == 1);
}

TEST_CASE("what is no question gets no answer", "[world][dns]") {
  Dns dns("domain a.test");
  const std::string question = Dns::question("a.test", dns_type::mx, 1232);

  for (std::size_t size = 0; size < question.size() - 11; ++size) {
    CAPTURE(size);
    CHECK_FALSE(dns.server.answer(question.substr(0, size), Transport::udp));
  }
  CHECK_FALSE(dns.server.answer(std::string(40, '\xFF'), Transport::udp));
}

TEST_CASE("questions are counted by name and type", "[world][dns]") {
  Dns dns("host a.test 192.0.2.7");

  dns.ask("a.test", dns_type::mx);
  const AddressAnswer answer = dns.server.addresses("a.test");

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.addresses == std::vector<IpAddress>{*IpAddress::parse("192.0.2.7")});
  CHECK(answer.ttl == 300s);
  CHECK(dns.counts.dns_queries == 3);
  CHECK(dns.counts.dns.at("a.test MX") == 1);
  CHECK(dns.counts.dns.at("a.test A") == 1);
  CHECK(dns.counts.dns.at("a.test AAAA") == 1);
}

}  // namespace
}  // namespace leadverify::world
