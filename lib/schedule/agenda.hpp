// What is still to be asked about one domain, and what the answers come to (pure).
//
// The agenda holds a domain's recipients from their arrival to their settlement. A
// trip to a mail server asks it, question by question, what to ask in the session it
// was given, and tells it what came of it; all decisions about retries, the random
// recipient, a refused sender and broken sessions are made here.
//
//   add ─▶ queue ─▶ a trip's batch ─▶ asked ─▶ answered ─▶ session ended in step ─▶ settled
//            ▲           ▲                       │ │ │              │               ▲
//            │           └──── other sender ◀────┘ │ └▶ out of step └▶ held until the random
//            │                                     │        │          recipient is answered
//            └─ retry, when its time has come ◀────┘        │
//            └─ once more ◀─────────────────────────────────┘
#pragma once

#include "schedule/patience.hpp"
#include "schedule/random_recipient.hpp"
#include "schedule/recipient.hpp"
#include "schedule/retry_policy.hpp"
#include "schedule/retry_queue.hpp"
#include "schedule/token_bucket.hpp"
#include "schedule/unproven_answers.hpp"
#include "smtp/dialogue.hpp"

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

/// What is remembered of a domain after its last recipient is settled.
struct DomainMemory {
  TokenBucket rate;
  std::optional<Finding> random;  // what its random recipient brought
};

class Agenda {
 public:
  struct Params {
    std::string domain;
    std::string random_recipient;  // its address; empty: catch-all domains are not told apart
    std::string reverse_path;      // empty: the null one
    std::optional<std::string> fallback_reverse_path;  // for where the null one is refused; absent:
                                                       // postmaster@ the EHLO name
    RetryPolicy retry;
    Patience patience{std::chrono::seconds{30}};
    int domain_connections = 5;
    int rcpt_per_session = 20;
  };

  /// A trip to the domain's mail servers, from its start to its end.
  using Trip = std::uint64_t;

  using Use = UnprovenAnswers::Use;

  /// The session that a trip holds.
  struct SessionView {
    Use use = 0;  // another one for each trip's use of each session
    Whereabouts where;
    std::size_t room = 1;  // recipients that it can be asked for at once
    bool offers_smtputf8 = false;
    std::string helo_name = {};  // that EHLO gave
    bool was_used = false;       // for a question before: it may have died since, or had its share
  };

  Agenda(Params params, DomainMemory memory);

  void add(Recipient recipient);

  /// How many trips should set out at `now`, beyond those that are under way.
  std::size_t trips_wanted(TimePoint now);
  /// When trips_wanted() may next be more than 0 without anything happening; absent: never.
  std::optional<TimePoint> next_due(TimePoint now) const;

  Trip set_out();

  /// Is there anything left to ask on this trip, and may it be asked at `now`?
  bool has_work(Trip trip, TimePoint now) const;
  /// How much: its own recipients, and those that it could take from the queue.
  std::size_t work(Trip trip) const;

  /// What to ask next; absent: nothing more in this session. The answer is to be told to
  /// on_report() before the next question.
  std::optional<Question> next_question(Trip trip, const SessionView& session, TimePoint now);
  /// When the answers to the question under way have to be there.
  TimePoint answers_due(Trip trip) const;
  void on_report(Trip trip, const SessionReport& report, TimePoint now);

  /// Tells that the session of `use` is over: what was answered in it stands if it was in step.
  void on_session_end(Use use, bool in_step, TimePoint now);

  /// Tells that the DNS or a server took `time` on this trip, without a question under way.
  void spend(Trip trip, Duration time) { trips_.at(trip).unpaid += time; }
  /// What has been spent on the one of those whom this trip is for that it was most of.
  Duration spent(Trip trip) const;

  /// What a server said on this trip that concerns all who ask it: it wants to be asked less, or
  /// refuses our address. Absent: nothing of the kind.
  std::optional<Finding> complaint(Trip trip) const { return trips_.at(trip).complaint; }

  /// The trip went from exchange to exchange and ends with this, and what it carried with it.
  void on_failure(Trip trip,
                  const SessionFailure& failure,
                  const Whereabouts& where,
                  TimePoint now);

  /// The domain's mail has no way to go: settles all that is there.
  void on_no_route(Trip trip,
                   const Judgement& judgement,
                   Stage stage,
                   const Whereabouts& where,
                   const std::string& error);

  /// The trip is over; what it was given and did not ask goes back to the queue.
  void come_back(Trip trip, TimePoint now);

  /// Settles all that no trip carries as interrupted, and what comes back later too.
  void interrupt();

