#include "verdict/enhanced_table.hpp"

namespace leadverify {

namespace {

constexpr Claim says(Reason reason) {
  return {reason, Strength::status};
}
constexpr Claim hints(Reason reason) {
  return {reason, Strength::hint};
}

/// X.1: the addresses.
Claim of_address(unsigned detail) {
  switch (detail) {
    case 1: return says(Reason::user_unknown);
    case 2: return says(Reason::domain_unknown);
    case 3: return says(Reason::address_syntax);
    case 4: return says(Reason::user_unknown);  // ambiguous
    case 6: return says(Reason::mailbox_moved);
    case 7:
    case 8: return says(Reason::sender_rejected);
    case 9: return hints(Reason::relay_denied);    // relayed to a non-compliant mailer
    case 10: return says(Reason::domain_unknown);  // RFC 7505; "not found" at Exchange Online
    default: return hints(Reason::unspecified);
  }
}

/// X.2: the mailbox.
Claim of_mailbox(unsigned detail) {
  switch (detail) {
    case 1: return says(Reason::mailbox_disabled);
    case 2: return says(Reason::mailbox_full);
    case 3: return says(Reason::policy);  // the message is too long for it
    case 4: return says(Reason::system_error);
    case 121:
    case 122: return says(Reason::rate_limited);
    default: return hints(Reason::unspecified);
  }
}

/// X.3 and X.4: the mail system, the network and routing.
Claim of_system(unsigned subject, unsigned detail) {
  if (subject == 3 && detail == 2) return hints(Reason::try_again_later);
  if (subject == 3 && detail == 3) return hints(Reason::protocol_error);
  if (subject == 3 && detail == 4) return says(Reason::policy);  // the message is too big
  if (subject == 4 && detail == 5) return says(Reason::rate_limited);
  return says(Reason::system_error);
}

/// X.5: the dialogue.
Claim of_protocol(unsigned detail) {
  switch (detail) {
    case 0: return hints(Reason::protocol_error);
    case 3: return says(Reason::rate_limited);  // too many recipients
    default: return says(Reason::protocol_error);
  }
}

/// X.7: security and policy.
Claim of_policy(unsigned detail) {
  switch (detail) {
    case 8:
    case 9:
    case 12: return says(Reason::auth_required);
    case 10:
    case 11:
    case 29:
    case 30: return detail == 29 ? says(Reason::sender_auth) : says(Reason::tls_required);
    case 13: return says(Reason::mailbox_disabled);
    case 20:
    case 21:
    case 22:
    case 23:
    case 24:
    case 26:
    case 40:
    case 509:
    case 515: return says(Reason::sender_auth);
    case 25: return says(Reason::client_identity);
    case 27: return says(Reason::sender_rejected);
    case 28: return says(Reason::rate_limited);
    case 54:
    case 64: return says(Reason::relay_denied);
    case 57: return says(Reason::auth_required);
    case 501:
    case 502:
    case 503: return says(Reason::sender_rejected);
    case 505:
    case 507:
    case 510:
    case 512:
    case 514:
    case 520: return says(Reason::policy);
    case 506: return says(Reason::client_identity);
    case 508: return says(Reason::rate_limited);
    case 511:
    case 513: return says(Reason::blocked_ip);
    case 703:
    case 708:
    case 750: return says(Reason::blocked_ip);
    case 705: return says(Reason::rate_limited);
    default: break;
  }
  if (detail >= 606 && detail <= 649) return {Reason::blocked_ip, Strength::decisive};
  if (detail == 650 || detail == 651) return says(Reason::blocked_ip);
  if (detail >= 500 && detail <= 699) return says(Reason::rate_limited);
  if (detail >= 850 && detail <= 899) return says(Reason::rate_limited);
  return hints(Reason::policy);
}

}  // namespace

Claim claim_of(const EnhancedStatus& enhanced) {
  switch (enhanced.subject) {
    case 1: return of_address(enhanced.detail);
    case 2: return of_mailbox(enhanced.detail);
    case 3:
    case 4: return of_system(enhanced.subject, enhanced.detail);
    case 5: return of_protocol(enhanced.detail);
    case 6:
      // RFC 6531: the address is written in letters that the server can't take.
      return enhanced.detail == 7 || enhanced.detail == 9 ? says(Reason::smtputf8_required)
                                                          : hints(Reason::policy);
    case 7: return of_policy(enhanced.detail);
    default: return {};
  }
}

Claim claim_of_code(int code) {
  const auto claim = [](Reason reason) { return Claim{reason, Strength::code}; };
  switch (code) {
    case 421: return claim(Reason::try_again_later);
    case 430:
    case 432:
    case 530:
    case 534:
    case 535: return claim(Reason::auth_required);
    case 454:
    case 523:
    case 538: return claim(Reason::tls_required);
    case 452: return claim(Reason::system_error);
    case 522:
    case 552: return claim(Reason::mailbox_full);
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
    case 555: return claim(Reason::protocol_error);
    case 511: return claim(Reason::user_unknown);
    case 525: return claim(Reason::mailbox_disabled);
    case 551: return claim(Reason::mailbox_moved);
    case 556: return claim(Reason::domain_unknown);
    case 541:
    case 571: return claim(Reason::policy);
    default: return claim(code / 100 == 4 ? Reason::try_again_later : Reason::unspecified);
  }
}

}  // namespace leadverify
