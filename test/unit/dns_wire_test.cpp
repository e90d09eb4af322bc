#include "dns/wire.hpp"
#include "support/dns_message.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace leadverify {
namespace {

using std::chrono::seconds;

const char* const domain = "example.org";

DnsMessage mx_message() {
  return DnsMessage(domain, DnsType::mx);
}

MxAnswer read(const DnsMessage& message) {
  return read_mx_answer(message.octets(), domain);
}

DnsOctets joined(DnsOctets first, const DnsOctets& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TEST_CASE("MX records are read with the least of their TTLs", "[dns][wire]") {
  const MxAnswer answer =
      read(mx_message()
               .answer("example.org", DnsType::mx, 300, mx_content(20, "MX2.Example.Org"))
               .answer("example.org", DnsType::mx, 107, mx_content(10, "mx1.example.org"))
               .answer("example.org", DnsType::txt, 1, {0}));

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.records == std::vector<MxRecord>{{20, "mx2.example.org"}, {10, "mx1.example.org"}});
  CHECK(answer.ttl == seconds{107});
  CHECK(answer.error.empty());
}

TEST_CASE("the case of a name is of no account", "[dns][wire]") {
  const DnsMessage message = DnsMessage("eXample.ORG", DnsType::mx)
                                 .answer("EXAMPLE.org", DnsType::mx, 60, mx_content(0, "mx.b.org"));

  CHECK(read_mx_answer(message.octets(), "Example.org").status == DnsStatus::ok);
}

TEST_CASE("the exchange of a null MX is empty", "[dns][wire]") {
  const MxAnswer answer =
      read(mx_message().answer("example.org", DnsType::mx, 60, mx_content(0, "")));

  CHECK(answer.records == std::vector<MxRecord>{{0, ""}});
}

TEST_CASE("a compressed exchange name is read where its pointer leads", "[dns][wire]") {
  const DnsOctets content = {0, 10, 2, 'm', 'x', 0xC0, 12};  // 12: the question's name

  const MxAnswer answer = read(mx_message().answer("example.org", DnsType::mx, 60, content));

  CHECK(answer.records == std::vector<MxRecord>{{10, "mx.example.org"}});
}

TEST_CASE("a CNAME chain is followed by name, whatever the order of its records", "[dns][wire]") {
  const MxAnswer answer =
      read(mx_message()
               .answer("c.example.net", DnsType::mx, 300, mx_content(10, "mx.example.net"))
               .answer("b.example.net", DnsType::cname, 101, wire_name("c.example.net"))
               .answer("example.org", DnsType::cname, 200, wire_name("B.example.net")));

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.records == std::vector<MxRecord>{{10, "mx.example.net"}});
  CHECK(answer.ttl == seconds{101});
}

TEST_CASE("records of other names are not the answer", "[dns][wire]") {
  const MxAnswer answer =
      read(mx_message().answer("example.net", DnsType::mx, 300, mx_content(10, "mx.example.net")));

  CHECK(answer.status == DnsStatus::no_data);
  CHECK(answer.records.empty());
}

TEST_CASE("a CNAME loop is a failure, not a domain without mail", "[dns][wire]") {
  const DnsMessage loop = mx_message()
                              .answer("example.org", DnsType::cname, 60, wire_name("example.net"))
                              .answer("example.net", DnsType::cname, 60, wire_name("example.org"));
  DnsMessage long_chain = mx_message().answer(domain, DnsType::cname, 60, wire_name("0.example"));
  for (int i = 0; i < 40; ++i) {
    long_chain.answer(std::to_string(i) + ".example",
                      DnsType::cname,
                      60,
                      wire_name(std::to_string(i + 1) + ".example"));
  }

  CHECK(read(loop).status == DnsStatus::failed);
  CHECK(read(long_chain).status == DnsStatus::failed);
}

