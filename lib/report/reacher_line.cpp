#include <leadverify/json_line.hpp>
#include <leadverify/reacher_line.hpp>

#include "report/record.hpp"

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;

/// `safe` is an address that can be written to; `risky` one that takes mail, of which nothing is
/// known or where nobody may read it.
std::string_view reachable(const Result& result) {
  if (result.reason == Reason::mailbox_full) return "risky";
  switch (result.status) {
    case Status::valid: break;
    case Status::catch_all: return "risky";
    case Status::invalid: return "invalid";
    case Status::unknown: return "unknown";
  }
  const bool is_doubtful = result.disposable.value_or(false) || result.role.value_or(false);
  return is_doubtful ? "risky" : "safe";
}

bool is_accepted(const Result& result) {
  return result.status == Status::valid || result.status == Status::catch_all;
}

/// Did a mail server speak to us?
bool was_connected(const Result& result) {
  return result.code.has_value() || (result.stage && *result.stage > Stage::banner);
}

/// Does the domain have mail servers? Null where nobody looked, or the DNS did not tell.
Json accepts_mail(const Result& result) {
  switch (result.reason) {
    case Reason::syntax:
    case Reason::domain_not_found:
    case Reason::no_mail_server:
    case Reason::null_mx: return false;
    default: break;
  }
  const bool has_server = result.mx || (result.stage && *result.stage > Stage::dns);
  return has_server ? Json(true) : Json(nullptr);
}

Json flag(const std::optional<bool>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json misc_of(const Result& result) {
  return {{"is_disposable", flag(result.disposable)},
          {"is_role_account", flag(result.role)},
          {"gravatar_url", nullptr},
          {"haveibeenpwned", nullptr}};
}

Json mx_of(const Result& result, const Json& record) {
  Json records = Json::array();
  if (result.mx) records.push_back(record["mx"]);
  return {{"accepts_mail", accepts_mail(result)}, {"records", std::move(records)}};
}

Json smtp_of(const Result& result) {
  return {{"can_connect_smtp", was_connected(result)},
          {"has_full_inbox", result.reason == Reason::mailbox_full},
          {"is_catch_all", result.catch_all.value_or(result.status == Status::catch_all)},
          {"is_deliverable", is_accepted(result)},
          {"is_disabled", result.reason == Reason::mailbox_disabled}};
}

Json syntax_of(const Result& result, const Json& record) {
  Json syntax = {{"address", nullptr},
                 {"domain", ""},
                 {"is_valid_syntax", result.domain.has_value()},
                 {"username", ""},
                 {"normalized_email", nullptr},
                 {"suggestion", nullptr}};
  if (!result.domain) return syntax;
  const std::string email = record["email"];
  const std::string username = email.substr(0, email.rfind('@'));
  syntax["address"] = email;
  syntax["domain"] = record["domain"];
  syntax["username"] = username;
  syntax["normalized_email"] = email;
  if (result.did_you_mean) {
    syntax["suggestion"] = username + "@" + std::string(record["did_you_mean"]);
  }
  return syntax;
}

}  // namespace

std::string reacher_line(const Result& result) {
  const Json record = record_of(result);
  Json line;
  line["input"] = record["input"];
  line["is_reachable"] = reachable(result);
  line["misc"] = misc_of(result);
  line["mx"] = mx_of(result, record);
  line["smtp"] = smtp_of(result);
  line["syntax"] = syntax_of(result, record);
  if (result.input.row) line["row"] = row_of(*result.input.row);
  return one_line(line);
}

}  // namespace leadverify
