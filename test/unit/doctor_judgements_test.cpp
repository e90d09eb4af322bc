#include "doctor/judgements.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

const IpAddress own = ip("192.0.2.7");

AddressAnswer found(const std::vector<std::string>& addresses) {
  AddressAnswer answer;
  answer.status = DnsStatus::ok;
  for (const std::string& address : addresses) answer.addresses.push_back(ip(address));
  return answer;
}

template <class Answer>
Answer nothing(DnsStatus status) {
  Answer answer;
  answer.status = status;
  answer.error = status == DnsStatus::failed ? "SERVFAIL from 192.0.2.53:53" : "";
  return answer;
}

/// What everything but `ok` has to say.
void check_advice(const Check& check) {
  CAPTURE(check.name, check.found);
  CHECK_FALSE(check.found.empty());
  const bool wants_advice = check.health == Health::warning || check.health == Health::failure;
  CHECK(check.advice.empty() != wants_advice);
}

TEST_CASE("there must be descriptors for the sessions and what is beside them", "[doctor]") {
  CHECK(judge_open_files(1024, 50).health == Health::ok);
  CHECK(judge_open_files(114, 50).health == Health::ok);
  CHECK(judge_open_files(113, 50).health == Health::failure);
  CHECK(judge_open_files(std::nullopt, 1'000'000).health == Health::ok);
  check_advice(judge_open_files(113, 50));
}

