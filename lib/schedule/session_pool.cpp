#include "schedule/session_pool.hpp"

#include <exception>
#include <new>
#include <utility>

namespace leadverify {
namespace {

constexpr std::size_t enough_silent_servers = 10;

/// Was there no answer to the very first packet?
bool is_silence(const SessionPool::Experience& experience) {
  return experience.kind == SessionPool::Experience::Kind::unreachable &&
         experience.failure.kind == SessionFailure::Kind::timed_out &&
         experience.failure.stage == Stage::connect;
}

/// Those who can't be told for want of memory go by their patience.
void tell(const std::vector<std::function<void(bool)>>& ended, bool in_step) {
  for (const std::function<void(bool)>& each : ended) {
    try {
      each(in_step);
    } catch (const std::bad_alloc&) {
    }
  }
}

/// What to tell those who can't be lent a session because this host is short of memory.
SessionPool::Lease no_session_for_want_of_memory() {
  SessionFailure failure{.kind = SessionFailure::Kind::shortage, .reply = {}, .what = {}};
  return {.session = nullptr, .known_failure = std::move(failure)};
}

}  // namespace

/// The right to one session with an exchange.
class SessionPool::Slot {
 public:
  Slot(std::weak_ptr<SessionPool*> pool, const Endpoint& exchange)
      : pool_(std::move(pool)), exchange_(exchange) {}
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  /// Who held it last has lost it on the way, by a fault of ours; or the pool is gone.
  ~Slot() {
    const auto pool = pool_.lock();
    if (free_ || !pool) return;
    asio::post((*pool)->strand_, [&pool = **pool, exchange = exchange_, ended = std::move(ended_)] {
      std::erase_if(pool.open_, [](const auto& open) { return open.second.expired(); });
      pool.release(exchange);
      tell(ended, true);
      pool.lend_what_may_be_opened();
    });
  }

  const Endpoint& exchange() const { return exchange_; }

 private:
  friend class SessionPool;

  std::weak_ptr<SessionPool*> pool_;
  Endpoint exchange_;
  // On the pool's strand.
  bool free_ = false;
  std::vector<std::function<void(bool)>> ended_;  // of all who had the session
};

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
    if (auto failure = known_failure(exchange)) {
      return lent({.session = nullptr, .known_failure = std::move(failure)});
    }
    wait(exchange, work, std::move(lent));
  });
}

void SessionPool::wait(const Endpoint& exchange,
                       std::size_t work,
                       std::function<void(Lease)> lent) {
  const ConnectionSlots::Ticket ticket = ++last_ticket_;
  try {
    waiting_.emplace(ticket, Waiting{exchange, lent});
    slots_.wait(exchange, ticket, work);
  } catch (const std::bad_alloc&) {
    waiting_.erase(ticket);
    return lent(no_session_for_want_of_memory());
  }
  lend_what_may_be_opened();
}

void SessionPool::lend_what_may_be_opened() {
  while (const auto ticket = slots_.grant()) {
    const Waiting waiting = std::move(waiting_.extract(*ticket).mapped());
    ++open_sessions_;
    waiting.lent(open_for(waiting.exchange));
  }
}

/// A session in the slot that was just granted.
SessionPool::Lease SessionPool::open_for(const Endpoint& exchange) {
  std::shared_ptr<Slot> slot;
  try {
    slot = std::make_shared<Slot>(self_, exchange);
    Session::Params params = session_;
    if (no_pipelining_.contains(exchange)) params.pipelining = false;
    if (no_tls_.contains(exchange)) params.starttls = StartTls::never;
    auto session = std::make_shared<Session>(params, network_.make_transport(), clock_);
    open_.emplace(slot.get(), session);
    return {.session = std::move(session), .slot = std::move(slot), .fresh = true};
  } catch (const std::bad_alloc&) {
    // A slot that was made gives itself back.
    if (!slot) release(exchange);
    return no_session_for_want_of_memory();
  }
}

void SessionPool::give_back(Lease lease,
                            Experience experience,
                            std::function<void(bool)> ended,
                            std::function<void(bool)> gone) {
  asio::post(strand_,
             [this,
              lease = std::move(lease),
              experience = std::move(experience),
              ended = std::move(ended),
              gone = std::move(gone)]() mutable {
               try {
                 if (ended) lease.slot->ended_.push_back(std::move(ended));
                 look_at_ipv6(lease.slot->exchange(), experience);
                 suspect_closed_port(lease.slot->exchange(), experience);
                 learn(lease.slot->exchange(), experience);
               } catch (const std::bad_alloc&) {
                 // What others should know of this visit is lost, and no more.
               }
               if (hand_over(lease)) return gone(true);
               close(std::move(lease), std::move(gone));
             });
}

