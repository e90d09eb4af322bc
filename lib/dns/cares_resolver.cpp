#include "dns/cares_resolver.hpp"

#include "base/shortage.hpp"
#include "dns/cares_channel.hpp"
#include "dns/server_order.hpp"
#include "dns/wire.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

namespace leadverify {
namespace {

using std::chrono::milliseconds;
using Octets = std::span<const std::uint8_t>;

constexpr std::uint16_t type_a = 1;
constexpr std::uint16_t type_ptr = 12;
constexpr std::uint16_t type_mx = 15;
constexpr std::uint16_t type_txt = 16;
constexpr std::uint16_t type_aaaa = 28;
constexpr milliseconds outage_pause{500};  // between two tries while no server answers
constexpr std::size_t most_attempts = 4;   // for one question, whatever the number of servers

TimePoint now() {
  return std::chrono::steady_clock::now();
}

/// One question, and what becomes of it.
struct Question {
  std::string name;
  std::uint16_t type = 0;
  /// Reads an answer and passes it on; or says what is wrong with it.
  std::function<std::optional<std::string>(Octets)> take;
  /// Passes on that there is no answer: failed or nxdomain.
  std::function<void(DnsStatus, std::string)> give_up;

  std::deque<std::size_t> plan;  // servers still to be asked, in order
  std::string error = "no DNS server was asked";
  bool was_asked_without_edns = false;
  bool was_answered = false;  // by some server, if to no avail
  std::optional<TimePoint> first_asked;
  TimePoint last_asked;
  bool was_failed_here = false;  // by this host, the last attempt
  bool was_put_by_day = false;   // last_asked: somebody had been answered since first_asked
};

template <class Answer>
std::optional<std::string> pass_on(const Answer& answer,
                                   const std::function<void(const Answer&)>& done) {
  if (answer.status == DnsStatus::failed) return answer.error;
  done(answer);
  return std::nullopt;
}

template <class Answer>
void pass_on_nothing(DnsStatus status,
                     std::string error,
                     const std::function<void(const Answer&)>& done) {
  auto answer = failed_answer<Answer>(std::move(error));
  answer.status = status;
  done(answer);
}

/// What the questions for a host's AAAA and A records said, until both did.
struct BothAddresses {
  std::optional<AddressAnswer> v6;
  std::optional<AddressAnswer> v4;
  Resolver::AddressDone done;

  void join() const {
    if (v6 && v4) done(join_addresses(*v6, *v4));
  }
};

}  // namespace

/// What the strand's work keeps alive: the tick does, while any question is under way.
class CaresResolver::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(CaresChannel::Strand strand, Params params)
      : strand_(std::move(strand)),
        params_(std::move(params)),
        order_(params_.servers.size(), params_.server_rest),
        tick_(strand_),
        dawn_(strand_) {}

  /// What is wrong, as a sentence.
  std::optional<std::string> open_channels() {
    for (const Endpoint& server : params_.servers) {
      auto channel = CaresChannel::make(strand_, server, params_.timeout);
      if (!channel) return "DNS server " + to_string(server) + ": " + channel.error();
      channels_.push_back(*channel);
    }
    return std::nullopt;
  }

  void look_up_mx(const std::string& domain, const MxDone& done) {
    const auto read = [domain](Octets octets) { return read_mx_answer(octets, domain); };
    begin(domain, type_mx, read, done);
  }

  void look_up_texts(const std::string& name, const TextDone& done) {
    const auto read = [name](Octets octets) { return read_text_answer(octets, name); };
    begin(name, type_txt, read, done);
  }

  void look_up_pointers(const std::string& name, const PointerDone& done) {
    const auto read = [name](Octets octets) { return read_pointer_answer(octets, name); };
    begin(name, type_ptr, read, done);
  }

  void look_up_addresses(const std::string& host, const AddressDone& done) {
    using Family = IpAddress::Family;
    switch (params_.ip) {
      case IpVersion::v4: return look_up_family(host, Family::v4, done);
      case IpVersion::v6: return look_up_family(host, Family::v6, done);
      case IpVersion::any: break;
    }
    const auto both = std::make_shared<BothAddresses>();
    both->done = done;
    look_up_family(host, Family::v6, [both](const AddressAnswer& answer) {
      both->v6 = answer;
      both->join();
    });
    look_up_family(host, Family::v4, [both](const AddressAnswer& answer) {
      both->v4 = answer;
      both->join();
    });
  }

  void stop() {
    stopped_ = true;
    for (const auto& channel : channels_) channel->cancel();
    end_outage();
    begin_waiting();
  }

  const CaresChannel::Strand& strand() const { return strand_; }
  std::uint64_t queries() const { return queries_; }

 private:
  void look_up_family(const std::string& host, IpAddress::Family family, const AddressDone& done) {
    const auto read = [host, family](Octets octets) {
      return read_address_answer(octets, host, family);
    };
    begin(host, family == IpAddress::Family::v4 ? type_a : type_aaaa, read, done);
  }

