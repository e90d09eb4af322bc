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

bool is_of(const IpAddress& address, IpVersion version) {
  switch (version) {
    case IpVersion::any: return true;
    case IpVersion::v4: return address.is_v4();
    case IpVersion::v6: return !address.is_v4();
  }
  return true;
}

/// The addresses of one exchange that may be connected to, IPv4 first: mail servers ask more of a
/// client that comes over IPv6 (a PTR record above all).
std::vector<IpAddress> usable_addresses(const AddressAnswer& answer,
                                        const Reach& reach,
                                        IpVersion version,
                                        AddressSurvey& survey) {
  if (answer.status == DnsStatus::failed) survey.some_failed = true;
  std::vector<IpAddress> usable;
  for (const IpAddress& address : answer.addresses) {
    if (!is_of(address, version)) continue;
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
  if (survey.some_failed && dns_error.empty()) {
    return "not every mail server of the domain could be looked up";
  }
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
  if (!failure || failure->pipelined || failure->clear_may_do ||
      failure->kind == SessionFailure::Kind::shortage) {
    return {};
  }
  if (failure->kind != SessionFailure::Kind::turned_away) {
    const bool at_rcpt = failure->stage == Stage::mail || failure->stage == Stage::rcpt;
    return {at_rcpt ? Kind::none : Kind::unreachable, *failure};
  }
  const Finding finding = find(*failure, {});
  if (finding.reading.reason == Reason::blocked_ip) return {Kind::blocked, *failure};
  if (finding.kind == Finding::Kind::deferred) return {Kind::trouble, {}};
  return {Kind::unreachable, *failure};
}

std::string how_connected(const Session& session) {
  return session.tls().empty() ? "connected" : "connected, " + session.tls();
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
    ++self->enqueued_;
    try {
      self->agenda_.add(recipient);
    } catch (const std::exception&) {
      self->agenda_.settle_by_our_fault(std::move(recipient));
    }
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
  const auto ended = [self = shared_from_this()](const std::exception_ptr& fault) {
    if (!fault) return;
    self->running_ = false;
    self->agenda_.break_off();
    self->wake();
  };
  try {
    asio::co_spawn(strand_, run(shared_from_this()), ended);
  } catch (const std::exception&) {
    running_ = false;
    agenda_.break_off();
    deliver();
    if (agenda_.idle()) callbacks_.on_idle(enqueued_, agenda_.memory());
  }
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
  const auto ended = [self = shared_from_this(), trip](const std::exception_ptr& fault) {
    const TimePoint now = self->services_.clock.now();
    if (fault) self->agenda_.on_our_fault(trip, now);
    self->agenda_.come_back(trip, now);
    self->wake();
  };
  try {
    asio::co_spawn(strand_, travel(trip), ended);
  } catch (const std::exception&) {
    agenda_.come_back(trip, services_.clock.now());
    throw;
  }
}

void DomainWorker::deliver() {
  if (!agenda_.settled().empty()) {
    callbacks_.on_settled(agenda_.settled());
    agenda_.forget_settled();
  }

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
  const TimePoint begun = services_.clock.now();
  const MailRoute route = co_await find_route();
  agenda_.spend(trip, services_.clock.now() - begun);
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

  Search search;
  search.survey.one_version_only = params_.ip != IpVersion::any;
  search.survey.some_failed = route.has_more;
  for (const std::string& exchange : route.exchanges) {
    if (!agenda_.has_work(trip, services_.clock.now())) co_return;
    if (has_looked_enough(trip, search)) {
      search.survey.some_failed = true;  // there may be more
      break;
    }

    const TimePoint asked_at = services_.clock.now();
    const AddressAnswer answer = co_await find_addresses(exchange);
    agenda_.spend(trip, services_.clock.now() - asked_at);
    if (!answer.error.empty()) search.dns_error = answer.error;
    const auto addresses = usable_addresses(answer, services_.reach, params_.ip, search.survey);
    if (addresses.empty()) ++search.tried;
    for (const IpAddress& address : addresses) {
      where.exchange = exchange;
      where.address = address;
      if (params_.depth == Depth::dns) {
        agenda_.on_no_route(trip, judge(Reason::not_checked), Stage::dns, where, {});
        co_return;
      }
      if (silent_.contains(address)) {
        search.last_resorts.push_back(where);
        continue;
      }
      const bool over = co_await call_at(trip, where, search);
      if (over) co_return;
    }
  }
  for (const Whereabouts& last_resort : search.last_resorts) {
    where = last_resort;
    const bool over = co_await call_at(trip, where, search);
    if (over) co_return;
  }

  if (search.failure) {
    agenda_.on_failure(trip, *search.failure, search.failed_at, services_.clock.now());
  } else {
    const bool implicit = route.kind == MailRoute::Kind::implicit;
    const std::string why = explain(search.survey, implicit, search.dns_error);
    agenda_.on_no_route(trip, judge(search.survey), Stage::dns, where, why);
  }
}

/// Visits one address, if it is worth it; true: the trip is over. `search` is the caller's.
asio::awaitable<bool> DomainWorker::call_at(Agenda::Trip trip, Whereabouts where, Search& search) {
  if (!agenda_.has_work(trip, services_.clock.now())) co_return true;
  if (has_looked_enough(trip, search)) {
    search.survey.some_failed = true;
    co_return false;
  }
  const Duration patience = agenda_.patience().to_open_next(search.spent, search.tried == 0);
  Visit visited = co_await visit(trip, where, patience);
  if (!visited.failure) co_return true;
  search.spent += visited.spent;
  ++search.tried;
  const bool silent = visited.failure->kind == SessionFailure::Kind::timed_out &&
                      visited.failure->stage != Stage::rcpt;
  if (silent) silent_.insert(*where.address);
  search.failure = std::move(visited.failure);
  search.failed_at = where;
  co_return false;
}

/// Is it no use to look for a further server? Two tries are always worth it.
bool DomainWorker::has_looked_enough(Agenda::Trip trip, const Search& search) const {
  if (time_to_open(trip) <= Duration{0}) return true;
  if (search.tried < least_exchanges_tried) return false;
  const Patience& patience = agenda_.patience();
  return search.spent >= patience.to_open_all() || patience.runs_out(agenda_.spent(trip));
}

/// How long opening a session may take, so that time is left to ask.
Duration DomainWorker::time_to_open(Agenda::Trip trip) const {
  const Patience& patience = agenda_.patience();
  return patience.whole() - agenda_.spent(trip) - patience.to_ask();
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
    const Agenda::Use use = ++last_use_;
    bool answered = false;
    const bool used = agenda_.has_work(trip, begun);
    if (used) {
      if (lease.fresh) {
        ++services_.counts.connections;
        // Another try, in the clear, has some time of its own.
        const Duration rest = std::max(patience - visited.spent, patience / 2);
        const TimePoint due = begun + std::min(rest, time_to_open(trip));
        visited.failure = co_await lease.session->open(endpoint, where.exchange, due);
        agenda_.spend(trip, services_.clock.now() - begun);
        if (!visited.failure) tell(where, how_connected(*lease.session));
      }
      if (!visited.failure) {
        const Agenda::SessionView view{.use = use, .where = where, .was_used = !lease.fresh};
        const Hearing hearing = co_await ask_all(trip, view, lease);
        visited.failure = hearing.failure;
        answered = hearing.some_word;
      }
    }
    // Before the session's slot goes to the next who would fare no better.
    const bool pipeline_broke =
        visited.failure && visited.failure->pipelined && broke(*visited.failure);
    if (pipeline_broke) services_.pool.stop_pipelining(endpoint);
    const bool tls_broke = visited.failure && visited.failure->clear_may_do;
    if (tls_broke) services_.pool.stop_tls(endpoint);

    const TimePoint over = services_.clock.now();
    if (!answered) visited.spent += over - begun;
    SessionPool::Experience experience;
    if (used) experience = experience_of(visited.failure, answered, agenda_.complaint(trip));
    std::function<void(bool)> ended;
    if (used) ended = on_session_end(use);
    const auto give_back = [this, lease, experience, ended](std::function<void(bool)> gone) {
      services_.pool.give_back(lease, experience, ended, std::move(gone));
    };
    co_await await_value<bool>(give_back);

    if (!visited.failure) break;
    agenda_.spend(trip, services_.clock.now() - over);
    tell(where, visited.failure->what);
    const bool short_of_sockets =
        visited.failure->kind == SessionFailure::Kind::shortage && ++shortages <= most_shortages;
    if (short_of_sockets) co_await pause(shortage_pause);
    const bool died_meanwhile = !lease.fresh && !answered;
    const bool again = pipeline_broke || tls_broke || short_of_sockets || died_meanwhile;
    if (!again || agenda_.work(trip) == 0 || time_to_open(trip) <= Duration{0}) break;
  }
  co_return visited;
}

/// Asks, question by question, what the agenda wants to know of this server.
asio::awaitable<DomainWorker::Hearing> DomainWorker::ask_all(Agenda::Trip trip,
                                                             Agenda::SessionView view,
                                                             SessionPool::Lease lease) {
  Session& session = *lease.session;
  Hearing hearing;
  while (session.can_ask() && (!hearing.some_word || session.has_time())) {
    // A question is what leaves at once: the rate is one of recipients as the server sees them.
    view.room = session.group();
    view.offers_smtputf8 = session.offers_smtputf8();
    view.helo_name = session.helo_name();
    const TimePoint asked_at = services_.clock.now();
    const std::optional<Question> question = agenda_.next_question(trip, view, asked_at);
    if (!question) break;

    const TimePoint due = agenda_.answers_due(trip);
    const SessionReport report = co_await session.ask(*question, due);
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

std::function<void(bool)> DomainWorker::on_session_end(Agenda::Use use) {
  return [self = shared_from_this(), use](bool in_step) {
    asio::post(self->strand_, [self, use, in_step] {
      self->agenda_.on_session_end(use, in_step, self->services_.clock.now());
      self->wake();
    });
  };
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
