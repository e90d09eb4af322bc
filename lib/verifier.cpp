#include <leadverify/json_line.hpp>
#include <leadverify/verifier.hpp>

#include "address/lists.hpp"
#include "address/mailbox.hpp"
#include "dns/caching_resolver.hpp"
#include "dns/cares_resolver.hpp"
#include "dns/provider_table.hpp"
#include "from_options.hpp"
#include "schedule/dispatcher.hpp"
#include "schedule/intake.hpp"
#include "verdict/description.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

namespace leadverify {
namespace {

// After a stop: how long open sessions have for the reply under way and their QUIT.
constexpr Duration stop_patience = std::chrono::seconds{8};
constexpr Duration progress_interval = std::chrono::seconds{1};

std::uint64_t random_number() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

/// What `input` is read as. A broken one is no mailbox, without a word: its remark says why.
Expected<Mailbox, SyntaxFault> read_mailbox(const Input& input) {
  if (input.is_broken) return Unexpected(SyntaxFault{});
  return parse_mailbox(input.text);
}

std::string sentence_of(const SyntaxFault& fault) {
  return fault.what.empty() ? std::string() : to_string(fault);
}

/// Adds a sentence to what is said of the item already.
void add_error(Result& result, const std::string& sentence) {
  if (sentence.empty()) return;
  result.error = result.error ? *result.error + "; " + sentence : sentence;
}

/// Without a fault, and of one mind about the IP version.
Options checked(Options options) {
  if (const auto words = fault(options)) throw std::invalid_argument(*words);
  if (const auto source = source_of(options)) {
    options.ip = source->is_v4() ? IpVersion::v4 : IpVersion::v6;
  }
  return options;
}

}  // namespace

/// One run: the parts of the library put together, the threads, and the one lock of the house.
class Verifier::Run {
 public:
  Run(Options options, Callbacks callbacks)
      : options_(std::move(options)),
        callbacks_(std::move(callbacks)),
        context_(options_.threads),
        reach_(make_reach(options_)),
        providers_(make_providers(options_)),
        lists_(make_lists(options_)),
        network_(context_, reach_, source_of(options_)),
        trace_([this](TraceLine line) { trace(std::move(line)); }),
        cares_(make_resolver(context_, resolvers_of(options_), options_.ip)),
        resolver_(context_.get_executor(), cares_, clock_, options_.mx_ttl),
        pool_(context_,
              network_,
              clock_,
              session_params(options_, callbacks_.on_trace ? &trace_ : nullptr),
              {.in_all = options_.max_connections, .an_address = options_.mx_connections},
              to_strand(callbacks_.on_notice)),
        dispatcher_(
            services(),
            options_,
            {.seed = random_number(),
             .begun = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())},
            [this](const Settlement& settlement) { on_settled(settlement); }),
        intake_(random_number(), intake_limits(options_)),
        progress_timer_(dispatcher_.strand()),
        stop_timer_(dispatcher_.strand()),
        work_(asio::make_work_guard(context_)),
        begun_(clock_.now()) {}

  ~Run() {
    stop();
    wait();
  }

  void start() {
    for (int i = 0; i < options_.threads; ++i) {
      threads_.emplace_back([this] { run_context(); });
    }
    if (callbacks_.on_progress) {
      asio::post(dispatcher_.strand(), [this] { schedule_progress(); });
    }
  }

  void remember(const Result& known) {
    // The first of its kind carries the verdict for all.
    if (known.duplicate_of) return;
    const Expected<Mailbox, SyntaxFault> mailbox = read_mailbox(known.input);
    if (!mailbox) return;
    const std::scoped_lock lock(door_);
    intake_.remember(*mailbox, known);
  }

  bool submit(Input input) {
    auto mailbox = read_mailbox(input);
    std::unique_lock lock(door_);
    if (intake_.full()) {
      full_ = true;
      changed_.wait(lock, [&] { return closed_ || intake_.has_room(); });
    }
    if (closed_) return false;
    const auto work = intake_.take_in(std::move(input), std::move(mailbox), clock_.now());
    lock.unlock();
    if (work) begin(*work);
    return true;
  }

  void close() {
    const std::scoped_lock lock(door_);
    closed_ = true;
    changed_.notify_all();
  }

  void stop() {
    {
      const std::scoped_lock lock(door_);
      const bool over = closed_ && intake_.empty();
      closed_ = true;
      if (over || std::exchange(stopping_, true)) return;
      summary_.complete = false;
      intake_.stop();
      changed_.notify_all();
    }
    dispatcher_.interrupt();
    asio::post(dispatcher_.strand(), [this] {
      if (ended_) return;
      stop_timer_.expires_after(stop_patience);
      stop_timer_.async_wait([this](const error_code& error) {
        if (!error) cut_off();
      });
    });
  }

