#include "verdict/judge.hpp"

#include <cassert>

namespace leadverify {
namespace {

/// Is a refusal with this reading one that time may heal?
bool may_pass(int reply_class, Reason reason) {
  switch (reason) {
    case Reason::greylisted:
    case Reason::try_again_later: return true;
    // Time changes these too slowly for one run, or not at all.
    case Reason::mailbox_full:
    case Reason::blocked_ip:
    case Reason::auth_required:
    case Reason::tls_required: return false;
    default: return reply_class == 4;
  }
}

/// The reply is a positive one, and yet accepts nobody.
void take_back(Finding& finding) {
  finding.kind = Finding::Kind::refused;
  finding.reading.reason = Reason::protocol_error;
  finding.reading.about = About::server;
}

Finding read(const Reply& reply, Stage stage, const std::string& exchange) {
  Finding finding{.stage = stage, .reply = reply, .exchange = exchange};
  finding.reading = read_reply({.code = reply.code,
                                .enhanced = reply.enhanced,
                                .text = reply.text,
                                .stage = stage,
                                .exchange = exchange});
  if (finding.reading.reason == Reason::accepted) {
    finding.kind = Finding::Kind::accepted;
    const bool takes_recipient = stage == Stage::rcpt && (reply.code == 250 || reply.code == 251);
    if (!takes_recipient) take_back(finding);
  } else {
    const bool later = may_pass(reply.klass(), finding.reading.reason);
    finding.kind = later ? Finding::Kind::deferred : Finding::Kind::refused;
  }
  return finding;
}

/// Reason for a recipient that has no reply of its own.
Reason reason_of(SessionFailure::Kind kind) {
  switch (kind) {
    case SessionFailure::Kind::not_permitted: return Reason::unroutable;
    case SessionFailure::Kind::refused:
    case SessionFailure::Kind::hung_up: return Reason::connect_failed;
    case SessionFailure::Kind::timed_out: return Reason::timeout;
    case SessionFailure::Kind::shortage: return Reason::internal_error;
    case SessionFailure::Kind::garbage: return Reason::protocol_error;
    case SessionFailure::Kind::turned_away: return Reason::unspecified;
    case SessionFailure::Kind::no_tls: return Reason::tls_required;
  }
  return Reason::internal_error;
}

Judgement judge_accepted(const Finding& recipient, const std::optional<Finding>& random) {
  if (!random || !tells_catch_all(*random)) {
    return {.reason = Reason::accepted, .confidence = Confidence::medium, .catch_all = {}};
  }
  if (random->kind == Finding::Kind::accepted) {
    return {.reason = Reason::catch_all, .confidence = Confidence::low, .catch_all = true};
  }
  // A backup that takes everything in says nothing of what the primary would.
  if (random->exchange != recipient.exchange) {
    return {.reason = Reason::accepted, .confidence = Confidence::medium, .catch_all = {}};
  }
  return {.reason = Reason::accepted, .confidence = Confidence::high, .catch_all = false};
}

Judgement judge_refused(const Finding& recipient) {
  Reason reason = recipient.reading.reason;
  if (reason == Reason::greylisted) reason = Reason::greylist_timeout;
  // Before RCPT no server has looked at the recipient.
  const bool dead = status_of(reason) == Status::invalid;
  if (dead && recipient.stage != Stage::rcpt) return {.reason = Reason::unspecified};
  if (!dead) return {.reason = reason};

  const bool for_good = recipient.reply && recipient.reply->klass() == 5;
  return {.reason = reason,
          .confidence = for_good ? Confidence::high : Confidence::medium,
          .catch_all = {}};
}

}  // namespace

Finding find(const RecipientOutcome& outcome, const std::string& exchange) {
  return read(outcome.reply, outcome.stage, exchange);
}

Finding find(const SessionFailure& failure, const std::string& exchange) {
  if (failure.kind == SessionFailure::Kind::turned_away) {
    assert(failure.reply);
    Finding finding = read(*failure.reply, failure.stage, exchange);
    // Nobody can be accepted by being turned away.
    if (finding.kind == Finding::Kind::accepted) take_back(finding);
    finding.what = failure.what;
    return finding;
  }
  Finding finding{.stage = failure.stage, .reply = failure.reply, .exchange = exchange};
  finding.kind = Finding::Kind::lost;
  finding.failure = failure.kind;
  finding.what = failure.what;
  return finding;
}

Judgement judge(const Finding& recipient, const std::optional<Finding>& random) {
  switch (recipient.kind) {
    case Finding::Kind::accepted: return judge_accepted(recipient, random);
    case Finding::Kind::refused:
    case Finding::Kind::deferred: return judge_refused(recipient);
    case Finding::Kind::lost:
      return {.reason = reason_of(recipient.failure.value_or(SessionFailure::Kind::hung_up))};
  }
  return {.reason = Reason::internal_error};
}

Judgement judge(const MailRoute& route) {
  switch (route.kind) {
    case MailRoute::Kind::null_mx: return judge(Reason::null_mx);
    case MailRoute::Kind::domain_unknown: return judge(Reason::domain_not_found);
    case MailRoute::Kind::no_exchange: return judge(Reason::no_mail_server);
    case MailRoute::Kind::unknown: return judge(Reason::dns_error);
    case MailRoute::Kind::exchanges:
    case MailRoute::Kind::implicit: break;
  }
  assert(false);
  return {.reason = Reason::internal_error};
}

Judgement judge(const AddressSurvey& survey) {
  if (survey.some_failed) return judge(Reason::dns_error);
  if (survey.some_not_public || survey.one_version_only) return judge(Reason::unroutable);
  return judge(Reason::no_mail_server);
}

Judgement judge(Reason reason) {
  if (status_of(reason) == Status::unknown) return {.reason = reason};
  return {.reason = reason, .confidence = Confidence::high, .catch_all = {}};
}

bool tells_catch_all(const Finding& random) {
  if (random.kind == Finding::Kind::accepted) return true;
  return random.kind == Finding::Kind::refused && random.stage == Stage::rcpt &&
         status_of(random.reading.reason) == Status::invalid;
}

}  // namespace leadverify
