#include <leadverify/reply_reading.hpp>

#include "verdict/enhanced_table.hpp"
#include "verdict/provider_ids.hpp"
#include "verdict/reply_grammar.hpp"
#include "verdict/stated_wait.hpp"

namespace leadverify {

namespace {

bool says_dead(Reason reason) {
  return status_of(reason) == Status::invalid;
}

About about_of(Reason reason) {
  switch (reason) {
    case Reason::accepted:
    case Reason::user_unknown:
    case Reason::mailbox_disabled:
    case Reason::mailbox_moved:
    case Reason::mailbox_full:
    case Reason::address_syntax:
    case Reason::smtputf8_required: return About::recipient;
    case Reason::domain_unknown:
    case Reason::relay_denied: return About::domain;
    case Reason::sender_rejected:
    case Reason::sender_auth: return About::sender;
    case Reason::blocked_ip:
    case Reason::client_identity:
    case Reason::rate_limited:
    case Reason::auth_required:
    case Reason::tls_required:
    case Reason::protocol_error: return About::client;
    default: return About::server;
  }
}

/// What is left of `claim` where no recipient was named yet.
Reason before_rcpt(Claim claim, Stage stage) {
  if (stage == Stage::ehlo && claim.reason == Reason::domain_unknown) {
    return Reason::client_identity;  // no domain but that of our HELO was named
  }
  if (says_dead(claim.reason) || claim.reason == Reason::mailbox_full) {
    return stage == Stage::mail ? Reason::sender_rejected : Reason::unspecified;
  }
  // Before EHLO a server knows nothing of us but our address.
  const bool greeting = stage == Stage::connect || stage == Stage::banner;
  const bool no_cause = claim.reason == Reason::policy && claim.strength <= Strength::vague;
  return greeting && no_cause ? Reason::blocked_ip : claim.reason;
}

class ReplyJudge {
 public:
  explicit ReplyJudge(const HeardReply& reply) : reply_(reply) {
    reading_.enhanced = reply.enhanced ? reply.enhanced : enhanced_in(reply.text);
  }

  ReplyReading read() {
    reading_.reason = reason();
    reading_.about = about_of(reading_.reason);
    if (klass() == 4) reading_.retry_after = stated_wait(reply_.text);
    return reading_;
  }

 private:
  int klass() const { return reply_.code / 100; }

  Reason reason() {
    if (klass() == 2) return reply_.code == 252 ? Reason::unspecified : Reason::accepted;
    if (klass() == 3) return Reason::protocol_error;

    words_ = read_meaning(read_words(reply_.text));
    const Claim claim = in_time(of_whom(strongest()));
    const Stage stage = reply_.stage.value_or(words_.sender_asked ? Stage::mail : Stage::rcpt);
    return stage == Stage::rcpt ? claim.reason : before_rcpt(claim, stage);
  }

  Claim strongest() const {
    Claim best = claim_of_code(reply_.code);
    const auto weigh = [&](const Claim& claim) {
      if (claim.strength > best.strength) best = claim;
    };
    if (words_.claim) weigh(*words_.claim);
    if (reading_.enhanced) weigh(claim_of(*reading_.enhanced));
    // An id has the last word, but does not make a mailbox of what the words say is ours.
    if (const auto id = claim_of_provider_id(reply_.text)) {
      const bool ours = plain_words() && !says_dead(words_.claim->reason);
      const bool last_word = id->strength == Strength::decisive || id->strength > best.strength;
      if (last_word && !(ours && says_dead(id->reason))) best = *id;
    }
    return best;
  }

