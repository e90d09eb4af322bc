#include "doctor/judgements.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

// For all that is no session: standard streams, files, DNS sockets.
constexpr std::uint64_t beside_sessions = 64;

constexpr Duration slow_answer = 500ms;
constexpr Duration clock_jump = 2s;

Check ok(std::string name, std::string subject, std::string found) {
  return {.name = std::move(name),
          .subject = std::move(subject),
          .health = Health::ok,
          .found = std::move(found),
          .advice = {}};
}

struct Remark {
  std::string found;
  std::string advice;
};

Check remark(Health health, std::string name, std::string subject, Remark remark) {
  return {.name = std::move(name),
          .subject = std::move(subject),
          .health = health,
          .found = std::move(remark.found),
          .advice = std::move(remark.advice)};
}

std::string milliseconds_of(Duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) +
         " ms";
}

template <class Items, class Text>
std::string join(const Items& items, Text text) {
  std::string joined;
  for (const auto& item : items) joined += (joined.empty() ? "" : ", ") + text(item);
  return joined;
}

std::string list_of(const std::vector<IpAddress>& addresses) {
  return join(addresses, [](const IpAddress& address) { return address.to_string(); });
}

std::string list_of(const std::vector<std::string>& names) {
  return join(names, [](const std::string& name) { return name; });
}

std::string date_of(std::chrono::system_clock::time_point time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  const auto two = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(day.year())) + "-" +
         two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day()));
}

/// "mx.example.org (192.0.2.1)"
std::string place_of(const Attempt& attempt) {
  const std::string address = attempt.address.to_string();
  return attempt.host == address ? address : attempt.host + " (" + address + ")";
}

bool was_connected(const Attempt& attempt) {
  return !attempt.failure || attempt.failure->stage != Stage::connect;
}

std::string words_of(const SessionFailure& failure) {
  if (!failure.reply) return failure.what;
  return failure.what + ": " + std::to_string(failure.reply->code) + " " + failure.reply->text;
}

}  // namespace

Check judge_unknown(std::string name, std::string subject, std::string why) {
  return remark(Health::unknown, std::move(name), std::move(subject), {std::move(why), {}});
}

Check judge_open_files(std::optional<std::uint64_t> limit, int sessions) {
  const std::uint64_t wanted = static_cast<std::uint64_t>(sessions) + beside_sessions;
  const std::string want = std::to_string(sessions) + " sessions want " + std::to_string(wanted);
  if (!limit) return ok("open_files", {}, want + " open files, and there is no limit");
  const std::string found = want + " open files, and the limit is " + std::to_string(*limit);
  if (wanted <= *limit) return ok("open_files", {}, found);
  return remark(Health::failure,
                "open_files",
                {},
                {found, "The run would not begin: raise ulimit -n, or lower --max-connections"});
}

Check judge_clock(const ClockReadings& readings) {
  const std::string today = date_of(readings.begun);
  if (readings.begun < readings.built) {
    return remark(Health::failure,
                  "clock",
                  {},
                  {"this host's clock says " + today + ", and this program was built on " +
                       date_of(readings.built),
                   "The records' times would be wrong, and certificates not valid yet: set the "
                   "clock, and keep it by NTP"});
  }
  const Duration by_clock = readings.ended - readings.begun;
  const Duration jump = by_clock - readings.elapsed;
  if (jump > clock_jump || jump < -clock_jump) {
    return remark(Health::warning,
                  "clock",
                  {},
                  {"this host's clock was set while it was looked at, by " +
                       milliseconds_of(std::chrono::abs(jump)),
                   "The records' times may jump: see whether NTP runs. Waits are not concerned"});
  }
  return ok("clock", {}, "it is " + today + ", and the clock is steady");
}

Check judge_resolver(const std::string& server, const MxAnswer& answer, Duration took) {
  if (answer.status == DnsStatus::failed) {
    return remark(Health::failure,
                  "resolver",
                  server,
                  {answer.error,
                   "Every domain that is asked there would be dns_error or late: see whether it "
                   "runs and serves this host, or name another with --resolver"});
  }
  const std::string found = "answers in " + milliseconds_of(took);
  if (took < slow_answer) return ok("resolver", server, found);
  return remark(
      Health::warning,
      "resolver",
      server,
      {found, "Long lists ask many questions: use a resolver near this host (--resolver)"});
}

