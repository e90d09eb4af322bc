#include "smtp/dialogue.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <utility>

namespace leadverify {
namespace {

// Postfix slows a client down from its eleventh error on, and hangs up at the twentieth.
constexpr int most_refusals = 9;
// Exim hangs up at the twelfth command that is no mail: EHLO and RSET count.
constexpr int most_resets = 5;

bool contains_word(std::string_view text, std::string_view lower_case_word) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::search(
             text.begin(), text.end(), lower_case_word.begin(), lower_case_word.end(), same) !=
         text.end();
}

/// RFC 5321 §4.5.3.1.10: the transaction is full, which says nothing of the recipient.
bool wants_another_transaction(const Reply& reply) {
  if (reply.code != 451 && reply.code != 452) return false;
  if (reply.enhanced && reply.enhanced->subject == 5 && reply.enhanced->detail == 3) return true;
  return contains_word(reply.text, "too many recipients");
}

/// Does the server await a goodbye from a session that ended so?
bool still_listens(const SessionFailure& failure) {
  switch (failure.kind) {
    case SessionFailure::Kind::turned_away: return failure.reply->code != 421;
    case SessionFailure::Kind::no_tls: return failure.reply || failure.stage == Stage::ehlo;
    default: return false;
  }
}

/// RFC 5321 §4.2.3: 550 to 553 are what RCPT is answered with.
bool is_about_mailbox(const Reply& reply) {
  return reply.code >= 550 && reply.code <= 553;
}

std::string in_brackets(std::string_view path) {
  return "<" + std::string(path) + ">";
}

}  // namespace

Dialogue::Dialogue(Params params) : params_(std::move(params)) {
  expected_.push_back(Awaited::banner);
}

std::string Dialogue::take_output() {
  if (output_.empty()) return {};
  report_.sent += std::exchange(recipients_in_output_, 0);
  commands_in_write_ = expected_.size();
  return std::exchange(output_, {});
}

std::optional<Stage> Dialogue::awaiting() const {
  if (expected_.empty()) return std::nullopt;
  switch (expected_.front()) {
    case Awaited::banner: return Stage::banner;
    case Awaited::ehlo:
    case Awaited::helo: return Stage::ehlo;
    case Awaited::starttls:
    case Awaited::handshake: return Stage::starttls;
    case Awaited::rset:
    case Awaited::mail: return Stage::mail;
    case Awaited::rcpt:
    case Awaited::quit:
    case Awaited::nothing_more: return Stage::rcpt;
  }
  return std::nullopt;
}

void Dialogue::on_reply(const Reply& reply) {
  assert(!expected_.empty());
  const Awaited awaited = expected_.front();
  expected_.pop_front();
  switch (awaited) {
    case Awaited::banner: return greet(reply);
    case Awaited::ehlo:
      if (reply.code == 250) {
        read_offers(reply);
        return begin();
      }
      if (reply.klass() == 5) {
        ehlo_refusal_ = reply;
        return send(Verb::helo, params_.helo_name, Awaited::helo);
      }
      return refuse_session(reply, Stage::ehlo);
    case Awaited::helo:
      // The lines of a reply to HELO are words of greeting: it has no extensions.
      if (reply.code != 250) return refuse_session(reply, Stage::ehlo);
      return begin();
    case Awaited::starttls: return on_starttls(reply);
    case Awaited::handshake: assert(false); return;
    case Awaited::rset:
      if (reply.code == 421) return turn_away(reply, Stage::mail);
      if (is_about_mailbox(reply)) return distrust(reply, Stage::mail);
      if (reply.code != 250) return refuse_session(reply, Stage::mail);
      if (!pipelining_) send_recipients();
      return;
    case Awaited::mail: return on_mail(reply);
    case Awaited::rcpt: return on_rcpt(reply);
    case Awaited::quit: return on_farewell(reply);
    case Awaited::nothing_more: in_step_ = reply.code == 421; return;
  }
}

void Dialogue::on_farewell(const Reply& reply) {
  // A server that knows no better goodbye says nothing after it. One that answered once too often
  // is a word behind: this is its answer to the last RCPT, and its goodbye is still to come.
  if (!is_last_word(reply)) expected_.push_back(Awaited::nothing_more);
}

bool Dialogue::is_last_word(const Reply& reply) const {
  return reply.code == 421 || (leaving_ && reply.code == 221);
}

