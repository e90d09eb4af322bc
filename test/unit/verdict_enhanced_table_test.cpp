// What codes say where the words do not.
#include "verdict/enhanced_table.hpp"

#include <catch2/catch.hpp>

using namespace leadverify;

TEST_CASE("an enhanced status that names a thing is a claim of its own", "[verdict][enhanced]") {
  struct Example {
    EnhancedStatus enhanced;
    Reason reason;
  };
  const auto example = GENERATE(values<Example>({
      {{5, 1, 1}, Reason::user_unknown},
      {{5, 1, 2}, Reason::domain_unknown},
      {{5, 1, 3}, Reason::address_syntax},
      {{5, 1, 6}, Reason::mailbox_moved},
      {{5, 1, 8}, Reason::sender_rejected},
      {{5, 1, 10}, Reason::domain_unknown},
      {{5, 2, 1}, Reason::mailbox_disabled},
      {{4, 2, 2}, Reason::mailbox_full},
      {{5, 2, 4}, Reason::system_error},
      {{4, 3, 1}, Reason::system_error},
      {{5, 3, 4}, Reason::policy},
      {{4, 4, 5}, Reason::rate_limited},
      {{5, 5, 1}, Reason::protocol_error},
      {{4, 5, 3}, Reason::rate_limited},
      {{5, 6, 7}, Reason::smtputf8_required},
      {{5, 7, 8}, Reason::auth_required},
      {{5, 7, 10}, Reason::tls_required},
      {{5, 7, 13}, Reason::mailbox_disabled},
      {{5, 7, 23}, Reason::sender_auth},
      {{5, 7, 25}, Reason::client_identity},
      {{5, 7, 27}, Reason::sender_rejected},
      {{5, 7, 606}, Reason::blocked_ip},
      {{5, 7, 649}, Reason::blocked_ip},
      {{4, 7, 500}, Reason::rate_limited},
  }));
  CAPTURE(to_string(example.enhanced));

  CHECK(claim_of(example.enhanced).reason == example.reason);
  CHECK(claim_of(example.enhanced).strength >= Strength::status);
}

TEST_CASE("a vague enhanced status is a hint at most", "[verdict][enhanced]") {
  for (const EnhancedStatus vague :
       {EnhancedStatus{5, 0, 0}, {5, 1, 0}, {5, 2, 0}, {5, 7, 0}, {5, 7, 1}, {5, 9, 9}}) {
    CHECK(claim_of(vague).strength < Strength::status);
    CHECK(status_of(claim_of(vague).reason) == Status::unknown);
  }
}

TEST_CASE("a reply code alone says invalid only where it was made for that",
          "[verdict][enhanced]") {
  for (int code = 400; code < 600; ++code) {
    const bool dead = status_of(claim_of_code(code).reason) == Status::invalid;
    CAPTURE(code);
    CHECK(dead == (code == 511 || code == 525 || code == 551 || code == 556));
  }
}