  Summary wait() {
    {
      std::unique_lock lock(door_);
      changed_.wait(lock, [&] { return (closed_ && intake_.empty()) || cut_off_; });
    }
    cares_->stop();
    pool_.stop();
    asio::post(dispatcher_.strand(), [this] {
      ended_ = true;
      progress_timer_.cancel();
      stop_timer_.cancel();
    });
    work_.reset();
    // The last sessions say QUIT meanwhile; then the io_context has nothing left to do.
    const std::scoped_lock joining(joining_);
    for (std::thread& thread : std::exchange(threads_, {})) thread.join();
    if (cut_off_) pool_.leave_at_once();
    settle_what_was_cut_off();
    return progress().summary;
  }

  Progress progress() const {
    const std::scoped_lock lock(door_);
    Progress progress;
    progress.submitted = intake_.submitted();
    progress.waiting_to_retry =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, counts_.waiting_to_retry));
    progress.least_left = least_left();
    progress.open_sessions = pool_.open_sessions();
    progress.summary = summary_;
    progress.summary.connections = counts_.connections;
    progress.summary.recipients_asked = counts_.recipients_asked;
    const ResolverCounts dns = resolver_.counts();
    progress.summary.dns_queries = dns.queries;
    progress.summary.mx_cache_hits = dns.mx_hits;
    progress.summary.elapsed = since(begun_);
    return progress;
  }

 private:
  Services services() {
    Services services{.context = context_,
                      .clock = clock_,
                      .resolver = resolver_,
                      .pool = pool_,
                      .reach = reach_,
                      .providers = providers_,
                      .counts = counts_,
                      .on_event = {}};
    services.on_event = to_strand(callbacks_.on_event);
    return services;
  }

  /// Tells a line to `callback` on the dispatcher's strand; nothing if there is no callback.
  std::function<void(std::string)> to_strand(std::function<void(const std::string&)> callback) {
    if (!callback) return {};
    return [this, tell = std::move(callback)](const std::string& what) {
      asio::post(dispatcher_.strand(), [tell, what] { tell(safe_text(what, 1000)); });
    };
  }

  /// On the session's strand.
  void trace(TraceLine line) {
    line.at = std::chrono::system_clock::now();
    asio::post(dispatcher_.strand(), [this, told = std::move(line)] { callbacks_.on_trace(told); });
  }

  void begin(const Intake::Work& work) {
    const auto& [mailbox, admission] = work;
    if (!mailbox) return settle_unasked(admission.id, Reason::syntax, sentence_of(mailbox.error()));
    switch (admission.next) {
      case Ledger::Admission::Next::repeat_verdict: return repeat(admission);
      case Ledger::Admission::Next::wait: return;
      case Ledger::Admission::Next::find_out:
        if (options_.depth == Depth::syntax) {
          settle_unasked(admission.id, Reason::not_checked, {});
        } else {
          dispatcher_.dispatch(*mailbox, {.id = admission.id});
        }
    }
  }

  std::chrono::milliseconds since(TimePoint moment) const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - moment);
  }

  /// With the door locked.
  Duration least_left() const {
    Duration left{0};
    if (counts_.waiting_to_retry > 0) left = counts_.last_retry.load() - clock_.now();
    const std::size_t most = intake_.most_of_a_domain();
    const auto burst = static_cast<std::size_t>(options_.domain_burst);
    if (options_.domain_rate.count > 0 && most > burst) {
      const Duration each = options_.domain_rate.per / options_.domain_rate.count;
      left = std::max(left, each * static_cast<Duration::rep>(most - burst));
    }
    return std::max(left, Duration{0});
  }

  void run_context() {
    try {
      context_.run();
    } catch (...) {
      // What a handler of ours throws is our own fault, and what it held is lost: the run can't
      // be trusted to end by itself.
      const std::scoped_lock lock(door_);
      broken_ = true;
      closed_ = true;
      cut_off_ = true;
      summary_.complete = false;
      intake_.stop();
      context_.stop();
      changed_.notify_all();
    }
  }

  void cut_off() {
    context_.stop();
    const std::scoped_lock lock(door_);
    cut_off_ = true;
    changed_.notify_all();
  }

  /// Settles without a question to a server.
  void settle_unasked(Ledger::Id id, Reason reason, std::string error) {
    asio::post(dispatcher_.strand(), [this, id, reason, error = std::move(error)] {
      finish(id, [&](Result& result) {
        result.status = status_of(reason);
        result.reason = reason;
        result.confidence = judge(reason).confidence;
        result.stage = Stage::syntax;
        add_error(result, error);
      });
    });
  }

  void repeat(const Ledger::Admission& admission) {
    asio::post(dispatcher_.strand(), [this, admission] {
      finish(admission.id, [&](Result& result) { apply(admission.verdict, result); });
    });
  }

  // ---- on the dispatcher's strand -----------------------------------------------------------

  void on_settled(const Settlement& settlement) {
    const std::optional<Provider> provider = providers_.find(settlement.where.exchange);
    finish(settlement.recipient.id, [&](Result& result) {
      fill_in(result, settlement);
      if (provider) result.provider = provider->name;
    });
  }

  static void fill_in(Result& result, const Settlement& settlement) {
    result.status = status_of(settlement.judgement.reason);
    result.reason = settlement.judgement.reason;
    result.confidence = settlement.judgement.confidence;
    result.catch_all = settlement.judgement.catch_all;
    result.greylist = settlement.recipient.greylisted;
    result.attempts = settlement.recipient.attempts;
    result.stage = settlement.stage;
    add_error(result, settlement.error);
    if (!settlement.where.exchange.empty()) result.mx = settlement.where.exchange;
    if (settlement.where.address) result.mx_ip = settlement.where.address->to_string();
    if (settlement.finding && settlement.finding->reply) {
      result.code = settlement.finding->reply->code;
      result.enhanced = settlement.finding->reading.enhanced;
      result.message = settlement.finding->reply->text;
    }
  }

  /// Hands a result out, and those of its repetitions after it.
  void finish(Ledger::Id id, const std::function<void(Result&)>& fill) {
    Intake::Settled settled;
    {
      const std::scoped_lock lock(door_);
      settled = intake_.settle(id, clock_.now(), fill);
    }
    for (const Intake::Work& work : settled.next) begin(work);
    for (Result& result : settled.results) hand_out(result);
    wake_who_waits();
  }

  /// Those who wait do so for room in the window, or for the end.
  void wake_who_waits() {
    const std::scoped_lock lock(door_);
    const bool room = full_ && intake_.has_room();
    if (room) full_ = false;
    if (room || intake_.empty()) changed_.notify_all();
  }

  void hand_out(Result& result) {
    result.checked_at = std::chrono::system_clock::now();
    describe(*lists_, result);
    {
      const std::scoped_lock lock(door_);
      summary_.count(result);
    }
    if (callbacks_.on_result) callbacks_.on_result(result);
  }

  void schedule_progress() {
    if (ended_) return;
    progress_timer_.expires_after(progress_interval);
    progress_timer_.async_wait([this](const error_code& error) {
      if (error || ended_) return;
      callbacks_.on_progress(progress());
      schedule_progress();
    });
  }

  // ---- after the threads have ended ---------------------------------------------------------

  void settle_what_was_cut_off() {
    const auto interrupt = [&](Result& result) {
      result.status = status_of(Reason::interrupted);
      result.reason = Reason::interrupted;
      result.error = broken_ ? "a fault of this program's own ended the run"
                             : "the run ended before this address was settled";
    };
    while (const std::optional<Ledger::Id> id = intake_.any()) finish(*id, interrupt);
    while (const std::optional<Intake::Work> work = take_waiting()) {
      const Ledger::Admission& admission = work->admission;
      const bool known = admission.next == Ledger::Admission::Next::repeat_verdict;
      finish(admission.id, [&](Result& result) {
        if (known) return apply(admission.verdict, result);
        interrupt(result);
      });
    }
  }

  std::optional<Intake::Work> take_waiting() {
    const std::scoped_lock lock(door_);
    return intake_.take_waiting(clock_.now());
  }

  Options options_;
  Callbacks callbacks_;
  SteadyClock clock_;
  RunCounts counts_;
  // What suspended coroutines refer to is gone before the io_context destroys them: they use
  // nothing of it on their way out.
  asio::io_context context_;
  Reach reach_;
  ProviderTable providers_;
  std::shared_ptr<const Lists> lists_;
  TcpNetwork network_;
  TraceSink trace_;
  std::shared_ptr<CaresResolver> cares_;
  CachingResolver resolver_;
  SessionPool pool_;
  Dispatcher dispatcher_;

  mutable std::mutex door_;
  std::condition_variable changed_;
  Intake intake_;
  Summary summary_;
  bool full_ = false;  // submit() waits for room
  bool closed_ = false;
  bool stopping_ = false;
  bool cut_off_ = false;
  bool broken_ = false;

  asio::steady_timer progress_timer_;
  asio::steady_timer stop_timer_;
  bool ended_ = false;  // on the dispatcher's strand
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  TimePoint begun_;
  std::mutex joining_;
  std::vector<std::thread> threads_;
};

Verifier::Verifier(Options options, Callbacks callbacks)
    : run_(std::make_shared<Run>(checked(std::move(options)), std::move(callbacks))) {
  run_->start();
}

Verifier::~Verifier() = default;

void Verifier::remember(const Result& known) {
  run_->remember(known);
}
bool Verifier::submit(Input input) {
  return run_->submit(std::move(input));
}
void Verifier::close() {
  run_->close();
}
void Verifier::stop() {
  run_->stop();
}
Summary Verifier::wait() {
  return run_->wait();
}
Progress Verifier::progress() const {
  return run_->progress();
}

std::vector<Result> verify(std::span<const std::string> addresses, const Options& options) {
  std::vector<Result> results(addresses.size());
  Callbacks callbacks;
  callbacks.on_result = [&](const Result& result) { results[result.input.line - 1] = result; };
  Verifier verifier(options, std::move(callbacks));
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    verifier.submit({.text = addresses[i], .line = i + 1});
  }
  verifier.close();
  verifier.wait();
  return results;
}

}  // namespace leadverify
