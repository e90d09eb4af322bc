#include <leadverify/reacher_line.hpp>

#include "support/results.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace leadverify {
namespace {

using Json = nlohmann::json;

Json written(const Result& result) {
  return Json::parse(reacher_line(result));
}

Result with_reason(Reason reason) {
  Result result = accepted_result();
  result.reason = reason;
  result.status = status_of(reason);
  return result;
}

TEST_CASE("a record can be had under Reacher's names", "[report][reacher_line]") {
  CHECK(reacher_line(accepted_result()) ==
        R"({"input":"Jane@Example.com","is_reachable":"safe",)"
        R"("misc":{"is_disposable":false,"is_role_account":false,"gravatar_url":null,)"
        R"("haveibeenpwned":null},"mx":{"accepts_mail":true,"records":["mx1.example.com"]},)"
        R"("smtp":{"can_connect_smtp":true,"has_full_inbox":false,"is_catch_all":false,)"
        R"("is_deliverable":true,"is_disabled":false},)"
        R"("syntax":{"address":"Jane@example.com","domain":"example.com","is_valid_syntax":true,)"
        R"("username":"Jane","normalized_email":"Jane@example.com","suggestion":null}})");
}

TEST_CASE("is_reachable is safe, risky, invalid or unknown", "[report][reacher_line]") {
  CHECK(written(with_reason(Reason::accepted))["is_reachable"] == "safe");
  CHECK(written(with_reason(Reason::catch_all))["is_reachable"] == "risky");
  CHECK(written(with_reason(Reason::mailbox_full))["is_reachable"] == "risky");
  CHECK(written(with_reason(Reason::user_unknown))["is_reachable"] == "invalid");
  CHECK(written(with_reason(Reason::timeout))["is_reachable"] == "unknown");
  Result role = accepted_result();
  role.role = true;
  CHECK(written(role)["is_reachable"] == "risky");
  Result disposable = accepted_result();
  disposable.disposable = true;
  CHECK(written(disposable)["is_reachable"] == "risky");
  Result not_known = accepted_result();
  not_known.role = not_known.disposable = std::nullopt;
  CHECK(written(not_known)["is_reachable"] == "safe");
  CHECK(written(not_known)["misc"]["is_disposable"].is_null());
}

TEST_CASE("what a refusal says is told in smtp", "[report][reacher_line]") {
  CHECK(written(with_reason(Reason::mailbox_full))["smtp"]["has_full_inbox"] == true);
  CHECK(written(with_reason(Reason::mailbox_disabled))["smtp"]["is_disabled"] == true);
  CHECK(written(with_reason(Reason::user_unknown))["smtp"]["is_deliverable"] == false);
  Result catch_all = with_reason(Reason::catch_all);
  catch_all.catch_all = true;
  CHECK(written(catch_all)["smtp"]["is_catch_all"] == true);
  CHECK(written(catch_all)["smtp"]["is_deliverable"] == true);
}

TEST_CASE("mx and smtp tell how far the look came", "[report][reacher_line]") {
  Result unreachable = with_reason(Reason::connect_failed);
  unreachable.stage = Stage::connect;
  unreachable.code = std::nullopt;
  CHECK(written(unreachable)["mx"]["accepts_mail"] == true);
  CHECK(written(unreachable)["smtp"]["can_connect_smtp"] == false);

  Result none = with_reason(Reason::null_mx);
  none.stage = Stage::dns;
  none.code = std::nullopt;
  none.mx = std::nullopt;
  CHECK(written(none)["mx"] == Json::parse(R"({"accepts_mail":false,"records":[]})"));

  Result broken_dns = none;
  broken_dns.reason = Reason::dns_error;
  CHECK(written(broken_dns)["mx"]["accepts_mail"].is_null());
}

TEST_CASE("what is no address has no parts", "[report][reacher_line]") {
  Result result;
  result.input.text = result.email = "nonsense";
  result.status = Status::invalid;
  result.reason = Reason::syntax;

  const Json json = written(result);

  CHECK(json["is_reachable"] == "invalid");
  CHECK(json["syntax"] ==
        Json::parse(R"({"address":null,"domain":"","is_valid_syntax":false,"username":"",)"
                    R"("normalized_email":null,"suggestion":null})"));
}

TEST_CASE("a domain that was more likely meant makes a suggestion", "[report][reacher_line]") {
  Result result = accepted_result();
  result.did_you_mean = "example.net";

  CHECK(written(result)["syntax"]["suggestion"] == "Jane@example.net");
}

TEST_CASE("Reacher's names leave room for the row", "[report][reacher_line]") {
  Result result = accepted_result();
  result.input.row = make_row({"id"}, {{"17", true}});

  CHECK(written(result)["row"]["id"] == 17);
}

}  // namespace
}  // namespace leadverify
