#include "verdict/description.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

const Lists& lists() {
  static const Lists made = *Lists::make({.disposable = "throwaway.example",
                                          .free = "free.example",
                                          .role = "info",
                                          .typos = ".example .exampel\nfree.example fere.example"});
  return made;
}

Result result_of(const std::string& email, Reason reason) {
  Result result;
  result.input.text = email;
  result.email = email;
  result.domain = email.substr(email.rfind('@') + 1);
  result.status = status_of(reason);
  result.reason = reason;
  return result;
}

TEST_CASE("a record says what the lists know of its address", "[verdict][description]") {
  struct Example {
    std::string email;
    bool role;
    bool disposable;
    bool free;
  };
  const auto example = GENERATE(values<Example>({
      {"ada@example.org", false, false, false},
      {"Info+x@example.org", true, false, false},
      {"ada@mx.throwaway.example", false, true, false},
      {"\"ada@info\"@free.example", false, false, true},
      {"info@[192.0.2.1]", true, false, false},
  }));
  CAPTURE(example.email);
  const auto reason = GENERATE(Reason::accepted, Reason::null_mx, Reason::not_checked);

  Result result = result_of(example.email, reason);
  describe(lists(), result);

  CHECK(result.role == example.role);
  CHECK(result.disposable == example.disposable);
  CHECK(result.free == example.free);
  CHECK(result.did_you_mean == std::nullopt);
  CHECK(result.status == status_of(reason));
  CHECK(result.reason == reason);
}

TEST_CASE("what is no address is not described", "[verdict][description]") {
  Result result;
  result.input.text = result.email = "info";
  result.reason = Reason::syntax;

  describe(lists(), result);

  CHECK(result.role == std::nullopt);
  CHECK(result.disposable == std::nullopt);
  CHECK(result.free == std::nullopt);
  CHECK(result.did_you_mean == std::nullopt);
}

TEST_CASE("a slip of the list is told whatever the reason", "[verdict][description]") {
  const auto reason = GENERATE(Reason::accepted, Reason::not_checked, Reason::domain_not_found);

  Result listed = result_of("ada@fere.example", reason);
  describe(lists(), listed);
  CHECK(listed.did_you_mean == "free.example");

  Result ended = result_of("ada@other.exampel", reason);
  describe(lists(), ended);
  CHECK(ended.did_you_mean == "other.example");
}

TEST_CASE("a near domain is told only where no mail can reach the one typed",
          "[verdict][description]") {
  struct Example {
    Reason reason;
    bool told;
  };
  const auto example = GENERATE(values<Example>({
      {Reason::domain_not_found, true},
      {Reason::no_mail_server, true},
      {Reason::null_mx, true},
      {Reason::not_checked, false},
      {Reason::accepted, false},
      {Reason::user_unknown, false},
      {Reason::dns_error, false},
      {Reason::connect_failed, false},
  }));
  CAPTURE(to_string(example.reason));

  Result result = result_of("ada@frre.example", example.reason);
  describe(lists(), result);

  CHECK(result.did_you_mean.has_value() == example.told);
  if (example.told) CHECK(result.did_you_mean == "free.example");
}

}  // namespace
}  // namespace leadverify