  template <class Read, class Answer>
  void begin(const std::string& name,
             std::uint16_t type,
             const Read& read,
             const std::function<void(const Answer&)>& done) {
    auto question = std::make_shared<Question>();
    question->name = name;
    question->type = type;
    question->take = [read, done](Octets octets) { return pass_on(read(octets), done); };
    question->give_up = [done](DnsStatus status, std::string error) {
      pass_on_nothing(status, std::move(error), done);
    };
    ++queries_;
    waiting_.push_back(std::move(question));
    begin_waiting();
  }

  void begin_waiting() {
    while (!waiting_.empty() && may_begin()) {
      const std::shared_ptr<Question> question = std::move(waiting_.front());
      waiting_.pop_front();
      question->plan = plan();
      ask_next(question);
    }
  }

  bool may_begin() const {
    return stopped_ || (in_outage_.empty() && under_way_ < params_.most_questions);
  }

  /// The servers for one question: each of them, then the silent ones again.
  std::deque<std::size_t> plan() {
    const std::vector<std::size_t> servers = order_.next(now());
    std::deque<std::size_t> plan;
    for (int i = 0; i < params_.tries; ++i) {
      plan.insert(plan.end(), servers.begin(), servers.end());
    }
    if (plan.size() > most_attempts) plan.resize(most_attempts);
    return plan;
  }

  void ask_next(const std::shared_ptr<Question>& question) {
    if (stopped_) return question->give_up(DnsStatus::failed, "the lookup was cancelled");
    if (question->plan.empty()) return run_out_of_servers(question);
    const std::size_t server = question->plan.front();
    question->plan.pop_front();
    question->last_asked = now();
    if (!question->first_asked) question->first_asked = question->last_asked;
    question->was_put_by_day = was_light_since(*question->first_asked);

    ++under_way_;
    start_ticking();
    // Weak: the core owns the channel, and would otherwise be owned by its questions.
    channels_[server]->ask(
        question->name,
        question->type,
        [weak = weak_from_this(), question, server, asked = question->last_asked](
            const auto& reply) {
          if (const auto core = weak.lock()) core->on_reply(question, server, asked, reply);
        });
  }

  /// A server that is silent about one name goes on answering others: only that tells it from an
  /// outage.
  void run_out_of_servers(const std::shared_ptr<Question>& question) {
    if (question->was_failed_here) return wait_in_the_dark(question);
    if (question->was_answered) return give_up(question);
    if (!was_light_since(question->last_asked)) return wait_in_the_dark(question);
    if (question->was_put_by_day) return give_up(question);
    // It was put in an outage that has ended since, when it was too late for it.
    question->plan = plan();
    ask_next(question);
  }

  static void give_up(const std::shared_ptr<Question>& question) {
    question->give_up(DnsStatus::failed, question->error);
  }

  /// Did a server answer anybody anything since `begin`?
  bool was_light_since(TimePoint begin) const { return last_answer_ && *last_answer_ >= begin; }

  /// Lets the question wait for a server that answers, as long as that makes sense.
  void wait_in_the_dark(const std::shared_ptr<Question>& question) {
    const TimePoint first_asked = *question->first_asked;
    if (!dark_since_) dark_since_ = std::max(first_asked, last_answer_.value_or(first_asked));
    const TimePoint latest =
        now() - (question->was_failed_here ? params_.shortage_patience : params_.outage_patience);
    if (*dark_since_ > latest && first_asked > latest) {
      in_outage_.push_back(question);
      return wait_for_dawn();
    }
    give_up(question);
    if (*dark_since_ <= latest) std::ranges::for_each(std::exchange(in_outage_, {}), give_up);
    if (!in_outage_.empty()) wait_for_dawn();
  }

  /// Sends one question ahead of the others every now and then.
  void wait_for_dawn() {
    if (std::exchange(waits_for_dawn_, true)) return;
    dawn_.expires_after(outage_pause);
    dawn_.async_wait([core = shared_from_this()](error_code error) {
      if (error) return;
      core->waits_for_dawn_ = false;
      if (core->in_outage_.empty()) return;
      const std::shared_ptr<Question> scout = std::move(core->in_outage_.front());
      core->in_outage_.pop_front();
      scout->plan = core->plan();
      core->ask_next(scout);
      core->begin_waiting();
    });
  }

  /// Those who waited for a server that answers are asked before the others.
  void end_outage() {
    dawn_.cancel();
    waits_for_dawn_ = false;
    dark_since_.reset();
    waiting_.insert(waiting_.begin(), in_outage_.begin(), in_outage_.end());
    in_outage_.clear();
  }

  void on_reply(const std::shared_ptr<Question>& question,
                std::size_t server,
                TimePoint asked,
                const CaresChannel::Reply& reply) {
    --under_way_;
    weigh(question, server, asked, reply);
    begin_waiting();
    if (under_way_ == 0) tick_.cancel();
  }