void Dialogue::greet(const Reply& reply) {
  if (reply.code == 220) return send(Verb::ehlo, params_.helo_name, Awaited::ehlo);
  refuse_session(reply, Stage::banner);
}

void Dialogue::refuse_session(const Reply& reply, Stage stage) {
  if (reply.klass() >= 4) return turn_away(reply, stage);
  distrust(reply, stage);
}

void Dialogue::read_offers(const Reply& reply) {
  std::string_view rest = reply.text;
  for (bool first = true; !rest.empty(); first = false) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (first) continue;  // the server's name, and often a greeting

    const std::string_view keyword = line.substr(0, line.find_first_of(" \t="));
    if (keyword.size() == 10 && contains_word(keyword, "pipelining")) {
      pipelining_ = params_.pipelining;
    }
    if (keyword.size() == 8 && contains_word(keyword, "smtputf8")) smtputf8_ = true;
    if (keyword.size() == 8 && contains_word(keyword, "starttls")) starttls_ = true;
  }
}

/// The server knows who we are. Is the session to be secured before it is used?
void Dialogue::begin() {
  if (secured_ || params_.starttls == StartTls::never) {
    ready_ = true;
  } else if (starttls_) {
    send(Verb::starttls, {}, Awaited::starttls);
  } else if (params_.starttls == StartTls::require) {
    end({.kind = SessionFailure::Kind::no_tls,
         .stage = Stage::ehlo,
         .reply = std::nullopt,
         .what = "the server does not offer STARTTLS"},
        0);
  } else {
    ready_ = true;
  }
}

void Dialogue::on_starttls(const Reply& reply) {
  if (reply.code == 421) return turn_away(reply, Stage::starttls);
  if (reply.code == 220) return expected_.push_back(Awaited::handshake);
  if (reply.klass() < 4) return distrust(reply, Stage::starttls);
  if (params_.starttls != StartTls::require) {
    ready_ = true;
    return;
  }
  end({.kind = SessionFailure::Kind::no_tls,
       .stage = Stage::starttls,
       .reply = reply,
       .what = "the server refused STARTTLS"},
      0);
}

bool Dialogue::wants_tls() const {
  return !expected_.empty() && expected_.front() == Awaited::handshake;
}

void Dialogue::on_secured() {
  assert(wants_tls());
  expected_.pop_front();
  secured_ = true;
  pipelining_ = false;
  smtputf8_ = false;
  starttls_ = false;
  send(Verb::ehlo, params_.helo_name, Awaited::ehlo);
}

/// A server whose TLS is broken may show it by its silence, by hanging up, or only once the first
/// command behind the handshake should be answered.
bool Dialogue::clear_may_do(const SessionFailure& failure) const {
  if (params_.starttls != StartTls::automatic) return false;
  const bool broke =
      failure.kind == SessionFailure::Kind::hung_up || failure.kind == SessionFailure::Kind::no_tls;
  if (secured_) return broke && !ready_;
  return failure.stage == Stage::starttls &&
         (broke || failure.kind == SessionFailure::Kind::timed_out);
}

void Dialogue::ask(const Question& question) {
  assert(can_ask() && !question.recipients.empty());
  const bool same_transaction =
      in_transaction_ && !transaction_full_ && question.domain == question_.domain &&
      question.reverse_path == question_.reverse_path && question.smtputf8 == question_.smtputf8;

  question_ = question;
  report_ = {};
  report_.outcomes.resize(question.recipients.size());
  answered_ = 0;
  mail_refusal_.reset();
  if (!same_transaction) {
    if (in_transaction_) {
      ++resets_;
      send(Verb::rset, {}, Awaited::rset);
    }
    in_transaction_ = false;
    transaction_full_ = false;
    transaction_took_some_ = false;
  }

  // What follows waits for the reply to RSET where the server does not pipeline.
  if (pipelining_ || expected_.empty()) send_recipients();
}

/// Sends the MAIL that is missing, and as many RCPTs as may be under way at once.
void Dialogue::send_recipients() {
  if (!in_transaction_) {
    const std::string path = in_brackets(question_.reverse_path);
    send(Verb::mail, question_.smtputf8 ? path + " SMTPUTF8" : path, Awaited::mail);
    if (!pipelining_ || report_.failure) return;
  }

  const std::size_t group = pipelining_ ? room() : std::min<std::size_t>(1, room());
  const std::size_t rest = question_.recipients.size() - answered_;
  for (std::size_t i = 0; i < std::min(group, rest); ++i) {
    send(Verb::rcpt, in_brackets(question_.recipients[answered_ + i]), Awaited::rcpt);
    if (report_.failure) return;
    ++recipients_sent_;
    ++recipients_in_output_;
  }
}

