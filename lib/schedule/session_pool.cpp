#include "schedule/session_pool.hpp"

#include <exception>
#include <utility>

namespace leadverify {
namespace {

constexpr std::size_t enough_silent_servers = 10;

}  // namespace

SessionPool::SessionPool(asio::io_context& context,
                         Network& network,
                         Clock& clock,
                         Session::Params session,
                         ConnectionSlots::Limits limits,
                         std::function<void(std::string)> on_notice)
    : strand_(asio::make_strand(context)),
      network_(network),
      clock_(clock),
      session_(std::move(session)),
      on_notice_(std::move(on_notice)),
      an_address_(limits.an_address),
      slots_(limits),
      rest_alarm_(clock.make_alarm(strand_)) {}

void SessionPool::borrow(const Endpoint& exchange,
                         std::size_t work,
                         std::function<void(Lease)> lent) {
  asio::post(strand_, [this, exchange, work, lent = std::move(lent)]() mutable {
    if (stopping_) return lent({});
    const auto known = health_.find(exchange);
    if (known != health_.end()) {
      if (auto failure = known->second.known_failure(clock_.now())) {
        return lent({.session = nullptr, .known_failure = std::move(failure)});
      }
    }
    slots_.wait(exchange, ++last_ticket_, work);
    waiting_.emplace(last_ticket_, Waiting{exchange, std::move(lent)});
    lend_what_may_be_opened();
  });
}

void SessionPool::lend_what_may_be_opened() {
  while (const auto ticket = slots_.grant()) {
    const Waiting waiting = std::move(waiting_.extract(*ticket).mapped());
    Session::Params params = session_;
    if (no_pipelining_.contains(waiting.exchange)) params.pipelining = false;
    if (no_tls_.contains(waiting.exchange)) params.starttls = StartTls::never;
    ++open_sessions_;
    auto session = std::make_shared<Session>(params, network_.make_transport(), clock_);
    waiting.lent({.session = std::move(session), .fresh = true});
  }
}

void SessionPool::give_back(const Endpoint& exchange,
                            std::shared_ptr<Session> session,
                            Experience experience,
                            std::function<void(bool)> gone) {
  asio::post(strand_,
             [this,
              exchange,
              session = std::move(session),
              experience = std::move(experience),
              gone = std::move(gone)]() mutable {
               suspect_closed_port(exchange, experience);
               learn(exchange, experience);
               if (session->can_ask() && session->has_time() && !stopping_) {
                 if (const auto ticket = slots_.hand_over(exchange)) {
                   const Waiting next = std::move(waiting_.extract(*ticket).mapped());
                   gone(true);
                   return next.lent({.session = std::move(session), .fresh = false});
                 }
               }
               asio::co_spawn(strand_,
                              close(exchange, std::move(session), std::move(gone)),
                              [](const std::exception_ptr& fault) {
                                if (fault) std::rethrow_exception(fault);
                              });
             });
}

ExchangeHealth& SessionPool::health(const Endpoint& exchange) {
  return health_.try_emplace(exchange, an_address_).first->second;
}

/// Mail servers that have nothing to do with each other do not all go silent: it is our side.
void SessionPool::suspect_closed_port(const Endpoint& exchange, const Experience& experience) {
  if (port_is_open_ || experience.kind == Experience::Kind::none) return;
  const bool silent = experience.kind == Experience::Kind::unreachable &&
                      experience.failure.kind == SessionFailure::Kind::timed_out &&
                      experience.failure.stage == Stage::connect;
  port_is_open_ = !silent;
  silent_.insert(exchange);
  if (port_is_open_ || silent_.size() < enough_silent_servers) return;
  port_is_open_ = true;  // said once
  if (!on_notice_) return;
  on_notice_("no mail server answers on port " + std::to_string(exchange.port) +
             ": this network seems to close it; ask its operator, or run from a host where the "
             "port is open");
}

void SessionPool::learn(const Endpoint& exchange, const Experience& experience) {
  const TimePoint now = clock_.now();
  switch (experience.kind) {
    case Experience::Kind::none: return;
    case Experience::Kind::success:
      // Nothing to recover from: most servers never give reason to be remembered.
      if (!health_.contains(exchange)) return;
      health(exchange).on_success();
      break;
    case Experience::Kind::trouble: health(exchange).on_trouble(now); break;
    case Experience::Kind::unreachable:
      health(exchange).on_unreachable(experience.failure, now);
      break;
    case Experience::Kind::blocked: health(exchange).on_blocked(experience.failure); break;
  }

  const ExchangeHealth& there = health(exchange);
  if (const auto failure = there.known_failure(now)) {
    for (const ConnectionSlots::Ticket ticket : slots_.dismiss(exchange)) {
      const Waiting waiting = std::move(waiting_.extract(ticket).mapped());
      waiting.lent({.session = nullptr, .known_failure = failure});
    }
  }
  if (there.open_from() > now) return let_rest(exchange, there.open_from());
  slots_.restrict(exchange, there.sessions_allowed());
}

void SessionPool::let_rest(const Endpoint& exchange, TimePoint until) {
  slots_.restrict(exchange, 0);
  rests_.emplace(until, exchange);
  if (watching_rests_) return rest_alarm_->ring();
  watching_rests_ = true;
  asio::co_spawn(strand_, watch_rests(), [](const std::exception_ptr& fault) {
    if (fault) std::rethrow_exception(fault);
  });
}

/// Lets sessions be opened again where the wait is over.
asio::awaitable<void> SessionPool::watch_rests() {
  while (!rests_.empty() && !stopping_) {
    const TimePoint due = rests_.begin()->first;
    if (clock_.now() < due) {
      co_await rest_alarm_->wait_until(due);
      continue;
    }
    const Endpoint exchange = rests_.extract(rests_.begin()).mapped();
    const ExchangeHealth& there = health(exchange);
    if (there.open_from() > clock_.now()) continue;  // trouble came again meanwhile
    slots_.restrict(exchange, there.sessions_allowed());
    lend_what_may_be_opened();
  }
  watching_rests_ = false;
}

asio::awaitable<void> SessionPool::close(Endpoint exchange,
                                         std::shared_ptr<Session> session,
                                         std::function<void(bool)> gone) {
  co_await session->quit();
  session.reset();
  slots_.release(exchange);
  --open_sessions_;
  gone(false);
  lend_what_may_be_opened();
}

void SessionPool::stop_pipelining(const Endpoint& exchange) {
  asio::post(strand_, [this, exchange] { no_pipelining_.insert(exchange); });
}

void SessionPool::stop_tls(const Endpoint& exchange) {
  asio::post(strand_, [this, exchange] { no_tls_.insert(exchange); });
}

void SessionPool::stop() {
  asio::post(strand_, [this] {
    stopping_ = true;
    rest_alarm_->ring();
    slots_.dismiss();
    for (auto& [ticket, waiting] : std::exchange(waiting_, {})) waiting.lent({});
  });
}

}  // namespace leadverify