  /// The claim, as far as what else is said of whom it is about lets it stand.
  Claim of_whom(Claim claim) const {
    // OpenSMTPD's own code, and all that it says of a name that its virtual table does not have.
    if (reply_.code == 524 && claim.reason == Reason::system_error) {
      return {Reason::user_unknown, Strength::clear};
    }
    const bool something_else = words_.room || words_.names_ours;
    if (!plain_words() && refuses_recipient() && !something_else) {
      return {Reason::user_unknown, Strength::status};
    }
    if (says_dead(claim.reason)) {
      // A code alone does not outweigh that something of ours is spoken of.
      const bool by_code = claim.strength <= Strength::status;
      if (by_code && words_.names_ours) return {Reason::unspecified, claim.strength};
      // Nor that something holds too much.
      if (by_code && words_.room) return {Reason::mailbox_full, claim.strength};
      if (about_sender()) return {Reason::sender_rejected, claim.strength};
      if (reply_.code == 535) return {Reason::auth_required, claim.strength};  // who logs in is us
    }
    if (claim.reason == Reason::user_unknown && words_.only_invalid && names_no_address()) {
      return {Reason::address_syntax, claim.strength};
    }
    if (claim == Claim{Reason::relay_denied, Strength::strong} && klass() == 5 &&
        reading_.enhanced && claim_of(*reading_.enhanced).reason == Reason::domain_unknown) {
      return {Reason::domain_unknown, claim.strength};
    }
    // "Exceeded its limit" is said of mailboxes that are full as well as of busy ones.
    if (claim == Claim{Reason::rate_limited, Strength::clear} && reading_.enhanced &&
        claim_of(*reading_.enhanced).reason == Reason::mailbox_full) {
      return {Reason::mailbox_full, claim.strength};
    }
    return claim;
  }

  /// The claim, as far as it can hold for good, or for now.
  Claim in_time(Claim claim) const {
    const Claim later{Reason::try_again_later, claim.strength};
    if (klass() == 4 && says_dead(claim.reason)) {
      const bool plain = claim.strength >= Strength::clear;
      // DNS may know more tomorrow; and 421 speaks of the connection alone.
      const bool passing = claim.reason == Reason::domain_unknown || reply_.code == 421;
      return plain && !passing && !words_.temporary ? claim : later;
    }
    if (klass() == 5 && claim.reason == Reason::mailbox_disabled && words_.temporary) return later;
    if (klass() == 5 && claim == Claim{Reason::try_again_later, Strength::vague}) {
      return {Reason::unspecified, Strength::vague};  // "service unavailable", for good
    }
    return claim;
  }

  /// Does the enhanced status say that the sender's address was looked at (RFC 3463 §3.2)?
  bool about_sender() const {
    return reading_.enhanced && reading_.enhanced->subject == 1 &&
           (reading_.enhanced->detail == 7 || reading_.enhanced->detail == 8);
  }

  /// Is the recipient refused for good, and no cause given but the recipient?
  bool refuses_recipient() const {
    if (klass() != 5) return false;
    if (!reading_.enhanced) return words_.recipient_refused && words_.brief && reply_.code == 550;
    // Exchange Online's edge says "Access denied" of recipients that are not there, and only so.
    const bool denied = words_.claim && words_.claim->reason == Reason::policy;
    if (*reading_.enhanced == EnhancedStatus{5, 4, 1} && may_be_exchange_online()) {
      return denied || words_.recipient_refused;
    }
    return words_.recipient_refused && *reading_.enhanced == EnhancedStatus{5, 1, 0};
  }

  bool may_be_exchange_online() const {
    return reply_.exchange.empty() || reply_.exchange.find("outlook.com") != std::string_view::npos;
  }

  /// Do the words say by themselves what happened?
  bool plain_words() const { return words_.claim && words_.claim->strength > Strength::vague; }

  /// Do the codes say that what was given is no address at all?
  bool names_no_address() const {
    if (!reading_.enhanced) return reply_.code == 501;
    return reading_.enhanced->subject == 1 && reading_.enhanced->detail == 3;
  }

  const HeardReply& reply_;
  ReplyReading reading_;
  WordReading words_;
};

}  // namespace

ReplyReading read_reply(const HeardReply& reply) {
  return ReplyJudge(reply).read();
}

}  // namespace leadverify