void Dialogue::on_mail(const Reply& reply) {
  if (reply.code == 421) return turn_away(reply, Stage::mail);
  if (reply.code == 250) {
    in_transaction_ = true;
    if (!pipelining_) send_recipients();
    return;
  }
  if (reply.klass() < 4) return distrust(reply, Stage::mail);

  ++refusals_;
  mail_refusal_ = reply;
  for (auto& outcome : report_.outcomes) outcome = RecipientOutcome{Stage::mail, reply};
}

void Dialogue::on_rcpt(const Reply& reply) {
  if (reply.code == 421) return turn_away(reply, Stage::rcpt);
  const bool refused = reply.klass() >= 4;
  if (refused) ++refusals_;
  if (mail_refusal_) return;

  const bool taken = reply.code == 250 || reply.code == 251 || reply.code == 252;
  if (!taken && !refused) return distrust(reply, Stage::rcpt);

  const bool too_many = wants_another_transaction(reply);
  if (too_many && transaction_took_some_) {
    transaction_full_ = true;
  } else {
    report_.outcomes[answered_] = RecipientOutcome{Stage::rcpt, reply};
    if (!too_many) transaction_took_some_ = true;
  }
  ++answered_;

  const bool more = answered_ < question_.recipients.size();
  if (expected_.empty() && more && !transaction_full_ && room() > 0) send_recipients();
}

void Dialogue::on_failure(SessionFailure failure) {
  const bool hung_up_at_helo =
      failure.kind == SessionFailure::Kind::hung_up && ehlo_refusal_ && !ready_;
  if (hung_up_at_helo) return turn_away(*ehlo_refusal_, Stage::ehlo);
  failure.clear_may_do = clear_may_do(failure);
  end(std::move(failure), output_.empty() ? expected_.size() : 0);
}

void Dialogue::on_surplus(std::string what) {
  std::ranges::fill(report_.outcomes, std::nullopt);
  in_step_ = false;
  end({.kind = SessionFailure::Kind::garbage,
       .stage = awaiting().value_or(Stage::rcpt),
       .reply = std::nullopt,
       .what = std::move(what)},
      output_.empty() ? commands_in_write_ : 0);
}

void Dialogue::end(SessionFailure failure, std::size_t commands_under_way) {
  failure.pipelined = commands_under_way > 1;
  // Whatever a server makes of QUIT, its answers before were complete.
  if (failure.kind == SessionFailure::Kind::garbage && !leaving_) in_step_ = false;
  expected_.clear();
  output_.clear();
  recipients_in_output_ = 0;
  report_.failure = std::move(failure);
}

void Dialogue::quit() {
  if (report_.failure && !still_listens(*report_.failure)) return;
  ready_ = false;
  leaving_ = true;
  send(Verb::quit, {}, Awaited::quit);
}

bool Dialogue::can_ask() const {
  return open() && expected_.empty() && resets_ < most_resets && room() > 0;
}

std::size_t Dialogue::room() const {
  const int share = params_.most_recipients - recipients_sent_;
  return static_cast<std::size_t>(std::max(0, std::min(share, most_refusals - refusals_)));
}

void Dialogue::send(Verb verb, std::string_view argument, Awaited awaited) {
  const std::optional<std::string> line = write_command(verb, argument);
  if (!line) {
    return on_failure({.kind = SessionFailure::Kind::garbage,
                       .stage = Stage::rcpt,
                       .reply = std::nullopt,
                       .what = "the address can't be written as an SMTP command"});
  }
  output_ += *line;
  expected_.push_back(awaited);
}

/// The server wants no more of us. A reply code of 421 means that it closes the connection
/// (RFC 5321 §3.8), whatever was asked.
void Dialogue::turn_away(const Reply& reply, Stage stage) {
  end({.kind = SessionFailure::Kind::turned_away,
       .stage = stage,
       .reply = reply,
       .what = "the server turned us away"},
      expected_.size() + 1);
}

/// The reply can't be one to what was asked: nothing that follows could be trusted.
void Dialogue::distrust(const Reply& reply, Stage stage) {
  end({.kind = SessionFailure::Kind::garbage,
       .stage = stage,
       .reply = reply,
       .what = "the server gave an answer that does not belong to the question"},
      expected_.size() + 1);
}

}  // namespace leadverify
