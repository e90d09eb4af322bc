#include <leadverify/verdict.hpp>

#include <charconv>

namespace leadverify {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::valid: return "valid";
    case Status::catch_all: return "catch_all";
    case Status::invalid: return "invalid";
    case Status::unknown: return "unknown";
  }
  return {};
}

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::accepted: return "accepted";
    case Reason::catch_all: return "catch_all";
    case Reason::syntax: return "syntax";
    case Reason::domain_not_found: return "domain_not_found";
    case Reason::no_mail_server: return "no_mail_server";
    case Reason::null_mx: return "null_mx";
    case Reason::user_unknown: return "user_unknown";
    case Reason::mailbox_disabled: return "mailbox_disabled";
    case Reason::mailbox_moved: return "mailbox_moved";
    case Reason::address_syntax: return "address_syntax";
    case Reason::domain_unknown: return "domain_unknown";
    case Reason::greylisted: return "greylisted";
    case Reason::greylist_timeout: return "greylist_timeout";
    case Reason::try_again_later: return "try_again_later";
    case Reason::mailbox_full: return "mailbox_full";
    case Reason::rate_limited: return "rate_limited";
    case Reason::blocked_ip: return "blocked_ip";
    case Reason::client_identity: return "client_identity";
    case Reason::sender_rejected: return "sender_rejected";
    case Reason::sender_auth: return "sender_auth";
    case Reason::auth_required: return "auth_required";
    case Reason::tls_required: return "tls_required";
    case Reason::smtputf8_required: return "smtputf8_required";
    case Reason::policy: return "policy";
    case Reason::relay_denied: return "relay_denied";
    case Reason::system_error: return "system_error";
    case Reason::protocol_error: return "protocol_error";
    case Reason::unspecified: return "unspecified";
    case Reason::connect_failed: return "connect_failed";
    case Reason::timeout: return "timeout";
    case Reason::dns_error: return "dns_error";
    case Reason::unroutable: return "unroutable";
    case Reason::unverifiable: return "unverifiable";
    case Reason::not_checked: return "not_checked";
    case Reason::interrupted: return "interrupted";
    case Reason::internal_error: return "internal_error";
  }
  return {};
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::high: return "high";
    case Confidence::medium: return "medium";
    case Confidence::low: return "low";
  }
  return {};
}

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::syntax: return "syntax";
    case Stage::dns: return "dns";
    case Stage::connect: return "connect";
    case Stage::banner: return "banner";
    case Stage::ehlo: return "ehlo";
    case Stage::starttls: return "starttls";
    case Stage::mail: return "mail";
    case Stage::rcpt: return "rcpt";
  }
  return {};
}

std::string_view to_string(About about) {
  switch (about) {
    case About::recipient: return "recipient";
    case About::domain: return "domain";
    case About::sender: return "sender";
    case About::client: return "client";
    case About::server: return "server";
  }
  return {};
}

std::string to_string(const EnhancedStatus& enhanced) {
  return std::to_string(enhanced.klass) + "." + std::to_string(enhanced.subject) + "." +
         std::to_string(enhanced.detail);
}

std::optional<EnhancedStatus> parse_enhanced_status(std::string_view text) {
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  const auto read_part = [&](std::uint16_t& part) {
    const char* const begin = at;
    const auto parsed = std::from_chars(at, end, part);
    at = parsed.ptr;
    return parsed.ec == std::errc{} && at - begin <= 3;
  };
  const auto read_dot = [&] { return at != end && *at++ == '.'; };

  std::uint16_t klass = 0;
  EnhancedStatus enhanced;
  if (!read_part(klass) || !read_dot() || !read_part(enhanced.subject) || !read_dot() ||
      !read_part(enhanced.detail)) {
    return std::nullopt;
  }
  if (klass != 2 && klass != 4 && klass != 5) return std::nullopt;
  if (at != end && *at != ' ' && *at != '\t') return std::nullopt;
  enhanced.klass = static_cast<std::uint8_t>(klass);
  return enhanced;
}

Status status_of(Reason reason) {
  switch (reason) {
    case Reason::accepted: return Status::valid;
    case Reason::catch_all: return Status::catch_all;
    case Reason::syntax:
    case Reason::domain_not_found:
    case Reason::no_mail_server:
    case Reason::null_mx:
    case Reason::user_unknown:
    case Reason::mailbox_disabled:
    case Reason::mailbox_moved:
    case Reason::address_syntax:
    case Reason::domain_unknown: return Status::invalid;
    default: return Status::unknown;
  }
}

std::optional<bool> is_valid(Status status) {
  switch (status) {
    case Status::valid: return true;
    case Status::invalid: return false;
    case Status::catch_all:
    case Status::unknown: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace leadverify