Check judge_mail_port(const std::vector<Attempt>& attempts,
                      std::uint16_t port,
                      const std::string& why_none) {
  const std::string subject = std::to_string(port);
  if (attempts.empty()) return judge_unknown("mail_port", subject, why_none);
  const auto connected = std::ranges::find_if(attempts, was_connected);
  if (connected == attempts.end()) {
    const auto failed = [](const Attempt& attempt) {
      return place_of(attempt) + ": " + attempt.failure->what;
    };
    return remark(Health::failure,
                  "mail_port",
                  subject,
                  {"no mail server could be connected to; " + join(attempts, failed),
                   "Most likely the network closes port " + subject +
                       " towards the internet, as many clouds and most home connections do: ask "
                       "its owner to open it, or run leadverify elsewhere. If only one server was "
                       "tried, try another with --probe-host"});
  }
  if (!connected->failure) {
    return ok("mail_port", subject, place_of(*connected) + " greets this host");
  }
  return remark(Health::warning,
                "mail_port",
                subject,
                {place_of(*connected) +
                     " can be reached, and ends the session: " + words_of(*connected->failure),
                 "The port is open. If the reply is about this host's address or name, see the "
                 "checks below; leadverify --explain tells what a reply means"});
}

Check judge_ipv6(const std::optional<IpAddress>& source,
                 const std::optional<Attempt>& attempt,
                 const Reach& reach) {
  if (!source) {
    return ok("ipv6", {}, "this host has no route for IPv6; servers are asked over IPv4");
  }
  if (!attempt && !reach.permits(*source)) {
    return remark(
        Health::warning,
        "ipv6",
        {},
        {"this host has a route, and would use " + source->to_string() + ", which is not public",
         "IPv6 is likely to lead nowhere here, and each attempt costs a "
         "--connect-timeout: choose --ip 4"});
  }
  if (!attempt) {
    return ok("ipv6",
              {},
              "this host has a route, and would use " + source->to_string() +
                  "; no mail server with an IPv6 address was at hand to try");
  }
  if (was_connected(*attempt)) return ok("ipv6", {}, place_of(*attempt) + " can be reached");
  return remark(Health::warning,
                "ipv6",
                {},
                {"this host has a route, and " + place_of(*attempt) +
                     " could not be reached: " + attempt->failure->what,
                 "Each attempt costs a --connect-timeout: choose --ip 4 if IPv6 does not work "
                 "here"});
}

Check judge_address(const std::optional<IpAddress>& source, const Reach& reach) {
  if (!source) {
    return remark(Health::failure,
                  "address",
                  {},
                  {"this host has no route to the internet",
                   "No mail server can be reached: see to the network first"});
  }
  const std::string address = source->to_string();
  if (reach.permits(*source)) return ok("address", address, "mail servers see this address");
  return remark(Health::warning,
                "address",
                address,
                {"this address is not public: mail servers see another one, a router's",
                 "Reverse DNS, SPF and blocklists of the address that they see can't be looked up "
                 "from here. Verify from a host with a public address of its own"});
}

Check judge_helo_name(const std::optional<std::string>& name,
                      const AddressAnswer& addresses,
                      const std::optional<IpAddress>& own) {
  if (!name || name->starts_with('[')) {
    return remark(Health::warning,
                  "helo_name",
                  name.value_or(""),
                  {"EHLO says an address literal, since this host has no full name",
                   "Many servers refuse that: give this host's name with --helo"});
  }
  switch (addresses.status) {
    case DnsStatus::failed: return judge_unknown("helo_name", *name, addresses.error);
    case DnsStatus::nxdomain:
    case DnsStatus::no_data:
      return remark(Health::failure,
                    "helo_name",
                    *name,
                    {"this name has no address in the DNS",
                     "Many servers refuse such a name: give it an address record that leads to "
                     "this host, or name another with --helo"});
    case DnsStatus::ok: break;
  }
  const std::string found = "it leads to " + list_of(addresses.addresses);
  if (!own) return judge_unknown("helo_name", *name, found + "; whether that is this host is open");
  if (std::ranges::find(addresses.addresses, *own) != addresses.addresses.end()) {
    return ok("helo_name", *name, found + ", which is this host");
  }
  return remark(Health::failure,
                "helo_name",
                *name,
                {found + ", and this host is " + own->to_string(),
                 "It looks as if another host's name was borrowed: let it lead here, or name "
                 "another with --helo"});
}

Check judge_reverse_dns(const IpAddress& own, const ReverseDns& reverse) {
  const std::string subject = own.to_string();
  switch (reverse.pointers.status) {
    case DnsStatus::failed: return judge_unknown("reverse_dns", subject, reverse.pointers.error);
    case DnsStatus::nxdomain:
    case DnsStatus::no_data:
      return remark(Health::failure,
                    "reverse_dns",
                    subject,
                    {"this address has no PTR record",
                     "Many servers refuse hosts without one: let the address's owner, your "
                     "provider, set it to the EHLO name"});
    case DnsStatus::ok: break;
  }
  const std::string names = list_of(reverse.pointers.names);
  if (reverse.confirmed) {
    return ok("reverse_dns", subject, "it is " + *reverse.confirmed + ", which leads back");
  }
  return remark(Health::failure,
                "reverse_dns",
                subject,
                {"it is " + names + ", which does not lead back to it",
                 "To many servers that is as bad as no PTR record: give that name an address "
                 "record with this address, or let the PTR record name the EHLO name"});
}

