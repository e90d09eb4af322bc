// Which ids of providers are known.
#include "verdict/provider_ids.hpp"

#include <catch2/catch.hpp>

using namespace leadverify;

TEST_CASE("an id is known wherever it stands in the text", "[verdict][ids]") {
  struct Example {
    std::string_view text;
    Reason reason;
  };
  const auto example = GENERATE(values<Example>({
      {"not now (S3150)", Reason::blocked_ip},
      {"IB508", Reason::sender_auth},
      {"x IB007", Reason::rate_limited},
      {"[TSS09] no", Reason::blocked_ip},
      {"[GL01] wait", Reason::greylisted},
      {"OFR004_104 [104]", Reason::rate_limited},
      {"LPN007_426", Reason::mailbox_disabled},
      {"?p=NoSuchUser 12 - gsmtp", Reason::user_unknown},
      {"DT:SPM mx2", Reason::policy},
      {"CXDNS", Reason::client_identity},
      {"BL000010", Reason::blocked_ip},
      {"zen.spamhaus.org", Reason::blocked_ip},
  }));
  CAPTURE(example.text);

  REQUIRE(claim_of_provider_id(example.text).has_value());
  CHECK(claim_of_provider_id(example.text)->reason == example.reason);
}

TEST_CASE("what only looks like an id is none", "[verdict][ids]") {
  const auto text = GENERATE(as<std::string_view>{},
                             "",
                             "S3140x",
                             "XS3140",
                             "S9999",
                             "IB",
                             "IB99999999999999999999",
                             "OFR",
                             "OFR_",
                             "OFR12345_416",
                             "OFR_999",
                             "TSS",
                             "p=",
                             "stop=NoSuchUserx",
                             "BL11");
  CAPTURE(text);

  CHECK_FALSE(claim_of_provider_id(text).has_value());
}