  /// Ends the question, or asks the next server.
  void weigh(const std::shared_ptr<Question>& question,
             std::size_t server,
             TimePoint asked,
             const CaresChannel::Reply& reply) {
    if (reply.message.empty() && reply.status == ARES_ENOTFOUND) {  // c-ares did not ask: .onion
      return question->give_up(DnsStatus::nxdomain, {});
    }
    if (reply.message.empty() && reply.status == ARES_EBADNAME) {
      return question->give_up(DnsStatus::failed, "no name that the DNS can be asked for");
    }
    if (reply.message.empty()) {
      question->was_failed_here = is_shortage(reply.failure);
      const bool was_silent = !stopped_ && !question->was_failed_here;
      if (was_silent) order_.on_silence(server, asked, now());
      question->error = silence(server, reply);
    } else {
      order_.on_answer(server, now());
      question->was_answered = true;
      question->was_failed_here = false;
      last_answer_ = now();
      end_outage();
      if (take(*question, server, reply.message)) return;
    }
    ask_next(question);
  }

  /// Passes the answer on; or strikes the server from the question's plan, and says false.
  bool take(Question& question, std::size_t server, Octets message) {
    const std::optional<std::string> wrong = question.take(message);
    if (!wrong) return true;
    question.error = *wrong + " from " + to_string(params_.servers[server]);
    std::erase(question.plan, server);
    // The first FORMERR makes c-ares ask again without EDNS, and leaves those to us that were
    // under way with it.
    if (response_code(message) == ResponseCode::format_error && !question.was_asked_without_edns) {
      question.was_asked_without_edns = true;
      question.plan.push_front(server);
    }
    return false;
  }

  std::string silence(std::size_t server, const CaresChannel::Reply& reply) const {
    const std::string name = to_string(params_.servers[server]);
    if (reply.status == ARES_ETIMEOUT) return "no answer from " + name;
    const std::string why = reply.failure == 0 ? ares_strerror(reply.status)
                                               : std::generic_category().message(reply.failure);
    return name + " cannot be asked (" + why + ")";
  }

  void start_ticking() {
    if (is_ticking_) return;
    is_ticking_ = true;
    const Duration quarter = params_.timeout / 4;
    tick_.expires_after(std::clamp<Duration>(quarter, milliseconds{1}, milliseconds{200}));
    tick_.async_wait([core = shared_from_this()](error_code) {
      core->is_ticking_ = false;
      if (core->under_way_ == 0) return;
      for (const auto& channel : core->channels_) channel->end_overdue();
      core->start_ticking();
    });
  }

  CaresChannel::Strand strand_;
  Params params_;
  ServerOrder order_;
  asio::steady_timer tick_;
  // While no server answers: since when, those who wait, and when the next try is.
  std::optional<TimePoint> last_answer_;
  std::optional<TimePoint> dark_since_;
  std::deque<std::shared_ptr<Question>> in_outage_;
  asio::steady_timer dawn_;
  bool waits_for_dawn_ = false;
  std::vector<std::shared_ptr<CaresChannel>> channels_;
  std::deque<std::shared_ptr<Question>> waiting_;
  std::size_t under_way_ = 0;  // each question counts once
  bool is_ticking_ = false;
  bool stopped_ = false;
  std::atomic<std::uint64_t> queries_ = 0;
};

Expected<std::shared_ptr<CaresResolver>, std::string> CaresResolver::make(
    asio::any_io_executor executor, const Params& params) {
  Params complete = params;
  if (complete.servers.empty()) {
    auto servers = servers_in(complete.resolv_conf);
    if (!servers) return Unexpected(complete.resolv_conf + ": " + servers.error());
    complete.servers = std::move(*servers);
  }
  if (complete.servers.empty()) {
    return Unexpected(complete.resolv_conf + " names no DNS server");
  }
  auto core = std::make_shared<Core>(asio::make_strand(std::move(executor)), std::move(complete));
  if (const auto wrong = core->open_channels()) return Unexpected(*wrong);
  return std::shared_ptr<CaresResolver>(new CaresResolver(std::move(core)));
}

CaresResolver::CaresResolver(std::shared_ptr<Core> core) : core_(std::move(core)) {}

CaresResolver::~CaresResolver() = default;

void CaresResolver::lookup_mx(const std::string& domain, MxDone done) {
  asio::post(core_->strand(),
             [core = core_, domain, done = std::move(done)] { core->look_up_mx(domain, done); });
}

void CaresResolver::lookup_addresses(const std::string& host, AddressDone done) {
  asio::post(core_->strand(),
             [core = core_, host, done = std::move(done)] { core->look_up_addresses(host, done); });
}

void CaresResolver::lookup_texts(const std::string& name, TextDone done) {
  asio::post(core_->strand(),
             [core = core_, name, done = std::move(done)] { core->look_up_texts(name, done); });
}

void CaresResolver::lookup_pointers(const std::string& name, PointerDone done) {
  asio::post(core_->strand(),
             [core = core_, name, done = std::move(done)] { core->look_up_pointers(name, done); });
}

void CaresResolver::stop() {
  asio::post(core_->strand(), [core = core_] { core->stop(); });
}

ResolverCounts CaresResolver::counts() const {
  return {.queries = core_->queries(), .mx_hits = 0};
}

}  // namespace leadverify