Check judge_sender_domain(const std::string& domain, const MailRoute& route, bool has_address) {
  const auto failed = [&](std::string found) {
    return remark(Health::failure,
                  "sender_domain",
                  domain,
                  {std::move(found),
                   "Servers refuse senders whose domain takes no mail: use an address of a domain "
                   "that does (--mail-from, --fallback-mail-from)"});
  };
  switch (route.kind) {
    case MailRoute::Kind::exchanges:
      return ok("sender_domain", domain, "its mail goes to " + route.exchanges.front());
    case MailRoute::Kind::implicit:
      if (!has_address) return failed("it has neither an MX record nor an address");
      return remark(Health::warning,
                    "sender_domain",
                    domain,
                    {"it has no MX record, only an address",
                     "Some servers want an MX record of a sender's domain: add one"});
    case MailRoute::Kind::null_mx: return failed("it declares that it takes no mail (null MX)");
    case MailRoute::Kind::domain_unknown: return failed("there is no such domain");
    case MailRoute::Kind::no_exchange: return failed("its MX records name no host");
    case MailRoute::Kind::unknown: break;
  }
  return judge_unknown("sender_domain", domain, route.error);
}

Check judge_spf(const std::string& domain, const IpAddress& own, const SpfVerdict& verdict) {
  const std::string because = verdict.because.empty() ? "" : " (" + verdict.because + ")";
  const std::string found =
      "for " + own.to_string() + " it says " + std::string(to_string(verdict.result)) + because;
  const std::string add_it = "add " + std::string(own.is_v4() ? "ip4:" : "ip6:") + own.to_string() +
                             " to the SPF record of " + domain;
  switch (verdict.result) {
    case SpfResult::pass: return ok("spf", domain, found);
    case SpfResult::none:
      return remark(Health::warning,
                    "spf",
                    domain,
                    {verdict.because,
                     "Some servers trust senders without SPF less: publish the TXT record "
                     "\"v=spf1 " +
                         std::string(own.is_v4() ? "ip4:" : "ip6:") + own.to_string() + " -all\""});
    case SpfResult::fail:
      return remark(Health::failure,
                    "spf",
                    domain,
                    {found, "Servers that check SPF refuse this host as a forger: " + add_it});
    case SpfResult::softfail:
    case SpfResult::neutral:
      return remark(Health::warning,
                    "spf",
                    domain,
                    {found, "Servers that check SPF hold this against this host: " + add_it});
    case SpfResult::permerror:
      return remark(Health::failure,
                    "spf",
                    domain,
                    {found, "The record is wrong, and some servers refuse for that: mend it"});
    case SpfResult::temperror: break;
    case SpfResult::undecided:
      return judge_unknown("spf", domain, found + ": exists, ptr and macros are not followed here");
  }
  return judge_unknown("spf", domain, found);
}

bool is_listed(const AddressAnswer& answer) {
  const IpNetwork codes(*IpAddress::parse("127.0.0.0"), 8);
  return answer.status == DnsStatus::ok &&
         std::ranges::all_of(answer.addresses,
                             [&](const IpAddress& code) { return codes.contains(code); });
}

Check judge_blocklist(const std::string& zone, const IpAddress& own, const Listing& listing) {
  // A code of a list's own for "you may not ask", as Spamhaus gives to public resolvers.
  const IpNetwork refusals(*IpAddress::parse("127.255.255.0"), 24);
  const auto refuses = [&](const AddressAnswer& answer) {
    return std::ranges::any_of(answer.addresses,
                               [&](const IpAddress& code) { return refusals.contains(code); });
  };
  const std::string subject = zone;
  if (!is_listed(listing.test) || refuses(listing.test) || refuses(listing.own)) {
    return judge_unknown(
        "blocklist",
        subject,
        "it does not answer this resolver: its test entry is not there. Many lists "
        "refuse public resolvers and large users");
  }
  const std::string address = own.to_string();
  if (listing.own.status == DnsStatus::failed) {
    return judge_unknown("blocklist", subject, listing.own.error);
  }
  if (!is_listed(listing.own)) return ok("blocklist", subject, "does not list " + address);
  const std::string reason = listing.reason.empty() ? "" : ": " + listing.reason;
  return remark(Health::failure,
                "blocklist",
                subject,
                {"lists " + address + " (" + list_of(listing.own.addresses) + ")" + reason,
                 "Servers that use this list refuse this host: find the cause, and ask the list to "
                 "take the address off, or verify from another one"});
}

}  // namespace leadverify