  /// Settles what the trip carries as our own fault; its session is over, and what was answered in
  /// it stands.
  void on_our_fault(Trip trip, TimePoint now);
  void settle_by_our_fault(Recipient recipient);
  /// Settles so all that no trip carries.
  void break_off();

  /// In the order in which they became so, until they are forgotten.
  const std::vector<Settlement>& settled() const { return settled_; }
  void forget_settled() { settled_.clear(); }

  bool idle() const;
  std::size_t waiting_to_retry() const { return retries_.size(); }
  std::optional<TimePoint> last_retry() const { return retries_.last_due(); }
  const std::string& domain() const { return params_.domain; }
  const DomainMemory& memory() const { return memory_; }
  const Patience& patience() const { return params_.patience; }

 private:
  struct Underway {
    std::list<Recipient> batch;    // to be asked on this trip
    std::vector<Recipient> asked;  // in the question under way
    SessionView session;
    bool asks_random = false;  // the first of them is the random recipient
    std::size_t share = 0;     // recipients that it may still ask
    TimePoint asked_at{};      // when the question under way was put
    Duration unpaid{0};        // time spent since then, which those are charged who are asked next
    bool had_session = false;
    bool had_word = false;  // a session of it brought an answer
    std::optional<Finding> complaint;
    bool broke_at_rcpt = false;  // a session of it was lost there
    bool broke_at_mail = false;  // or there, where it is nobody's doubt
  };
  enum class RandomState : std::uint8_t {
    not_needed,  // nobody accepted yet, or not to be asked at all
    needed,      // to be asked as soon as a trip can
    asked,       // a trip is asking
    answered,    // in a session that is not over
    deferred,    // waits for its retry
    known,       // memory_.random tells
  };

  /// How far the recipients of a question are done with.
  struct Tally {
    std::size_t seen = 0;   // so many
    std::size_t again = 0;  // of which these are to be asked again
    bool doubt = false;     // the next one without an answer may be what broke the session
  };

  std::size_t waiting() const;
  void call_up_retries(TimePoint now);
  void enqueue(Recipient recipient);
  std::size_t allowed_recipients(TimePoint now) const;
  Question ask(Underway& trip, TimePoint now);
  Question ask_random(Underway& trip, TimePoint now);
  void take_group(Underway& trip, std::size_t most);

  void take_outcomes(
      Underway& trip, const SessionReport& report, Duration took, Tally& tally, TimePoint now);
  void on_random_report(Underway& trip, const SessionReport& report, TimePoint now);
  void on_random(const Finding& finding, TimePoint now);
  void release_held();
  void lose_random(const Finding& finding, TimePoint now);
  void on_outcome(Underway& trip,
                  Recipient recipient,
                  const RecipientOutcome& outcome,
                  TimePoint now);
  bool awaits_random(const Recipient& recipient) const;
  void want_random(const Recipient& accepted);
  void hear(const Underway& trip, Recipient recipient, Finding finding, TimePoint now);
  void prove(const std::list<UnprovenAnswers::Entry>& entries, bool in_step, TimePoint now);
  void let_stand(const Answer& answer, TimePoint now);
  void withdraw(const UnprovenAnswers::Entry& entry, TimePoint now);
  void give_up_the_late(Underway& trip, Duration took, TimePoint now);
  void conclude(Recipient recipient,
                const Finding& finding,
                const Whereabouts& where,
                TimePoint now);
  bool lasts(const Recipient& recipient) const { return params_.patience.lasts(recipient.spent); }
  bool out_of_time(const Recipient& recipient) const {
    return params_.patience.whole() - recipient.spent <= params_.patience.to_ask();
  }
  void charge(Underway& trip);
  bool defer(const Recipient& recipient, const Finding& finding, TimePoint now);
  void let_follow(const Recipient& recipient);
  std::vector<Recipient> take_all();
  void settle(Settlement settlement);
  void settle_answered(Recipient recipient, const Finding& finding, const Whereabouts& where);
  void settle_interrupted(Recipient recipient);

  Params params_;
  DomainMemory memory_;
  RandomState random_state_ = RandomState::not_needed;
  Recipient random_;

  std::list<Recipient> queue_;
  RetryQueue retries_;
  UnprovenAnswers unproven_;
  std::deque<Answer> held_;  // accepted, and waiting for the random recipient's answer
  std::map<Trip, Underway> trips_;
  Trip last_trip_ = 0;
  std::size_t trips_allowed_;   // at once: fewer than may be where a server lets no more in
  int fruitless_sessions_ = 0;  // that broke at their first RCPT, since the last reply to one
  bool interrupted_ = false;
  std::vector<Settlement> settled_;
};

}  // namespace leadverify
