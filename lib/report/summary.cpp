#include <leadverify/json_line.hpp>
#include <leadverify/summary.hpp>
#include <leadverify/version.hpp>

#include "version.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t provider_limit = 64;

/// Seconds with one decimal: 734.2
double tenths(std::chrono::milliseconds duration) {
  return std::round(static_cast<double>(duration.count()) / 100.0) / 10.0;
}

}  // namespace

void Summary::count(const Result& result) {
  ++total;
  switch (result.status) {
    case Status::valid: ++valid; break;
    case Status::catch_all: ++catch_all; break;
    case Status::invalid: ++invalid; break;
    case Status::unknown: ++unknown; break;
  }
  if (result.greylist) ++greylisted;
  if (result.duplicate_of) ++duplicates;
  ++reasons[result.reason];
  if (result.provider) ++providers[*result.provider];
}

void Summary::add(const Summary& other) {
  total += other.total;
  valid += other.valid;
  invalid += other.invalid;
  catch_all += other.catch_all;
  unknown += other.unknown;
  greylisted += other.greylisted;
  duplicates += other.duplicates;
  for (const auto& [reason, count] : other.reasons) reasons[reason] += count;
  for (const auto& [provider, count] : other.providers) providers[provider] += count;
}

std::string json_line(const Summary& summary) {
  Json reasons = Json::object();
  for (const auto& [reason, count] : summary.reasons) {
    reasons[std::string(to_string(reason))] = count;
  }
  Json providers = Json::object();
  for (const auto& [provider, count] : summary.providers) {
    providers[safe_text(provider, provider_limit)] = count;
  }

  Json record;
  record["type"] = "summary";
  record["complete"] = summary.complete;
  record["total"] = summary.total;
  record["valid"] = summary.valid;
  record["invalid"] = summary.invalid;
  record["catch_all"] = summary.catch_all;
  record["unknown"] = summary.unknown;
  record["greylisted"] = summary.greylisted;
  record["duplicates"] = summary.duplicates;
  record["skipped"] = summary.skipped;
  record["reasons"] = std::move(reasons);
  record["providers"] = std::move(providers);
  record["connections"] = summary.connections;
  record["recipients_asked"] = summary.recipients_asked;
  record["dns_queries"] = summary.dns_queries;
  record["mx_cache_hits"] = summary.mx_cache_hits;
  record["elapsed_s"] = tenths(summary.elapsed);
  record["version"] = version();
  return record.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view version() {
  return LEADVERIFY_VERSION;
}

}  // namespace leadverify