TEST_CASE("a clock before the day of the build, or one that jumps, is told", "[doctor]") {
  const auto built = std::chrono::system_clock::time_point(1'700'000'000s);
  const auto now = built + 48h;

  CHECK(judge_clock({now, now + 5s, 5s, built}).health == Health::ok);
  CHECK(judge_clock({built - 1s, built, 1s, built}).health == Health::failure);
  CHECK(judge_clock({now, now + 60s, 5s, built}).health == Health::warning);
  CHECK(judge_clock({now, now - 60s, 5s, built}).health == Health::warning);
  CHECK(judge_clock({built - 1s, built, 1s, built}).found ==
        "this host's clock says 2023-11-14, and this program was built on 2023-11-14");
  check_advice(judge_clock({now, now + 60s, 5s, built}));
}

TEST_CASE("a resolver that answers is well, whatever it says of the name", "[doctor]") {
  const std::string server = "192.0.2.53:53";
  for (const DnsStatus status : {DnsStatus::ok, DnsStatus::no_data, DnsStatus::nxdomain}) {
    CHECK(judge_resolver(server, nothing<MxAnswer>(status), 12ms).health == Health::ok);
  }
  CHECK(judge_resolver(server, nothing<MxAnswer>(DnsStatus::ok), 12ms).found == "answers in 12 ms");
  CHECK(judge_resolver(server, nothing<MxAnswer>(DnsStatus::ok), 700ms).health == Health::warning);
  CHECK(judge_resolver(server, nothing<MxAnswer>(DnsStatus::failed), 8s).health == Health::failure);
}

SessionFailure failure_at(Stage stage, std::optional<Reply> reply = std::nullopt) {
  return {.kind = SessionFailure::Kind::timed_out,
          .stage = stage,
          .reply = std::move(reply),
          .what = "a deadline passed"};
}

TEST_CASE("the port is open once one server can be connected to", "[doctor]") {
  const Attempt closed{"mx1.test", ip("192.0.2.25"), failure_at(Stage::connect)};
  const Attempt open{"mx2.test", ip("192.0.2.26"), std::nullopt};
  const Attempt unfriendly{
      "mx3.test", ip("192.0.2.27"), failure_at(Stage::banner, Reply{554, {}, "No"})};

  CHECK(judge_mail_port({}, 25, "nobody").health == Health::unknown);
  CHECK(judge_mail_port({}, 25, "nobody").found == "nobody");
  CHECK(judge_mail_port({closed, open}, 25, "").health == Health::ok);
  CHECK(judge_mail_port({closed, open}, 25, "").found == "mx2.test (192.0.2.26) greets this host");
  CHECK(judge_mail_port({closed, closed}, 25, "").health == Health::failure);
  CHECK(judge_mail_port({closed, unfriendly}, 25, "").health == Health::warning);
  CHECK(judge_mail_port({closed, unfriendly}, 25, "").found ==
        "mx3.test (192.0.2.27) can be reached, and ends the session: a deadline passed: 554 No");
  check_advice(judge_mail_port({closed}, 25, ""));
}

TEST_CASE("IPv6 that leads nowhere is a warning, and none at all is well", "[doctor]") {
  const Reach reach({});
  const Attempt closed{"mx.test", ip("2001:db8::25"), failure_at(Stage::connect)};
  const Attempt open{"mx.test", ip("2001:db8::25"), std::nullopt};
  const IpAddress source = ip("2606:4700::7");

  CHECK(judge_ipv6(std::nullopt, std::nullopt, reach).health == Health::ok);
  CHECK(judge_ipv6(source, std::nullopt, reach).health == Health::ok);
  CHECK(judge_ipv6(ip("fd00::7"), std::nullopt, reach).health == Health::warning);
  CHECK(judge_ipv6(source, open, reach).health == Health::ok);
  CHECK(judge_ipv6(source, closed, reach).health == Health::warning);
}

TEST_CASE("an address that servers can't see is a warning", "[doctor]") {
  const Reach reach({*IpNetwork::parse("127.0.0.0/8")});

  CHECK(judge_address(ip("198.41.0.4"), reach).health == Health::ok);
  CHECK(judge_address(ip("127.0.0.1"), reach).health == Health::ok);
  CHECK(judge_address(ip("10.0.0.1"), reach).health == Health::warning);
  CHECK(judge_address(std::nullopt, reach).health == Health::failure);
}

TEST_CASE("the EHLO name has to lead to this host", "[doctor]") {
  struct Example {
    std::optional<std::string> name;
    AddressAnswer addresses;
    std::optional<IpAddress> own;
    Health health;
  };
  const auto example = GENERATE_COPY(values<Example>({
      {"mx.test", found({"192.0.2.7"}), own, Health::ok},
      {"mx.test", found({"192.0.2.9", "192.0.2.7"}), own, Health::ok},
      {"mx.test", found({"192.0.2.9"}), own, Health::failure},
      {"mx.test", found({"192.0.2.9"}), std::nullopt, Health::unknown},
      {"mx.test", nothing<AddressAnswer>(DnsStatus::nxdomain), own, Health::failure},
      {"mx.test", nothing<AddressAnswer>(DnsStatus::no_data), std::nullopt, Health::failure},
      {"mx.test", nothing<AddressAnswer>(DnsStatus::failed), own, Health::unknown},
      {std::nullopt, {}, own, Health::warning},
      {"[192.0.2.7]", {}, own, Health::warning},
  }));

  const Check check = judge_helo_name(example.name, example.addresses, example.own);

  CHECK(check.health == example.health);
  check_advice(check);
}

TEST_CASE("the address has to have a name that leads back", "[doctor]") {
  PointerAnswer named;
  named.status = DnsStatus::ok;
  named.names = {"a.test", "mx.test"};

  CHECK(judge_reverse_dns(own, {named, "mx.test"}).health == Health::ok);
  CHECK(judge_reverse_dns(own, {named, std::nullopt}).health == Health::failure);
  CHECK(judge_reverse_dns(own, {named, std::nullopt}).found ==
        "it is a.test, mx.test, which does not lead back to it");
  CHECK(judge_reverse_dns(own, {nothing<PointerAnswer>(DnsStatus::nxdomain), {}}).health ==
        Health::failure);
  CHECK(judge_reverse_dns(own, {nothing<PointerAnswer>(DnsStatus::failed), {}}).health ==
        Health::unknown);
}

TEST_CASE("the sender's domain has to take mail", "[doctor]") {
  using Kind = MailRoute::Kind;
  struct Example {
    MailRoute route;
    bool has_address;
    Health health;
  };
  const auto example = GENERATE(values<Example>({
      {{Kind::exchanges, {"mx.test"}, {}}, false, Health::ok},
      {{Kind::implicit, {"d.test"}, {}}, true, Health::warning},
      {{Kind::implicit, {"d.test"}, {}}, false, Health::failure},
      {{Kind::null_mx, {}, "null"}, false, Health::failure},
      {{Kind::domain_unknown, {}, "none"}, false, Health::failure},
      {{Kind::no_exchange, {}, "odd"}, false, Health::failure},
      {{Kind::unknown, {}, "SERVFAIL"}, false, Health::unknown},
  }));

  const Check check = judge_sender_domain("d.test", example.route, example.has_address);

  CHECK(check.health == example.health);
  check_advice(check);
}

TEST_CASE("SPF has to let this host send", "[doctor]") {
  const auto health = [](SpfResult result) {
    const Check check = judge_spf("d.test", own, {result, "-all"});
    check_advice(check);
    return check.health;
  };

  CHECK(health(SpfResult::pass) == Health::ok);
  CHECK(health(SpfResult::none) == Health::warning);
  CHECK(health(SpfResult::neutral) == Health::warning);
  CHECK(health(SpfResult::softfail) == Health::warning);
  CHECK(health(SpfResult::fail) == Health::failure);
  CHECK(health(SpfResult::permerror) == Health::failure);
  CHECK(health(SpfResult::temperror) == Health::unknown);
  CHECK(health(SpfResult::undecided) == Health::unknown);
  CHECK(judge_spf("d.test", own, {SpfResult::fail, "-all"}).advice ==
        "Servers that check SPF refuse this host as a forger: add ip4:192.0.2.7 to the SPF record "
        "of d.test");
}

TEST_CASE("a blocklist is believed where its test entry is there", "[doctor]") {
  const auto absent = nothing<AddressAnswer>(DnsStatus::nxdomain);
  const auto test = found({"127.0.0.2"});
  struct Example {
    Listing listing;
    Health health;
  };
  const auto example = GENERATE_COPY(values<Example>({
      {{test, absent, ""}, Health::ok},
      {{test, nothing<AddressAnswer>(DnsStatus::no_data), ""}, Health::ok},
      {{test, found({"127.0.0.4"}), "see there"}, Health::failure},
      {{absent, absent, ""}, Health::unknown},
      {{absent, found({"127.0.0.4"}), ""}, Health::unknown},
      {{nothing<AddressAnswer>(DnsStatus::failed), absent, ""}, Health::unknown},
      {{test, nothing<AddressAnswer>(DnsStatus::failed), ""}, Health::unknown},
      {{found({"198.51.100.1"}), absent, ""}, Health::unknown},     // a parked domain
      {{found({"127.255.255.254"}), absent, ""}, Health::unknown},  // a public resolver
      {{test, found({"127.255.255.254"}), ""}, Health::unknown},
  }));

  const Check check = judge_blocklist("dnsbl.test", own, example.listing);

  CHECK(check.health == example.health);
  check_advice(check);
  if (check.health == Health::failure) {
    CHECK(check.found == "lists 192.0.2.7 (127.0.0.4): see there");
  }
}

}  // namespace
}  // namespace leadverify