/// Lends the session to the next one who waits for its exchange, if it is still of use.
bool SessionPool::hand_over(const Lease& lease) {
  if (!lease.session->can_ask() || !lease.session->has_time() || stopping_) return false;
  const auto ticket = slots_.hand_over(lease.slot->exchange());
  if (!ticket) return false;
  const Waiting next = std::move(waiting_.extract(*ticket).mapped());
  next.lent({.session = lease.session, .slot = lease.slot, .fresh = false});
  return true;
}

void SessionPool::close(Lease lease, std::function<void(bool)> gone) {
  const auto closed = [this, slot = lease.slot, gone](bool in_step) {
    slot->free_ = true;
    open_.erase(slot.get());
    release(slot->exchange());
    // Whoever answers too often to many commands at once may do better with one at a time.
    if (!in_step) no_pipelining_.insert(slot->exchange());
    tell(slot->ended_, in_step);
    gone(false);
    lend_what_may_be_opened();
  };
  try {
    // Whatever came of the goodbye, the session is gone.
    asio::co_spawn(
        strand_,
        say_goodbye(std::move(lease.session)),
        [closed](const std::exception_ptr& fault, bool in_step) { closed(fault || in_step); });
  } catch (const std::bad_alloc&) {
    closed(true);
  }
}

asio::awaitable<bool> SessionPool::say_goodbye(std::shared_ptr<Session> session) {
  const bool in_step = co_await session->quit();
  co_return in_step;
}

void SessionPool::release(const Endpoint& exchange) {
  slots_.release(exchange);
  --open_sessions_;
}

ExchangeHealth& SessionPool::health(const Endpoint& exchange) {
  return health_.try_emplace(exchange, an_address_).first->second;
}

/// What those need not find out by themselves who want to go there.
std::optional<SessionFailure> SessionPool::known_failure(const Endpoint& exchange) const {
  if (!exchange.address.is_v4() && ipv6_.is_closed()) {
    return SessionFailure{.kind = SessionFailure::Kind::timed_out,
                          .stage = Stage::connect,
                          .reply = std::nullopt,
                          .what = "no server answers this host over IPv6"};
  }
  const auto known = health_.find(exchange);
  if (known == health_.end()) return std::nullopt;
  return known->second.known_failure(clock_.now());
}

/// Answers those who wait for `exchange` in vain.
void SessionPool::tell_known_failure(const Endpoint& exchange) {
  const std::optional<SessionFailure> failure = known_failure(exchange);
  if (!failure) return;
  for (const ConnectionSlots::Ticket ticket : slots_.dismiss(exchange)) {
    const Waiting waiting = std::move(waiting_.extract(ticket).mapped());
    waiting.lent({.session = nullptr, .known_failure = failure});
  }
}

void SessionPool::look_at_ipv6(const Endpoint& exchange, const Experience& experience) {
  if (experience.kind == Experience::Kind::none) return;
  const bool came_about = experience.kind != Experience::Kind::unreachable ||
                          experience.failure.stage != Stage::connect;
  if (came_about) return ipv6_.on_connection(exchange.address);
  if (!is_silence(experience)) return;
  const bool was_closed = ipv6_.is_closed();
  ipv6_.on_silence(exchange.address);
  if (was_closed || !ipv6_.is_closed()) return;

  std::set<Endpoint> in_vain;
  for (const auto& [ticket, waiting] : waiting_) {
    if (!waiting.exchange.address.is_v4()) in_vain.insert(waiting.exchange);
  }
  for (const Endpoint& waited_for : in_vain) tell_known_failure(waited_for);
  if (!on_notice_) return;
  on_notice_(
      "no mail server answers over IPv6: this run goes on without it; see to the host's "
      "IPv6 route, or choose --ip 4");
}

/// Mail servers that have nothing to do with each other do not all go silent: it is our side.
void SessionPool::suspect_closed_port(const Endpoint& exchange, const Experience& experience) {
  if (port_is_open_ || experience.kind == Experience::Kind::none) return;
  port_is_open_ = !is_silence(experience);
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
  tell_known_failure(exchange);
  if (there.open_from() > now) return let_rest(exchange, there.open_from());
  slots_.restrict(exchange, there.sessions_allowed());
}

void SessionPool::let_rest(const Endpoint& exchange, TimePoint until) {
  slots_.restrict(exchange, 0);
  rests_.emplace(until, exchange);
  if (watching_rests_) return rest_alarm_->ring();
  start_watching_rests();
}

void SessionPool::start_watching_rests() {
  watching_rests_ = true;
  asio::co_spawn(strand_, watch_rests(), [this](const std::exception_ptr& fault) {
    if (fault) start_watching_rests();
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

void SessionPool::stop_pipelining(const Endpoint& exchange) {
  asio::post(strand_, [this, exchange] { no_pipelining_.insert(exchange); });
}

void SessionPool::stop_tls(const Endpoint& exchange) {
  asio::post(strand_, [this, exchange] { no_tls_.insert(exchange); });
}

void SessionPool::leave_at_once() {
  for (const auto& [slot, open] : open_) {
    if (const std::shared_ptr<Session> session = open.lock()) session->leave_at_once();
  }
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
