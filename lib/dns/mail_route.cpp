#include "dns/mail_route.hpp"

#include "base/host_name.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace leadverify {
namespace {

constexpr std::size_t most_exchanges = 10;
constexpr std::size_t most_named = 3;  // of the names that are no hosts, in a sentence

/// "127.0.0.1, foo, bar and 5 more"
std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  if (names.size() > most_named) {
    text += " and " + std::to_string(names.size() - most_named) + " more";
  }
  return text;
}

/// Best first; equal ones in an order of chance, so that the domain's load is spread.
void sort_for_delivery(std::vector<MxRecord>& records, std::mt19937_64& random) {
  std::ranges::shuffle(records, random);
  std::ranges::stable_sort(records, {}, &MxRecord::preference);
}

MailRoute without_exchange(MailRoute::Kind kind, std::string error) {
  return {.kind = kind, .exchanges = {}, .error = std::move(error)};
}

MailRoute implicit_route(const std::string& domain) {
  if (!is_host_name(domain)) {
    return without_exchange(MailRoute::Kind::no_exchange,
                            "no MX record, and " + domain + " cannot be a mail server's name");
  }
  return {.kind = MailRoute::Kind::implicit, .exchanges = {domain}, .error = {}};
}

MailRoute explicit_route(std::vector<MxRecord> records, std::mt19937_64& random) {
  // RFC 7505 §3 allows the root alone and with preference 0. Other preferences can mean nothing
  // else; beside real exchanges it must not stand, and is passed over.
  std::erase_if(records, [](const MxRecord& record) { return record.exchange.empty(); });
  if (records.empty()) {
    return without_exchange(MailRoute::Kind::null_mx, "the domain takes no mail (null MX)");
  }

  sort_for_delivery(records, random);
  MailRoute route{.kind = MailRoute::Kind::exchanges, .exchanges = {}, .error = {}};
  std::vector<std::string> no_hosts;
  std::unordered_set<std::string_view> seen;
  for (const MxRecord& record : records) {
    if (!seen.insert(record.exchange).second) continue;
    const bool is_host = is_host_name(record.exchange);
    route.has_more = is_host && route.exchanges.size() == most_exchanges;
    if (route.has_more) break;
    (is_host ? route.exchanges : no_hosts).push_back(record.exchange);
  }
  if (!route.exchanges.empty()) return route;
  return without_exchange(MailRoute::Kind::no_exchange,
                          "no MX record names a mail server: " + list(no_hosts));
}

}  // namespace

MailRoute route_mail(const std::string& domain, const MxAnswer& answer, std::mt19937_64& random) {
  switch (answer.status) {
    case DnsStatus::ok:
      // "An empty list of MXs" is the implicit one too (RFC 5321 §5.1).
      return answer.records.empty() ? implicit_route(domain)
                                    : explicit_route(answer.records, random);
    case DnsStatus::no_data: return implicit_route(domain);
    case DnsStatus::nxdomain:
      return without_exchange(MailRoute::Kind::domain_unknown,
                              "the domain does not exist (NXDOMAIN)");
    case DnsStatus::failed: break;
  }
  return without_exchange(MailRoute::Kind::unknown, answer.error);
}

}  // namespace leadverify