TEST_CASE("a denial is believed for the SOA's TTL or minimum, the lesser", "[dns][wire]") {
  const DnsMessage none = mx_message().authority("example.org", DnsType::soa, 300, soa_content(77));
  const DnsMessage unknown =
      mx_message().code(3).authority("org", DnsType::soa, 50, soa_content(77));

  CHECK(read(none).status == DnsStatus::no_data);
  CHECK(read(none).ttl == seconds{77});
  CHECK(read(unknown).status == DnsStatus::nxdomain);
  CHECK(read(unknown).ttl == seconds{50});
}

TEST_CASE("a denial at the end of a CNAME chain lasts no longer than the chain", "[dns][wire]") {
  const MxAnswer answer =
      read(mx_message()
               .answer("example.org", DnsType::cname, 33, wire_name("example.net"))
               .authority("example.net", DnsType::soa, 300, soa_content(77)));

  CHECK(answer.status == DnsStatus::no_data);
  CHECK(answer.ttl == seconds{33});
}

TEST_CASE("a denial without an SOA is not to be kept", "[dns][wire]") {
  CHECK(read(mx_message()).status == DnsStatus::no_data);
  CHECK(read(mx_message()).ttl == seconds{0});
  CHECK(read(mx_message().code(3)).ttl == seconds{0});
}

TEST_CASE("a server that only refers to others has not denied anything", "[dns][wire]") {
  const DnsMessage referral =
      mx_message().clear(0x0080).authority("org", DnsType::ns, 60, wire_name("ns.example.org"));
  const DnsMessage open_alias = mx_message().clear(0x0080).set(0x0400).answer(
      "example.org", DnsType::cname, 60, wire_name("example.net"));

  CHECK(read(referral).status == DnsStatus::failed);
  CHECK(read(open_alias).status == DnsStatus::failed);
  CHECK(read(mx_message().clear(0x0080)).status == DnsStatus::no_data);
}

TEST_CASE("a server's refusal to answer is a failure by its name", "[dns][wire]") {
  CHECK(read(mx_message().code(1)).error == "FORMERR");
  CHECK(read(mx_message().code(2)).error == "SERVFAIL");
  CHECK(read(mx_message().code(4)).error == "NOTIMP");
  CHECK(read(mx_message().code(5)).error == "REFUSED");
  CHECK(read(mx_message().code(9)).error == "response code 9");
  CHECK(read(mx_message().code(5)).status == DnsStatus::failed);
  CHECK(response_code(mx_message().code(5).octets()) == ResponseCode::refused);
  CHECK(response_code({}) == ResponseCode::server_failure);
}

