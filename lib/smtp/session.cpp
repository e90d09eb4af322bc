#include "smtp/session.hpp"

#include <algorithm>
#include <utility>

namespace leadverify {
namespace {

constexpr Duration quit_patience = std::chrono::seconds{2};

SessionFailure failure_of(TransportFault fault, Stage stage) {
  SessionFailure failure{
      .stage = stage, .reply = std::nullopt, .what = std::string(to_string(fault))};
  switch (fault) {
    case TransportFault::not_permitted: failure.kind = SessionFailure::Kind::not_permitted; break;
    case TransportFault::unreachable:
    case TransportFault::refused: failure.kind = SessionFailure::Kind::refused; break;
    case TransportFault::hung_up: failure.kind = SessionFailure::Kind::hung_up; break;
    case TransportFault::timed_out: failure.kind = SessionFailure::Kind::timed_out; break;
    case TransportFault::shortage: failure.kind = SessionFailure::Kind::shortage; break;
    case TransportFault::tls_failed: failure.kind = SessionFailure::Kind::no_tls; break;
  }
  return failure;
}

SessionFailure failure_of(const TlsFault& fault) {
  SessionFailure failure = failure_of(fault.kind, Stage::starttls);
  failure.what = fault.what;
  return failure;
}

SessionFailure garbage(Stage stage, std::string_view what) {
  return {.kind = SessionFailure::Kind::garbage,
          .stage = stage,
          .reply = std::nullopt,
          .what = std::string(what)};
}

/// Only a server that closes the session may speak unasked (RFC 5321 §3.8).
bool closes(const Expected<Reply, SessionFailure>& unasked) {
  return unasked && unasked->code == 421;
}

std::string address_literal(const IpAddress& address) {
  return (address.is_v4() ? "[" : "[IPv6:") + address.to_string() + "]";
}

}  // namespace

Session::Session(Params params, std::unique_ptr<Transport> transport, const Clock& clock)
    : params_(std::move(params)), transport_(std::move(transport)), clock_(clock) {}

asio::awaitable<std::optional<SessionFailure>> Session::open(Endpoint exchange,
                                                             std::string host,
                                                             TimePoint due) {
  const TimePoint begun = clock_.now();
  session_due_ = begun + params_.session_timeout;
  const TimePoint connect_due = std::min({begun + params_.connect_timeout, due, session_due_});
  if (params_.trace) {
    trace_ = std::make_unique<SessionTrace>(*params_.trace, host, exchange.address.to_string());
  }
  const auto fault = co_await transport_->connect(exchange, connect_due);
  if (fault) {
    note(to_string(*fault));
    co_return failure_of(*fault, Stage::connect);
  }
  note("connected");

  const IpAddress here = transport_->local_address().value_or(IpAddress());
  helo_name_ = params_.helo_name.value_or(address_literal(here));
  dialogue_.emplace(Dialogue::Params{.helo_name = helo_name_,
                                     .most_recipients = params_.most_recipients,
                                     .pipelining = params_.pipelining,
                                     .starttls = params_.starttls});
  co_await converse(due);
  if (dialogue_->wants_tls()) co_await secure(std::move(host), due);
  co_return dialogue_->report().failure;
}

asio::awaitable<SessionReport> Session::ask(Question question, TimePoint due) {
  dialogue_->ask(question);
  co_await converse(due);
  co_return dialogue_->report();
}

asio::awaitable<bool> Session::quit() {
  if (dialogue_) {
    if (const auto& failure = dialogue_->report().failure) note(failure->what);
    dialogue_->quit();
    co_await converse(clock_.now() + quit_patience);
    note("closed");
  }
  transport_->close();
  co_return !dialogue_ || dialogue_->in_step();
}

void Session::leave_at_once() {
  if (dialogue_ && dialogue_->open()) {
    const std::string farewell = *write_command(Verb::quit, {});
    if (trace_) trace_->sent(farewell);
    transport_->send_at_once(farewell);
  }
  transport_->close();
}

void Session::note(std::string_view what) {
  if (trace_) trace_->note(std::string(what));
}

/// Sends what the dialogue has to say and tells it the replies, until it awaits none, or TLS.
asio::awaitable<void> Session::converse(TimePoint due) {
  while (const std::optional<Stage> stage = dialogue_->awaiting()) {
    if (dialogue_->wants_tls()) co_return;
    co_await speak(*stage, reply_due(due));
    if (dialogue_->awaiting()) co_await listen(*stage, reply_due(due));
  }
}

/// Shakes hands, and begins anew (RFC 3207 §4).
asio::awaitable<void> Session::secure(std::string host, TimePoint due) {
  if (reader_.has_rest() || transport_->has_octets()) {
    co_return dialogue_->on_surplus("the server spoke before the TLS handshake");
  }
  const auto secured = co_await transport_->secure(std::move(host), reply_due(due));
  if (!secured) co_return dialogue_->on_failure(failure_of(secured.error()));
  tls_ = *secured;
  note(tls_);
  dialogue_->on_secured();
  co_await converse(due);
}

/// Sends the commands that are due.
asio::awaitable<void> Session::speak(Stage stage, TimePoint due) {
  if (!dialogue_->has_output()) co_return;

  if (!reader_.has_rest() && !transport_->has_octets()) {
    std::string output = dialogue_->take_output();
    if (trace_) trace_->sent(output);
    const auto fault = co_await transport_->write(std::move(output), due);
    if (fault) dialogue_->on_failure(failure_of(*fault, stage));
    co_return;
  }

  // A reply that is there before its command was sent answers nothing that we asked.
  const auto unasked = co_await receive(stage, due);
  on_unasked(stage, unasked);
}

/// Takes in one reply.
asio::awaitable<void> Session::listen(Stage stage, TimePoint due) {
  const auto reply = co_await receive(stage, due);
  if (!reply) co_return dialogue_->on_failure(reply.error());
  const bool last = dialogue_->outstanding() == 1;
  const bool more = last && (reader_.has_rest() || transport_->has_octets());
  if (!more || dialogue_->is_last_word(*reply)) co_return dialogue_->on_reply(*reply);

  const auto unasked = co_await receive(stage, due);
  if (closes(unasked)) dialogue_->on_reply(*reply);
  on_unasked(stage, unasked);
}

/// Ends the session over a reply that answers none of our commands.
void Session::on_unasked(Stage stage, const Expected<Reply, SessionFailure>& unasked) {
  if (!closes(unasked)) {
    return dialogue_->on_surplus("the server gave an answer that it was not asked for");
  }
  dialogue_->on_failure({.kind = SessionFailure::Kind::turned_away,
                         .stage = stage,
                         .reply = *unasked,
                         .what = "the server closed the session"});
}

asio::awaitable<Expected<Reply, SessionFailure>> Session::receive(Stage stage, TimePoint due) {
  while (true) {
    if (std::optional<Reply> reply = reader_.next()) co_return *std::move(reply);
    if (const auto fault = reader_.fault()) co_return Unexpected(garbage(stage, to_string(*fault)));

    const auto octets = co_await transport_->read(due);
    if (!octets) co_return Unexpected(failure_of(octets.error(), stage));
    if (trace_) trace_->received(*octets);
    reader_.feed(*octets);
  }
}

TimePoint Session::reply_due(TimePoint due) const {
  return std::min({clock_.now() + params_.command_timeout, due, session_due_});
}

}  // namespace leadverify
