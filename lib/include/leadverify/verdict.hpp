// The closed vocabulary of verdicts: what leadverify can say of an address, and why.
//
// Every word here is spelled as the JSON output spells it, and docs/output.md
// explains each to users. Words are only ever added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// What a sender should think of an address.
enum class Status : std::uint8_t {
  valid,      // its mail server takes mail for it
  catch_all,  // its mail server takes mail for any name of that domain
  invalid,    // no mail can reach it
  unknown,    // nothing that was seen tells
};

/// The one finest word for why a status was given.
enum class Reason : std::uint8_t {
  // valid
  accepted,  // 250 or 251 for the recipient
  // catch_all
  catch_all,  // accepted, and so was a random recipient of the domain
  // invalid
  syntax,            // not an RFC 5321 or RFC 6531 mailbox
  domain_not_found,  // the domain does not exist (NXDOMAIN)
  no_mail_server,    // neither MX nor A nor AAAA
  null_mx,           // the domain takes no mail (RFC 7505)
  user_unknown,      // the server says that there is no such recipient
  mailbox_disabled,  // there is, and it takes no mail any more
  mailbox_moved,     // its owner has gone elsewhere (551)
  address_syntax,    // the server says that no such address can be
  domain_unknown,    // the server says that the recipient's domain is not one that takes mail
  // unknown
  greylisted,         // come back later; in records only as greylist_timeout
  greylist_timeout,   // still greylisted after the last retry
  try_again_later,    // temporary, no cause given
  mailbox_full,       // exists, over quota
  rate_limited,       // too many connections, recipients or messages
  blocked_ip,         // our address is refused
  client_identity,    // our PTR record or HELO name is refused
  sender_rejected,    // our reverse-path is refused
  sender_auth,        // our reverse-path fails SPF, DKIM or DMARC
  auth_required,      // the server wants a login
  tls_required,       // the server wants STARTTLS, and it could not be had
  smtputf8_required,  // the address needs SMTPUTF8, and the server has it not
  policy,             // refused by a rule that is not about the mailbox
  relay_denied,       // the server does not take this domain's mail from us
  system_error,       // the server or what lies behind it is broken
  protocol_error,     // what was said is not SMTP, on one side or the other
  unspecified,        // refused, and the words do not say why
  connect_failed,     // refused, unreachable or hung up by every mail server
  timeout,            // a deadline passed
  dns_error,          // SERVFAIL, REFUSED, or no answer
  unroutable,         // mail servers only on addresses that are not public
  unverifiable,       // the provider accepts every recipient, or forbids the question
  not_checked,        // the look was to end before this
  interrupted,        // the run ended first
  internal_error,     // our own fault, never the other records' problem
};

/// How sure a `valid`, `catch_all` or `invalid` is.
enum class Confidence : std::uint8_t { high, medium, low };

/// How far the look at an address came.
enum class Stage : std::uint8_t { syntax, dns, connect, banner, ehlo, starttls, mail, rcpt };

/// Whom a refusal is about.
enum class About : std::uint8_t { recipient, domain, sender, client, server };

/// RFC 3463's class.subject.detail, sent by servers as RFC 2034 says.
struct EnhancedStatus {
  std::uint8_t klass = 0;     // 2, 4 or 5
  std::uint16_t subject = 0;  // 0 to 999
  std::uint16_t detail = 0;   // 0 to 999

  friend bool operator==(const EnhancedStatus&, const EnhancedStatus&) = default;
};

std::string_view to_string(Status status);
std::string_view to_string(Reason reason);
std::string_view to_string(Confidence confidence);
std::string_view to_string(Stage stage);
std::string_view to_string(About about);

/// "5.1.1"
std::string to_string(const EnhancedStatus& enhanced);

/// The enhanced status that `text` begins with, "5.1.1" or "5.1.1 User unknown".
/// Absent where it does not begin with one of class 2, 4 or 5 and at most three
/// digits a part, followed by the end, a space or a tab.
std::optional<EnhancedStatus> parse_enhanced_status(std::string_view text);

/// The status that a settled address with this reason has (docs/output.md).
Status status_of(Reason reason);

/// What the JSON key `valid` says: true, false, or absent for null.
std::optional<bool> is_valid(Status status);

}  // namespace leadverify