TEST_CASE("a TTL with its highest bit set is none", "[dns][wire]") {
  const MxAnswer answer = read(mx_message().answer(
      "example.org", DnsType::mx, 0x8000'0001, mx_content(10, "mx.example.org")));

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.ttl == seconds{0});
}

TEST_CASE("an answer to another question says nothing", "[dns][wire]") {
  const DnsMessage other_type =
      DnsMessage(domain, DnsType::txt)
          .answer("example.org", DnsType::mx, 60, mx_content(10, "mx.example.org"));

  CHECK(read_mx_answer(mx_message().octets(), "example.net").status == DnsStatus::failed);
  CHECK(read(other_type).status == DnsStatus::failed);
  CHECK(read(mx_message().set(0x0200)).status == DnsStatus::failed);
  CHECK(read(mx_message().clear(0x8000)).status == DnsStatus::failed);
}

struct OddName {
  const char* what;
  DnsOctets wire;
  std::string text;
};

TEST_CASE("an exchange with octets that no host has is told apart from every host", "[dns][wire]") {
  const auto example = GENERATE(values<OddName>({
      {"a NUL", {3, 'x', 0, 'y', 3, 'o', 'r', 'g', 0}, "x\\000y.org"},
      {"a dot in a label", {6, 'm', 'x', '.', 'o', 'r', 'g', 0}, "mx\\046org"},
      {"a backslash", {2, '\\', 'x', 3, 'o', 'r', 'g', 0}, "\\092x.org"},
      {"a line break", {3, 'x', '\r', '\n', 3, 'o', 'r', 'g', 0}, "x\\013\\010.org"},
      {"an octet beyond ASCII", {2, 0xFF, 'x', 3, 'o', 'r', 'g', 0}, "\\255x.org"},
  }));
  CAPTURE(example.what);

  const MxAnswer answer =
      read(mx_message().answer("example.org", DnsType::mx, 60, joined({0, 10}, example.wire)));

  REQUIRE(answer.status == DnsStatus::ok);
  CHECK(answer.records == std::vector<MxRecord>{{10, example.text}});
}

struct Malformed {
  const char* what;
  DnsOctets content;  // of the MX record, which begins at octet 52
};

TEST_CASE("a malformed MX record makes the answer a failure", "[dns][wire]") {
  const auto example = GENERATE(values<Malformed>({
      {"nothing", {}},
      {"no exchange", {0, 10}},
      {"a name without its end", {0, 10, 2, 'm', 'x'}},
      {"a label beyond the record", {0, 10, 63, 'm', 'x', 0}},
      {"octets after the name", {0, 10, 2, 'm', 'x', 0, 0}},
      {"a pointer to itself", {0, 10, 0xC0, 54}},
      {"a pointer forwards", {0, 10, 0xC0, 56, 0, 0, 0}},
      {"a pointer beyond the message", {0, 10, 0xFF, 0xFF}},
      {"half a pointer", {0, 10, 0xC0}},
      {"a name that leads back into itself", {0, 10, 2, 'm', 'x', 0xC0, 54}},
      {"an unknown label type", {0, 10, 0x41, 'm', 0}},
      {"a name of more than 255 octets", joined({0, 10}, wire_name([] {
                                                  std::string name = "x";
                                                  while (name.size() < 260) name += ".x";
                                                  return name;
                                                }()))},
  }));
  CAPTURE(example.what);

  const MxAnswer answer =
      read(mx_message().answer("example.org", DnsType::mx, 60, example.content));

  CHECK(answer.status == DnsStatus::failed);
  CHECK(answer.records.empty());
  CHECK_FALSE(answer.error.empty());
}

TEST_CASE("an answer that is cut off anywhere is a failure", "[dns][wire]") {
  const DnsOctets whole =
      mx_message()
          .answer("example.org", DnsType::cname, 60, wire_name("example.net"))
          .answer("example.net", DnsType::mx, 60, mx_content(10, "mx.example.org"))
          .authority("example.net", DnsType::soa, 300, soa_content(77))
          .octets();
  REQUIRE(read_mx_answer(whole, domain).status == DnsStatus::ok);

  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const DnsOctets part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(read_mx_answer(part, domain).status == DnsStatus::failed);
  }
}

TEST_CASE("any octets are read without harm", "[dns][wire]") {
  const DnsOctets whole =
      mx_message()
          .answer("example.org", DnsType::cname, 60, {0xC0, 12})
          .answer("example.org", DnsType::mx, 60, {0, 10, 2, 'm', 'x', 0xC0, 12})
          .authority("example.net", DnsType::soa, 300, soa_content(77))
          .octets();
  std::mt19937 random(11);

  for (int i = 0; i < 20'000; ++i) {
    DnsOctets octets = whole;
    for (int changes = 0; changes < 3; ++changes) {
      octets[random() % octets.size()] = static_cast<std::uint8_t>(random());
    }
    octets.resize(random() % 8 == 0 ? random() % octets.size() : octets.size());
    octets.shrink_to_fit();

    const MxAnswer answer = read_mx_answer(octets, domain);
    const AddressAnswer addresses = read_address_answer(octets, domain, IpAddress::Family::v4);

    REQUIRE((answer.status == DnsStatus::ok) == !answer.records.empty());
    REQUIRE((addresses.status == DnsStatus::ok) == !addresses.addresses.empty());
  }
}

