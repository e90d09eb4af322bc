#include "schedule/domain_worker.hpp"

#include "base/await_value.hpp"

#include <algorithm>
#include <exception>
#include <random>
#include <utility>

namespace leadverify {
namespace {

constexpr std::size_t most_addresses = 5;
constexpr int least_exchanges_tried = 2;
constexpr int most_shortages = 30;
constexpr Duration shortage_pause = std::chrono::seconds{1};

/// The addresses of one exchange that may be connected to, IPv4 first: mail servers ask more of a
/// client that comes over IPv6 (a PTR record above all).
std::vector<IpAddress> usable_addresses(const AddressAnswer& answer,
                                        const Reach& reach,
                                        AddressSurvey& survey) {
  if (answer.status == DnsStatus::failed) survey.some_failed = true;
  std::vector<IpAddress> usable;
  for (const IpAddress& address : answer.addresses) {
    if (reach.permits(address)) {
      usable.push_back(address);
    } else {
      survey.some_not_public = true;
    }
  }
  std::stable_partition(
      usable.begin(), usable.end(), [](const IpAddress& address) { return address.is_v4(); });
  if (usable.size() > most_addresses) usable.resize(most_addresses);
  return usable;
}

std::string explain(const AddressSurvey& survey, bool implicit, const std::string& dns_error) {
  if (survey.some_failed) return dns_error;
  if (implicit && !survey.some_not_public)
    return "the domain has neither an MX nor an address record";
  if (survey.some_not_public) return "the domain's mail servers have no public address";
  if (survey.one_version_only)
    return "the domain's mail servers have no address of this IP version";
  return "none of the domain's mail servers has an address";
}

/// Did the connection break, rather than the server say something?
bool broke(const SessionFailure& failure) {
  return failure.kind == SessionFailure::Kind::hung_up ||
         failure.kind == SessionFailure::Kind::timed_out ||
         failure.kind == SessionFailure::Kind::garbage;
}

/// What others should know of a visit that ended with `failure`, and on which somebody was
/// answered or the server complained.
SessionPool::Experience experience_of(const std::optional<SessionFailure>& failure,
                                      bool answered,
                                      const std::optional<Finding>& complaint) {
  using Kind = SessionPool::Experience::Kind;
  if (complaint && complaint->reading.reason == Reason::blocked_ip) {
    return {Kind::blocked,
            {.kind = SessionFailure::Kind::turned_away,
             .stage = complaint->stage,
             .reply = complaint->reply,
             .what = "the server refuses our address"}};
  }
  if (complaint) return {Kind::trouble, {}};
  if (answered) return {failure ? Kind::none : Kind::success, {}};
  if (!failure || failure->pipelined || failure->kind == SessionFailure::Kind::shortage) return {};
  if (failure->kind != SessionFailure::Kind::turned_away) {
    const bool at_rcpt = failure->stage == Stage::mail || failure->stage == Stage::rcpt;
    return {at_rcpt ? Kind::none : Kind::unreachable, *failure};
  }
  const Finding finding = find(*failure, {});
  if (finding.reading.reason == Reason::blocked_ip) return {Kind::blocked, *failure};
  if (finding.kind == Finding::Kind::deferred) return {Kind::trouble, {}};
  return {Kind::unreachable, *failure};
}

}  // namespace

DomainWorker::DomainWorker(Services services, Params params, Agenda agenda, Callbacks callbacks)
    : services_(std::move(services)),
      params_(std::move(params)),
      callbacks_(std::move(callbacks)),
      strand_(asio::make_strand(services_.context)),
      alarm_(services_.clock.make_alarm(strand_)),
      agenda_(std::move(agenda)) {}

void DomainWorker::enqueue(Recipient recipient) {
  asio::post(strand_, [self = shared_from_this(), recipient = std::move(recipient)]() mutable {
    self->agenda_.add(std::move(recipient));
    ++self->enqueued_;
    self->wake();
  });
}

void DomainWorker::interrupt() {
  asio::post(strand_, [self = shared_from_this()] {
    self->agenda_.interrupt();
    self->wake();
  });
}

void DomainWorker::wake() {
  if (running_) return alarm_->ring();
  running_ = true;
  asio::co_spawn(strand_, run(shared_from_this()), [](const std::exception_ptr& fault) {
    if (fault) std::rethrow_exception(fault);
  });
}

/// The only loop of a domain.
asio::awaitable<void> DomainWorker::run(std::shared_ptr<DomainWorker> self) {
  while (true) {
    const TimePoint now = services_.clock.now();
    for (std::size_t trips = agenda_.trips_wanted(now); trips > 0; --trips) set_out();
    deliver();
    if (agenda_.idle()) break;
    const TimePoint due = agenda_.next_due(now).value_or(TimePoint::max());
    co_await alarm_->wait_until(due);
  }
  running_ = false;
  callbacks_.on_idle(enqueued_, agenda_.memory());
  self.reset();
}

void DomainWorker::set_out() {
  const Agenda::Trip trip = agenda_.set_out();
  asio::co_spawn(
      strand_, travel(trip), [self = shared_from_this(), trip](const std::exception_ptr& fault) {
        if (fault) self->agenda_.on_internal_error(trip);
        self->agenda_.come_back(trip, self->services_.clock.now());
        self->wake();
      });
}

void DomainWorker::deliver() {
  std::vector<Settlement> settled = agenda_.take_settled();
  if (!settled.empty()) callbacks_.on_settled(std::move(settled));

  const std::size_t retries = agenda_.waiting_to_retry();
  services_.counts.waiting_to_retry +=
      static_cast<std::int64_t>(retries) - static_cast<std::int64_t>(counted_retries_);
  counted_retries_ = retries;
  const TimePoint last = agenda_.last_retry().value_or(TimePoint());
  TimePoint known = services_.counts.last_retry;
  while (known < last && !services_.counts.last_retry.compare_exchange_weak(known, last)) {
  }
}

/// One trip: from exchange to exchange, until one of them answers.
asio::awaitable<void> DomainWorker::travel(Agenda::Trip trip) {
  const MailRoute route = co_await find_route();
  if (route.exchanges.empty()) {
    agenda_.on_no_route(trip, judge(route), Stage::dns, Whereabouts(), route.error);
    co_return;
  }
  Whereabouts where{.exchange = route.exchanges.front(), .address = std::nullopt};
  const std::optional<Provider> provider = services_.providers.find(where.exchange);
  if (params_.depth == Depth::smtp && provider && !provider->asked) {
    const std::string why = why_not_asked(*provider);
    agenda_.on_no_route(trip, judge(Reason::unverifiable), Stage::dns, where, why);
    co_return;
  }

  // An address has its word within two and a half times the patience for a reply: one and a half
  // until a session is open, and one for the RCPT. The first exchange leaves time for the second.
  const Duration opening_time = params_.command_timeout * 3 / 2;
  Duration spent{0};
  int tried = 0;
  AddressSurvey survey{.one_version_only = params_.ip != IpVersion::any};
  std::string dns_error;
  std::optional<SessionFailure> failure;
  for (const std::string& exchange : route.exchanges) {
    if (!agenda_.has_work(trip, services_.clock.now())) co_return;
    if (tried >= least_exchanges_tried && spent >= opening_time) break;

    const AddressAnswer answer = co_await find_addresses(exchange);
    if (!answer.error.empty()) dns_error = answer.error;
    for (const IpAddress& address : usable_addresses(answer, services_.reach, survey)) {
      if (tried >= least_exchanges_tried && spent >= opening_time) break;
      where.exchange = exchange;
      where.address = address;
      if (params_.depth == Depth::dns) {
        agenda_.on_no_route(trip, judge(Reason::not_checked), Stage::dns, where, {});
        co_return;
      }
      const Duration rest = std::max(opening_time - spent, params_.command_timeout / 3);
      const Duration patience = tried == 0 ? params_.command_timeout : rest;
      Visit visited = co_await visit(trip, where, patience);
      if (!visited.failure) co_return;
      spent += visited.spent;
      ++tried;
      failure = std::move(visited.failure);
    }
  }

  if (failure) {
    agenda_.on_failure(trip, *failure, where, services_.clock.now());
  } else {
    const bool implicit = route.kind == MailRoute::Kind::implicit;
    const std::string why = explain(survey, implicit, dns_error);
    agenda_.on_no_route(trip, judge(survey), Stage::dns, where, why);
  }
}

asio::awaitable<MailRoute> DomainWorker::find_route() {
  const std::string domain = agenda_.domain();
  if (params_.literal) {
    co_return MailRoute{MailRoute::Kind::exchanges, std::vector<std::string>(1, domain), {}};
  }
  const auto start = [this, domain](std::function<void(MxAnswer)> done) {
    services_.resolver.lookup_mx(domain, std::move(done));
  };
  const MxAnswer answer = co_await await_value<MxAnswer>(start);
  co_return order_exchanges(answer);
}

/// Not within a coroutine, whose frame would keep the generator's 2.5 KB while it waits.
MailRoute DomainWorker::order_exchanges(const MxAnswer& answer) const {
  std::mt19937_64 random(params_.seed);
  return route_mail(agenda_.domain(), answer, random);
}

asio::awaitable<AddressAnswer> DomainWorker::find_addresses(std::string exchange) {
  if (params_.literal) {
    AddressAnswer answer;
    answer.status = DnsStatus::ok;
    answer.addresses.push_back(*params_.literal);
    co_return answer;
  }
  const auto start = [this, exchange](std::function<void(AddressAnswer)> done) {
    services_.resolver.lookup_addresses(exchange, std::move(done));
  };
  const AddressAnswer answer = co_await await_value<AddressAnswer>(start);
  co_return answer;
}

/// Asks at one address of one exchange; again where the first try says nothing of the server.
asio::awaitable<DomainWorker::Visit> DomainWorker::visit(Agenda::Trip trip,
                                                         Whereabouts where,
                                                         Duration patience) {
  const Endpoint endpoint{*where.address, params_.smtp_port};
  int shortages = 0;
  Visit visited;
  while (true) {
    const std::size_t work = agenda_.work(trip);
    const auto start = [this, endpoint, work](std::function<void(SessionPool::Lease)> lent) {
      services_.pool.borrow(endpoint, work, std::move(lent));
    };
    const SessionPool::Lease lease = co_await await_value<SessionPool::Lease>(start);
    visited.failure = lease.known_failure;
    if (!lease.session) break;

    const TimePoint begun = services_.clock.now();
    bool answered = false;
    const bool used = agenda_.has_work(trip, begun);
    if (used) {
      if (lease.fresh) {
        ++services_.counts.connections;
        visited.failure = co_await lease.session->open(endpoint, begun + patience);
        visited.spent += services_.clock.now() - begun;
        if (!visited.failure) tell(where, "connected");
      }
      if (!visited.failure) {
        const Hearing hearing = co_await ask_all(trip, where, lease);
        visited.failure = hearing.failure;
        answered = hearing.some_word;
      }
    }
    SessionPool::Experience experience;
    if (used) experience = experience_of(visited.failure, answered, agenda_.complaint(trip));
    const auto give_back = [this, endpoint, lease, experience](std::function<void(bool)> gone) {
      services_.pool.give_back(endpoint, lease.session, experience, std::move(gone));
    };
    co_await await_value<bool>(give_back);

    if (!visited.failure) break;
    tell(where, visited.failure->what);
    const bool pipeline_broke = visited.failure->pipelined && broke(*visited.failure);
    if (pipeline_broke) services_.pool.stop_pipelining(endpoint);
    const bool short_of_sockets =
        visited.failure->kind == SessionFailure::Kind::shortage && ++shortages <= most_shortages;
    if (short_of_sockets) co_await pause(shortage_pause);
    const bool died_meanwhile = !lease.fresh && !answered;
    if (!pipeline_broke && !short_of_sockets && !died_meanwhile) break;
  }
  co_return visited;
}

/// Asks, question by question, what the agenda wants to know of this server.
asio::awaitable<DomainWorker::Hearing> DomainWorker::ask_all(Agenda::Trip trip,
                                                             Whereabouts where,
                                                             SessionPool::Lease lease) {
  Session& session = *lease.session;
  Hearing hearing;
  Agenda::SessionView view{.where = where, .was_used = !lease.fresh};
  while (session.can_ask() && (!hearing.some_word || session.has_time())) {
    // A question is what leaves at once: the rate is one of recipients as the server sees them.
    view.room = session.group();
    view.offers_smtputf8 = session.offers_smtputf8();
    view.helo_name = session.helo_name();
    const TimePoint asked_at = services_.clock.now();
    const std::optional<Question> question = agenda_.next_question(trip, view, asked_at);
    if (!question) break;

    const SessionReport report = co_await session.ask(*question, TimePoint::max());
    services_.counts.recipients_asked += report.sent;
    agenda_.on_report(trip, report, services_.clock.now());
    deliver();
    hearing.failure = report.failure;
    if (report.failure) break;
    hearing.some_word = true;
    view.was_used = true;
  }
  co_return hearing;
}

asio::awaitable<void> DomainWorker::pause(Duration time) {
  const std::unique_ptr<Alarm> alarm = services_.clock.make_alarm(strand_);
  co_await alarm->wait_until(services_.clock.now() + time);
}

void DomainWorker::tell(const Whereabouts& where, const std::string& what) const {
  if (!services_.on_event) return;
  services_.on_event(agenda_.domain() + ": " + where.exchange + " [" + where.address->to_string() +
                     "]: " + what);
}

}  // namespace leadverify
