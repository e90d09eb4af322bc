// The door of `leadverify --doctor`: puts an examination together, and waits for its end.
#include <leadverify/doctor.hpp>
#include <leadverify/json_line.hpp>

#include "base/host_name.hpp"
#include "dns/cares_channel.hpp"
#include "doctor/examination.hpp"
#include "from_options.hpp"
#include "version.hpp"

#include <exception>
#include <stdexcept>

namespace leadverify {
namespace {

constexpr const char* resolv_conf = "/etc/resolv.conf";

/// Those that are asked, by name: the system's if none was given.
std::vector<Endpoint> dns_servers(const Options& options) {
  std::vector<Endpoint> given = resolvers_of(options);
  if (!given.empty()) return given;
  const auto named = servers_in(resolv_conf);
  if (!named) throw std::invalid_argument(std::string(resolv_conf) + ": " + named.error());
  return *named;
}

Examination::Params examination_params(asio::io_context& context, const Options& options) {
  const std::vector<Endpoint> servers = dns_servers(options);
  Examination::Params params{
      .servers = {},
      .v4 = make_resolver(context, servers, IpVersion::v4),
      .v6 = make_resolver(context, servers, IpVersion::v6),
      .built = std::chrono::sys_days(std::chrono::days(days_from_1970_to_build)),
  };
  for (const Endpoint& server : servers) {
    const std::vector<Endpoint> alone = {server};
    params.servers.push_back(
        {.name = to_string(server), .resolver = make_resolver(context, alone, IpVersion::v4)});
  }
  return params;
}

/// A check as it may be shown.
Check safe(Check check) {
  constexpr std::size_t sentence_limit = 1000;
  check.subject = safe_text(check.subject, sentence_limit);
  check.found = safe_text(check.found, sentence_limit);
  check.advice = safe_text(check.advice, sentence_limit);
  return check;
}

}  // namespace

std::string_view to_string(Health health) {
  switch (health) {
    case Health::ok: return "ok";
    case Health::unknown: return "unknown";
    case Health::warning: return "warning";
    case Health::failure: return "failure";
  }
  return {};
}

std::vector<std::string> built_in_blocklists() {
  return {"zen.spamhaus.org", "b.barracudacentral.org", "bl.spamcop.net", "psbl.surriel.com"};
}

std::optional<std::string> fault(const Checkup& checkup) {
  if (auto sentence = fault(checkup.options)) return sentence;
  const auto quote = [](const std::string& text) { return "'" + safe_text(text, 80) + "'"; };
  if (checkup.probe_host && !IpAddress::parse(*checkup.probe_host) &&
      !is_host_name(*checkup.probe_host)) {
    return "the host to probe, " + quote(*checkup.probe_host) +
           ", is no host name and no IP address";
  }
  for (const std::string& zone : checkup.blocklists) {
    if (is_host_name(zone)) continue;
    return "the blocklist " + quote(zone) + " is no zone of the DNS, as in dnsbl.example.org";
  }
  return std::nullopt;
}

std::vector<Check> examine(const Checkup& checkup,
                           const std::function<void(const Check&)>& on_check) {
  if (const auto words = fault(checkup)) throw std::invalid_argument(*words);
  std::vector<Check> checks;
  const auto tell = [&](Check check) {
    checks.push_back(safe(std::move(check)));
    if (on_check) on_check(checks.back());
  };

  asio::io_context context(1);
  Examination examination(context, checkup, examination_params(context, checkup.options), tell);
  std::exception_ptr fault_of_ours;
  asio::co_spawn(context, examination.run(), [&](std::exception_ptr thrown) {
    fault_of_ours = thrown;
    if (thrown) context.stop();
  });
  context.run();
  if (fault_of_ours) std::rethrow_exception(fault_of_ours);
  return checks;
}

}  // namespace leadverify