TEST_CASE("addresses are read along the CNAME chain, each once, at most five", "[dns][wire]") {
  DnsMessage message =
      DnsMessage("mx.example.org", DnsType::a)
          .answer("mx.example.org", DnsType::cname, 44, wire_name("host.example.org"));
  for (const char* last : {"1", "1", "2", "3", "4", "5", "6"}) {
    message.answer(
        "host.example.org", DnsType::a, 60, address_content(std::string("192.0.2.") + last));
  }

  const AddressAnswer answer =
      read_address_answer(message.octets(), "mx.example.org", IpAddress::Family::v4);

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.ttl == seconds{44});
  REQUIRE(answer.addresses.size() == 5);
  CHECK(answer.addresses[1].to_string() == "192.0.2.2");
}

TEST_CASE("an AAAA record has sixteen octets and an A record four", "[dns][wire]") {
  const auto read_aaaa = [](const DnsOctets& content) {
    return read_address_answer(DnsMessage("mx.example.org", DnsType::aaaa)
                                   .answer("mx.example.org", DnsType::aaaa, 33, content)
                                   .octets(),
                               "mx.example.org",
                               IpAddress::Family::v6);
  };

  CHECK(read_aaaa(address_content("2001:db8::1")).addresses.at(0).to_string() == "2001:db8::1");
  CHECK(read_aaaa(address_content("192.0.2.1")).status == DnsStatus::failed);
  CHECK(read_aaaa({}).status == DnsStatus::failed);
}

TEST_CASE("the strings of a TXT record are put together", "[dns][wire]") {
  DnsMessage message("example.org", DnsType::txt);
  message.answer("example.org", DnsType::txt, 300, {3, 'o', 'n', 'e', 4, ' ', 't', 'w', 'o'});
  message.answer("example.org", DnsType::txt, 200, {0});

  const TextAnswer answer = read_text_answer(message.octets(), "Example.org");

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.texts == std::vector<std::string>{"one two", ""});
  CHECK(answer.ttl == std::chrono::seconds{200});
}

TEST_CASE("a TXT record whose strings do not fit is malformed", "[dns][wire]") {
  const auto content = GENERATE(values<DnsOctets>({{}, {1}, {3, 'o', 'n'}, {1, 'o', 200}}));
  DnsMessage message("example.org", DnsType::txt);
  message.answer("example.org", DnsType::txt, 300, content);

  const TextAnswer answer = read_text_answer(message.octets(), "example.org");

  CHECK(answer.status == DnsStatus::failed);
  CHECK(answer.texts.empty());
  CHECK(answer.error == "a malformed TXT record");
}

TEST_CASE("a PTR record's name is read as an exchange is", "[dns][wire]") {
  const std::string name = "1.2.0.192.in-addr.arpa";
  DnsMessage message(name, DnsType::ptr);
  message.answer(name, DnsType::cname, 300, wire_name("1.0-25.2.0.192.in-addr.arpa"));
  message.answer("1.0-25.2.0.192.in-addr.arpa", DnsType::ptr, 100, wire_name("MX.example.org"));

  const PointerAnswer answer = read_pointer_answer(message.octets(), name);

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.names == std::vector<std::string>{"mx.example.org"});
  CHECK(answer.ttl == std::chrono::seconds{100});
}

TEST_CASE("a PTR record that is no name is malformed", "[dns][wire]") {
  DnsMessage message("1.2.0.192.in-addr.arpa", DnsType::ptr);
  message.answer("1.2.0.192.in-addr.arpa", DnsType::ptr, 300, {5, 'o', 'n'});

  const PointerAnswer answer = read_pointer_answer(message.octets(), "1.2.0.192.in-addr.arpa");

  CHECK(answer.status == DnsStatus::failed);
  CHECK(answer.error == "a malformed PTR record");
}

}  // namespace
}  // namespace leadverify
