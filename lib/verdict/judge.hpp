// What the evidence about an address adds up to (pure).
//
// A refusal counts only from a complete reply about this recipient or its domain;
// an acceptance only as much as the server's answer to a random recipient allows.
// Silence and what is said about us are never more than `unknown`.
#pragma once

#include <leadverify/reply_reading.hpp>
#include <leadverify/verdict.hpp>

#include "dns/mail_route.hpp"
#include "smtp/outcome.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace leadverify {

/// What asking about one recipient brought.
struct Finding {
  enum class Kind : std::uint8_t {
    accepted,  // 250 or 251
    refused,   // for good
    deferred,  // for now: worth asking again later
    lost,      // no complete reply
  };
  Kind kind = Kind::lost;
  Stage stage = Stage::rcpt;
  std::optional<Reply> reply;                   // unless lost without one
  ReplyReading reading;                         // of that reply
  std::string exchange;                         // whose word it is
  std::optional<SessionFailure::Kind> failure;  // if lost
  std::string what;                             // if lost: a sentence for a person
};

/// Reads a recipient's reply.
Finding find(const RecipientOutcome& outcome, const std::string& exchange);

/// Reads the failure that left a recipient without an outcome.
Finding find(const SessionFailure& failure, const std::string& exchange);

struct Judgement {
  Reason reason = Reason::unspecified;
  std::optional<Confidence> confidence;
  std::optional<bool> catch_all;

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// The last word on a recipient, once no retry is left. `random` is what the random recipient of
/// its domain brought; absent if it was not asked.
Judgement judge(const Finding& recipient, const std::optional<Finding>& random);

/// The last word on every recipient of a domain whose mail has no way to go.
/// REQUIRES: not a route of kind exchanges or implicit.
Judgement judge(const MailRoute& route);

/// What was found of the addresses of a domain's exchanges, none of which could be asked.
struct AddressSurvey {
  bool some_failed = false;       // a lookup failed: there may be more
  bool some_not_public = false;   // an address is there, and may not be connected to
  bool one_version_only = false;  // only IPv4 or only IPv6 addresses were looked for
};

/// The last word on every recipient of a domain whose exchanges have no address to connect to.
Judgement judge(const AddressSurvey& survey);

/// Without a question to a server: `reason` with the confidence that it deserves.
Judgement judge(Reason reason);

/// Does the answer to a random recipient settle whether the domain is a catch-all?
bool tells_catch_all(const Finding& random);

}  // namespace leadverify
