#include "world/counts.hpp"

#include <nlohmann/json.hpp>

namespace leadverify::world {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Gauge& gauge) {
  Json json;
  json["now"] = gauge.now;
  json["most"] = gauge.most;
  return json;
}

Json to_json(const ServerCounts& counts) {
  Json json;
  json["connections"] = counts.connections;
  json["sessions"] = to_json(counts.sessions);
  json["mail"] = counts.mail;
  json["rcpt"] = counts.rcpt;
  json["rset"] = counts.rset;
  json["quit"] = counts.quit;
  json["most_rcpt_in_session"] = counts.most_rcpt_in_session;
  json["most_errors_in_session"] = counts.most_errors_in_session;
  return json;
}

Json to_json(const DomainCounts& counts) {
  Json json;
  json["rcpt"] = counts.rcpt;
  json["most_rcpt_in_a_minute"] = counts.most_rcpt_in_a_minute;
  json["sessions"] = to_json(counts.sessions);
  return json;
}

Json to_json(const FaultCounts& faults) {
  Json json;
  json["forbidden_command"] = faults.forbidden_command;
  json["bare_lf"] = faults.bare_lf;
  json["nul"] = faults.nul;
  json["long_line"] = faults.long_line;
  json["early"] = faults.early;
  json["pipelining"] = faults.pipelining;
  return json;
}

template <class Map>
Json to_object(const Map& counts) {
  Json json = Json::object();
  for (const auto& [key, value] : counts) json[key] = to_json(value);
  return json;
}

std::uint64_t most_sessions(const auto& counts) {
  std::uint64_t most = 0;
  for (const auto& [key, value] : counts) most = std::max(most, value.sessions.most);
  return most;
}

}  // namespace

std::uint64_t Counts::asked(const std::string& recipient) const {
  const auto found = recipients.find(recipient);
  return found == recipients.end() ? 0 : found->second;
}

nlohmann::ordered_json to_json(const Counts& counts) {
  Json json;
  json["connections"] = counts.connections;
  json["sessions"] = to_json(counts.sessions);
  json["most_sessions_to_one_server"] = most_sessions(counts.servers);
  json["most_sessions_for_one_domain"] = most_sessions(counts.domains);
  json["ehlo"] = counts.ehlo;
  json["helo"] = counts.helo;
  json["starttls"] = counts.starttls;
  json["secured"] = counts.secured;
  json["mail"] = counts.mail;
  json["rcpt"] = counts.rcpt;
  json["rset"] = counts.rset;
  json["quit"] = counts.quit;
  json["dns_queries"] = counts.dns_queries;
  json["faults"] = to_json(counts.faults);
  json["fault_lines"] = counts.fault_lines;
  json["servers"] = to_object(counts.servers);
  json["domains"] = to_object(counts.domains);
  json["recipients"] =
      std::map<std::string, std::uint64_t>(counts.recipients.begin(), counts.recipients.end());
  json["dns"] = counts.dns;
  return json;
}

}  // namespace leadverify::world
