#include "world/directives.hpp"

#include "world/acts.hpp"
#include "world/series.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

namespace leadverify::world {
namespace {

/// "192.0.2.1", or "192.0.2.1+7": seven addresses further on.
std::optional<IpAddress> read_address(std::string_view text) {
  const auto plus = text.find('+');
  const auto base = IpAddress::parse(text.substr(0, plus));
  if (plus == text.npos || !base) return base;
  const auto steps = read_number(text.substr(plus + 1));
  if (!steps || !base->is_v4()) return std::nullopt;
  std::uint32_t bits = 0;
  for (const std::uint8_t octet : base->octets()) bits = bits << 8 | octet;
  bits += *steps;
  const std::array<std::uint8_t, 4> octets = {static_cast<std::uint8_t>(bits >> 24),
                                              static_cast<std::uint8_t>(bits >> 16),
                                              static_cast<std::uint8_t>(bits >> 8),
                                              static_cast<std::uint8_t>(bits)};
  return IpAddress::v4(octets);
}

Complaint read_time(Words words, Duration& time) {
  const auto duration = read_duration(words.rest());
  if (!duration) return quoted(words.rest()) + " is no duration such as 200ms, 45s or 5m";
  time = *duration;
  return std::nullopt;
}

Complaint read_ttl(Words words, std::chrono::seconds& ttl) {
  if (const auto number = read_number(words.rest())) {
    ttl = std::chrono::seconds(*number);
    return std::nullopt;
  }
  Duration time{0};
  if (const auto complaint = read_time(words, time)) return complaint;
  ttl = std::chrono::duration_cast<std::chrono::seconds>(time);
  return std::nullopt;
}

Complaint read_count(Words words, std::optional<std::size_t>& count) {
  const auto number = read_number(words.rest());
  if (!number) return quoted(words.rest()) + " is no count";
  count = *number;
  return std::nullopt;
}

Complaint read_reply(Words words, std::string& reply) {
  if (!is_reply_line(words.rest())) return quoted(words.rest()) + " is no reply";
  reply = words.rest();
  return std::nullopt;
}

Complaint read_mx(Words words, std::vector<MxRecord>& records) {
  const std::string_view word = words.take();
  const auto preference = read_number(word);
  if (!preference || *preference > 65535) return quoted(word) + " is no MX preference";
  if (words.empty()) return "an MX record names an exchange, or '.' for none";
  const std::string exchange = without_dot(words.rest());
  const auto series = find_series(exchange);
  const std::uint32_t first = series ? series->first : 0;
  const std::uint32_t last = series ? series->last : 0;
  for (std::uint32_t number = first; number <= last; ++number) {
    records.push_back({static_cast<std::uint16_t>(*preference), with_number(exchange, number)});
  }
  return std::nullopt;
}

std::optional<std::uint16_t> read_type(std::string_view word) {
  if (word == "a") return std::uint16_t{1};
  if (word == "mx") return std::uint16_t{15};
  if (word == "aaaa") return std::uint16_t{28};
  return std::nullopt;
}

/// The words behind `dns`: "servfail", "silent mx first=2", "latency 50ms".
Complaint read_manner(Words words, Name& name) {
  using Kind = DnsManner::Kind;
  static const std::map<std::string_view, Kind> kinds = {{"nxdomain", Kind::nxdomain},
                                                         {"servfail", Kind::servfail},
                                                         {"refused", Kind::refused},
                                                         {"formerr", Kind::formerr},
                                                         {"silent", Kind::silent},
                                                         {"truncated", Kind::truncated},
                                                         {"garbage", Kind::garbage}};
  const std::string_view word = words.take();
  if (word == "latency") return read_time(words, name.latency);
  const auto kind = kinds.find(word);
  if (kind == kinds.end()) return "the DNS cannot be " + quoted(word);
  DnsManner manner{.kind = kind->second, .type = std::nullopt, .first = 0};
  while (!words.empty()) {
    const std::string_view limit = words.take();
    if (limit.starts_with("first=")) {
      const auto number = read_number(limit.substr(6));
      if (!number || *number == 0) return quoted(limit) + " is no count";
      manner.first = *number;
      continue;
    }
    manner.type = read_type(limit);
    if (!manner.type) return quoted(limit) + " is neither a, aaaa, mx nor first=N";
  }
  name.manners.push_back(manner);
  return std::nullopt;
}

using Directive = std::function<Complaint(Words, const Subject&)>;
using Directives = std::map<std::string_view, Directive>;

Complaint read_users(Words words, const Subject& subject) {
  std::vector<std::string> users;
  if (words.rest() != "none") {
    while (!words.empty()) users.emplace_back(words.take());
  }
  subject.household().users = std::move(users);
  return std::nullopt;
}

Complaint read_greylist(Words words, const Subject& subject) {
  Greylist greylist;
  greylist.reply = "450 4.2.0 <{recipient}>: Recipient address rejected: Greylisted";
  if (const auto complaint = read_time(Words(words.take()), greylist.delay)) return complaint;
  if (!words.empty()) {
    if (const auto complaint = read_reply(words, greylist.reply)) return complaint;
  }
  subject.household().greylist = std::move(greylist);
  return std::nullopt;
}

Complaint read_on(std::string_view text, const Subject& subject) {
  auto rule = read_rule(text);
  if (!rule) return rule.error();
  if (rule->event == Event::rcpt) {
    subject.household().rules.push_back(*std::move(rule));
    return std::nullopt;
  }
  if (!subject.server) return "a domain has rules for rcpt alone; the others are a server's";
  subject.server->rules.push_back(*std::move(rule));
  return std::nullopt;
}

Complaint read_slow(Words words, Server& server) {
  const std::string_view word = words.take();
  const auto event = read_event(word);
  if (!event) return "there is no event " + quoted(word);
  Duration time{0};
  if (const auto complaint = read_time(words, time)) return complaint;
  server.slow.emplace_back(*event, time);
  return std::nullopt;
}

Complaint read_errors(Words words, Server& server) {
  if (const auto complaint = read_count(Words(words.take()), server.soft_errors)) return complaint;
  return read_count(words, server.hard_errors);
}

Complaint read_offers(Words words, Server& server) {
  server.offers.clear();
  std::string_view rest = words.rest() == "nothing" ? std::string_view{} : words.rest();
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    server.offers.emplace_back(Words(rest.substr(0, comma)).rest());
    rest = comma == rest.npos ? std::string_view{} : rest.substr(comma + 1);
  }
  return std::nullopt;
}

Complaint read_tls(Words words, Server& server) {
  using Tls = Server::Tls;
  static const std::map<std::string_view, Tls> kinds = {{"off", Tls::off},
                                                        {"on", Tls::on},
                                                        {"required", Tls::required},
                                                        {"refused", Tls::refused},
                                                        {"broken", Tls::broken},
                                                        {"inject", Tls::inject}};
  const auto kind = kinds.find(words.rest());
  if (kind == kinds.end()) return "STARTTLS cannot be " + quoted(words.rest());
  server.tls = kind->second;
  return std::nullopt;
}

const Directives& directives_of_names() {
  static const Directives directives = {
      {"mx", [](Words words, const Subject& s) { return read_mx(words, s.name.mx); }},
      {"a", [](Words words, const Subject& s) { return read_addresses(words, s.name.addresses); }},
      {"cname",
       [](Words words, const Subject& s) -> Complaint {
         s.name.cname = without_dot(words.rest());
         return std::nullopt;
       }},
      {"ttl", [](Words words, const Subject& s) { return read_ttl(words, s.name.ttl); }},
      {"negative-ttl",
       [](Words words, const Subject& s) { return read_ttl(words, s.name.negative_ttl); }},
      {"dns", [](Words words, const Subject& s) { return read_manner(words, s.name); }},
      {"users", read_users},
      {"greylist", read_greylist},
      {"on", [](Words words, const Subject& s) { return read_on(words.rest(), s); }},
  };
  return directives;
}

const Directives& directives_of_servers() {
  static const Directives directives = {
      {"latency",
       [](Words words, const Subject& s) { return read_time(words, s.server->latency); }},
      {"slow", [](Words words, const Subject& s) { return read_slow(words, *s.server); }},
      {"banner",
       [](Words words, const Subject& s) {
         return read_on("connect " + std::string(words.rest()), s);
       }},
      {"offers", [](Words words, const Subject& s) { return read_offers(words, *s.server); }},
      {"starttls", [](Words words, const Subject& s) { return read_tls(words, *s.server); }},
      {"no-pipelining",
       [](Words, const Subject& s) -> Complaint {
         std::erase(s.server->offers, "PIPELINING");
         return std::nullopt;
       }},
      {"serves",
       [](Words words, const Subject& s) -> Complaint {
         while (!words.empty()) s.server->serves.emplace_back(words.take());
         return std::nullopt;
       }},
      {"max-rcpt",
       [](Words words, const Subject& s) { return read_count(words, s.server->most_recipients); }},
      {"max-sessions",
       [](Words words, const Subject& s) { return read_count(words, s.server->most_sessions); }},
      {"errors", [](Words words, const Subject& s) { return read_errors(words, *s.server); }},
      {"accepted",
       [](Words words, const Subject& s) { return read_reply(words, s.server->accepted_reply); }},
      {"unknown",
       [](Words words, const Subject& s) { return read_reply(words, s.server->unknown_reply); }},
      {"relay",
       [](Words words, const Subject& s) { return read_reply(words, s.server->relay_reply); }},
  };
  return directives;
}

}  // namespace

Complaint follow_directive(std::string_view line, const Subject& subject) {
  Words words(line);
  const std::string_view word = words.take();
  const Directives& of_names = directives_of_names();
  if (const auto found = of_names.find(word); found != of_names.end()) {
    return found->second(words, subject);
  }
  const Directives& of_servers = directives_of_servers();
  const auto found = of_servers.find(word);
  if (found == of_servers.end()) return "there is no directive " + quoted(word);
  if (!subject.server) return quoted(word) + " belongs to a server";
  return found->second(words, subject);
}

Complaint read_addresses(Words words, std::vector<IpAddress>& addresses) {
  if (words.empty()) return "an IP address is missing";
  while (!words.empty()) {
    const std::string_view word = words.take();
    const auto address = read_address(word);
    if (!address) return quoted(word) + " is no IP address";
    addresses.push_back(*address);
  }
  return std::nullopt;
}

std::string without_dot(std::string_view name) {
  std::string lower = lower_case(name);
  if (lower.ends_with('.') && !lower.ends_with("\\.")) lower.pop_back();
  return lower;
}

std::string quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

}  // namespace leadverify::world
