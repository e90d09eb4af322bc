#include "schedule/agenda.hpp"

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>

namespace leadverify {
namespace {

// A domain whose servers break so many sessions at RCPT, with no reply in between, is not asked
// recipient by recipient any more.
constexpr int most_fruitless_sessions = 2;
constexpr int most_losses = 2;

bool same_kind(const Recipient& a, const Recipient& b) {
  return a.new_sender == b.new_sender && a.needs_smtputf8 == b.needs_smtputf8;
}

/// What is known of a recipient once its time is over.
Finding took_too_long() {
  return {.kind = Finding::Kind::lost,
          .reply = {},
          .failure = SessionFailure::Kind::timed_out,
          .what = "the mail servers took too long"};
}

/// What is known of a recipient that was answered in a session out of step.
Finding fell_out_of_step(const Finding& heard) {
  return {.kind = Finding::Kind::lost,
          .stage = heard.stage,
          .reply = {},
          .exchange = heard.exchange,
          .failure = SessionFailure::Kind::garbage,
          .what = "the server gave more answers than it was asked for"};
}

/// Could it become a verdict?
bool decides(const Finding& finding) {
  return finding.kind == Finding::Kind::accepted || finding.kind == Finding::Kind::refused;
}

/// Does a reply speak of how we ask, whoever is asked about?
bool complains(const ReplyReading& reading) {
  if (reading.reason == Reason::blocked_ip) return true;
  return reading.reason == Reason::rate_limited && reading.about != About::recipient;
}

}  // namespace

Agenda::Agenda(Params params, DomainMemory memory)
    : params_(std::move(params)),
      memory_(std::move(memory)),
      retries_(params_.retry.most_retries),
      trips_allowed_(static_cast<std::size_t>(params_.domain_connections)) {
  random_.address = params_.random_recipient;
  if (memory_.random) random_state_ = RandomState::known;
}

void Agenda::add(Recipient recipient) {
  if (interrupted_) return settle_interrupted(std::move(recipient));
  queue_.push_back(std::move(recipient));
}

/// How many could be asked now. The random recipient is not asked for its own sake.
std::size_t Agenda::waiting() const {
  const bool random_wanted =
      random_state_ == RandomState::needed && (!held_.empty() || !unproven_.empty());
  return queue_.size() + (random_wanted ? 1 : 0);
}

void Agenda::call_up_retries(TimePoint now) {
  while (std::optional<Recipient> recipient = retries_.take_due(now)) {
    if (recipient->id == 0) {
      random_state_ = RandomState::needed;
    } else {
      enqueue(*std::move(recipient));
    }
  }
}

/// Those who waited for what becomes of `recipient` are asked now.
void Agenda::let_follow(const Recipient& recipient) {
  queue_.splice(queue_.end(), retries_.let_follow(recipient));
}

void Agenda::enqueue(Recipient recipient) {
  try {
    queue_.push_back(recipient);
  } catch (const std::bad_alloc&) {
    settle_by_our_fault(std::move(recipient));
  }
}

std::size_t Agenda::trips_wanted(TimePoint now) {
  call_up_retries(now);
  prove(unproven_.take_due(now), true, now);
  if (random_state_ == RandomState::known) release_held();
  const auto share = static_cast<std::size_t>(params_.rcpt_per_session);
  std::size_t unserved = waiting();
  for (const auto& [id, trip] : trips_) unserved -= std::min(unserved, trip.share);
  if (unserved == 0 || memory_.rate.when(std::min(unserved, share), now) > now) return 0;

  // A session that may not ask for anybody is one for nothing.
  const std::size_t allowed = std::min(unserved, memory_.rate.available(now));
  const std::size_t free = trips_allowed_ - std::min(trips_allowed_, trips_.size());
  return std::min((allowed + share - 1) / share, free);
}

std::optional<TimePoint> Agenda::next_due(TimePoint now) const {
  std::optional<TimePoint> due = retries_.next_due();
  if (const auto proof = unproven_.next_due()) due = due ? std::min(*due, *proof) : proof;
  if (waiting() > 0) {
    const auto share = static_cast<std::size_t>(params_.rcpt_per_session);
    const TimePoint allowed = memory_.rate.when(std::min(waiting(), share), now);
    if (allowed > now) due = due ? std::min(*due, allowed) : allowed;
  }
  return due;
}

Agenda::Trip Agenda::set_out() {
  trips_[++last_trip_].share = static_cast<std::size_t>(params_.rcpt_per_session);
  return last_trip_;
}

bool Agenda::has_work(Trip trip, TimePoint now) const {
  return work(trip) > 0 && memory_.rate.available(now) > 0;
}

std::size_t Agenda::work(Trip trip) const {
  return interrupted_ ? 0 : trips_.at(trip).batch.size() + waiting();
}

Duration Agenda::spent(Trip trip) const {
  const Underway& underway = trips_.at(trip);
  Duration most{0};
  for (const Recipient& recipient : underway.batch) most = std::max(most, recipient.spent);
  for (const Recipient& recipient : queue_) most = std::max(most, recipient.spent);
  if (random_state_ == RandomState::needed) most = std::max(most, random_.spent);
  return most + underway.unpaid;
}

TimePoint Agenda::answers_due(Trip trip) const {
  const Underway& underway = trips_.at(trip);
  Duration most{0};
  for (const Recipient& recipient : underway.asked) most = std::max(most, recipient.spent);
  const Duration left = params_.patience.whole() - most - underway.unpaid;
  return underway.asked_at + std::max(left, params_.patience.to_ask() / 2);
}

/// Those whom the trip carries pay for the way that it went without asking.
void Agenda::charge(Underway& trip) {
  for (Recipient& recipient : trip.batch) recipient.spent += trip.unpaid;
  trip.unpaid = Duration{0};
}

/// How many recipients may be asked at `now`: one is kept for the random recipient as long as it
/// may be needed.
std::size_t Agenda::allowed_recipients(TimePoint now) const {
  const std::size_t available = memory_.rate.available(now);
  const bool keep_one =
      !params_.random_recipient.empty() && random_state_ == RandomState::not_needed;
  return keep_one && available > 1 ? available - 1 : available;
}

std::optional<Question> Agenda::next_question(Trip trip,
                                              const SessionView& session,
                                              TimePoint now) {
  Underway& underway = trips_.at(trip);
  underway.session = session;
  underway.had_session = true;
  if (interrupted_ || session.room == 0) return std::nullopt;

  const bool too_late = random_state_ == RandomState::needed && out_of_time(random_);
  if (too_late) on_random(took_too_long(), now);
  if (random_state_ == RandomState::needed && memory_.rate.available(now) > 0) {
    return ask_random(underway, now);
  }

  underway.asks_random = false;
  const std::size_t most = std::min(session.room, allowed_recipients(now));
  while (most > 0) {
    take_group(underway, most);
    std::vector<Recipient>& group = underway.asked;
    if (group.empty()) break;
    if (!group.front().needs_smtputf8 || session.offers_smtputf8) return ask(underway, now);
    for (; !group.empty(); group.pop_back()) {
      settle({.recipient = group.back(),
              .judgement = judge(Reason::smtputf8_required),
              .finding = std::nullopt,
              .where = session.where,
              .stage = Stage::ehlo,
              .error = "the mail server does not take addresses that are not ASCII"});
    }
  }
  return std::nullopt;
}

/// Takes at most `most` recipients that can be asked together off the trip's batch, which is
/// filled from the queue if it is empty. At any moment each is in one place, which on_our_fault()
/// knows.
void Agenda::take_group(Underway& trip, std::size_t most) {
  while (trip.batch.empty() && !queue_.empty()) {
    const std::size_t count = std::min(queue_.size(), most);
    const auto end = std::next(queue_.begin(), static_cast<std::ptrdiff_t>(count));
    trip.batch.splice(trip.batch.end(), queue_, queue_.begin(), end);
  }

  std::vector<Recipient>& group = trip.asked;
  group.reserve(std::min(most, trip.batch.size()) + 1);
  for (std::size_t left = trip.batch.size(); left > 0; --left) {
    Recipient& recipient = trip.batch.front();
    const bool fits = group.size() < most && (group.empty() || same_kind(group.front(), recipient));
    if (fits) {
      group.push_back(std::move(recipient));
    } else {
      trip.batch.push_back(Recipient(recipient));
    }
    trip.batch.pop_front();
  }
}

/// Asks about the random recipient, and those that can be asked in the same breath.
Question Agenda::ask_random(Underway& trip, TimePoint now) {
  const std::size_t most = std::min(trip.session.room, memory_.rate.available(now)) - 1;
  // Where it is late for it, its patience would be too short for others.
  if (most > 0 && lasts(random_)) take_group(trip, most);
  const bool together = trip.asked.empty() || same_kind(random_, trip.asked.front());
  if (!together) {
    trip.batch.insert(trip.batch.begin(), trip.asked.begin(), trip.asked.end());
    trip.asked.clear();
  }
  trip.asked.insert(trip.asked.begin(), random_);
  trip.asks_random = true;
  random_state_ = RandomState::asked;
  return ask(trip, now);
}

Question Agenda::ask(Underway& trip, TimePoint now) {
  memory_.rate.take(trip.asked.size(), now);
  trip.asked_at = now;
  trip.share -= std::min(trip.share, trip.asked.size());
  Question question;
  question.domain = params_.domain;
  question.reverse_path = params_.reverse_path;
  if (trip.asked.front().new_sender) {
    question.reverse_path =
        params_.fallback_reverse_path.value_or("postmaster@" + trip.session.helo_name);
  }
  question.smtputf8 = trip.asked.front().needs_smtputf8;
  for (const Recipient& recipient : trip.asked) question.recipients.push_back(recipient.address);
  return question;
}

void Agenda::on_report(Trip trip, const SessionReport& report, TimePoint now) {
  Underway& underway = trips_.at(trip);
  assert(report.outcomes.size() == underway.asked.size());
  const Duration took = std::exchange(underway.unpaid, Duration{0}) + (now - underway.asked_at);
  for (Recipient& recipient : underway.asked) recipient.spent += took;
  memory_.rate.give_back(underway.asked.size() - report.sent, underway.asked_at);

  const auto has_word = [](const auto& outcome) { return outcome.has_value(); };
  const bool some_word = std::ranges::any_of(report.outcomes, has_word);
  if (some_word) fruitless_sessions_ = 0;
  underway.had_word = underway.had_word || some_word;
  // A session that brought an answer before may have died since, or ends after so many: the one
  // that it broke at goes first in the next. Nor is it anybody's doubt where the server says by a
  // 421 that it has not looked, or where a pipeline broke and it can't be told at which command.
  const bool broke = report.failure && report.failure->stage == Stage::rcpt &&
                     report.failure->kind != SessionFailure::Kind::turned_away &&
                     report.failure->kind != SessionFailure::Kind::shortage;
  if (broke) underway.broke_at_rcpt = true;
  underway.broke_at_mail = report.failure && report.failure->stage == Stage::mail && !some_word;
  const bool doubt = broke && !report.failure->pipelined && !underway.session.was_used &&
                     !some_word && !underway.asks_random;
  if (doubt) ++fruitless_sessions_;

  // Nobody is lost on the way if this host is short of memory: on_our_fault() finds here who is not
  // done with.
  Tally tally{.doubt = doubt};
  const auto from = [&](std::size_t index) {
    return underway.asked.begin() + static_cast<std::ptrdiff_t>(index);
  };
  try {
    take_outcomes(underway, report, took, tally, now);
    give_up_the_late(underway, took, now);
    underway.batch.insert(underway.batch.begin(), underway.asked.begin(), from(tally.again));
    underway.asked.clear();
  } catch (...) {
    underway.asked.erase(from(tally.again), from(tally.seen));
    throw;
  }
}

/// What the question brought for each recipient. Those who are to be asked again come to stand in
/// front of the others.
void Agenda::take_outcomes(
    Underway& trip, const SessionReport& report, Duration took, Tally& tally, TimePoint now) {
  if (trip.asks_random) {
    random_.spent = trip.asked.front().spent;
    on_random_report(trip, report, now);
    trip.asks_random = false;
    tally.seen = 1;
  }
  for (; tally.seen < trip.asked.size(); ++tally.seen) {
    Recipient& recipient = trip.asked[tally.seen];
    if (const auto& outcome = report.outcomes[tally.seen]) {
      on_outcome(trip, recipient, *outcome, now);
      continue;
    }
    // The server wants it asked in another transaction: its own time begins then.
    const bool full = !report.failure;
    if (full) recipient.spent -= took;
    const bool lost = !full && std::exchange(tally.doubt, false);
    if (lost) ++recipient.losses;
    const bool again = full || (recipient.losses < most_losses && lasts(recipient));
    if (lost || !again) ++recipient.attempts;
    recipient.is_sent = recipient.is_sent || tally.seen < report.sent;
    if (again) {
      std::swap(trip.asked[tally.again++], recipient);
      continue;
    }
    const Finding finding = find(*report.failure, trip.session.where.exchange);
    conclude(recipient, finding, trip.session.where, now);
  }
}

void Agenda::on_random_report(Underway& trip, const SessionReport& report, TimePoint now) {
  if (report.outcomes.front()) {
    Finding finding = find(*report.outcomes.front(), trip.session.where.exchange);
    if (!decides(finding)) return on_random(finding, now);
    hear(trip, random_, std::move(finding), now);
    random_state_ = RandomState::answered;
    return;
  }
  if (report.failure && !trip.session.was_used) {
    return lose_random(find(*report.failure, trip.session.where.exchange), now);
  }
  random_state_ = RandomState::needed;
}

/// The random recipient got no answer: it is asked once more, and then never.
void Agenda::lose_random(const Finding& finding, TimePoint now) {
  random_state_ = RandomState::needed;
  if (++random_.losses >= most_losses) on_random(finding, now);
}

void Agenda::on_random(const Finding& finding, TimePoint now) {
  const bool greylisted = finding.kind == Finding::Kind::deferred &&
                          (finding.reading.reason == Reason::greylisted ||
                           finding.reading.reason == Reason::try_again_later);
  if (greylisted && !interrupted_ && defer(random_, finding, now)) {
    random_state_ = RandomState::deferred;
    ++random_.retries;
    return;
  }

  memory_.random = finding;
  // It is kept for every domain of a run: what it means is enough.
  memory_.random->reply.reset();
  memory_.random->what.clear();
  random_state_ = RandomState::known;
  release_held();
}

/// Settles those who waited for the random recipient's answer.
void Agenda::release_held() {
  for (; !held_.empty(); held_.pop_front()) {
    const Answer& held = held_.front();
    settle_answered(held.recipient, held.finding, held.where);
  }
}

void Agenda::on_outcome(Underway& trip,
                        Recipient recipient,
                        const RecipientOutcome& outcome,
                        TimePoint now) {
  ++recipient.attempts;
  const Finding finding = find(outcome, trip.session.where.exchange);
  if (complains(finding.reading)) trip.complaint = finding;
  const bool other_sender_may_do = finding.kind != Finding::Kind::accepted &&
                                   finding.reading.about == About::sender &&
                                   params_.reverse_path.empty() && !recipient.new_sender;
  if (other_sender_may_do) {
    recipient.new_sender = true;
    --recipient.attempts;  // it is still the same one
    trip.batch.push_back(std::move(recipient));
    return;
  }
  recipient.is_sent = false;
  if (!decides(finding)) return conclude(std::move(recipient), finding, trip.session.where, now);
  let_follow(recipient);
  if (finding.kind == Finding::Kind::accepted) want_random(recipient);
  hear(trip, std::move(recipient), finding, now);
}

/// An answer, which waits for the end of its session.
void Agenda::hear(const Underway& trip, Recipient recipient, Finding finding, TimePoint now) {
  const Duration left = params_.patience.whole() - recipient.spent;
  Answer answer{std::move(recipient), std::move(finding), trip.session.where};
  unproven_.add({.use = trip.session.use,
                 .answer = std::move(answer),
                 .heard = now,
                 .due = now + std::max(left, Duration{0})});
}

void Agenda::on_session_end(Use use, bool in_step, TimePoint now) {
  prove(unproven_.take(use), in_step, now);
}

void Agenda::prove(const std::list<UnprovenAnswers::Entry>& entries, bool in_step, TimePoint now) {
  for (const UnprovenAnswers::Entry& entry : entries) {
    try {
      if (in_step) {
        let_stand(entry.answer, now);
      } else {
        withdraw(entry, now);
      }
    } catch (const std::bad_alloc&) {
      const Recipient& recipient = entry.answer.recipient;
      if (recipient.id != 0) settle_by_our_fault(recipient);
      if (recipient.id == 0) random_state_ = RandomState::needed;
    }
  }
}

/// The answer was to the question that it seemed to be to, as far as can be known.
void Agenda::let_stand(const Answer& answer, TimePoint now) {
  if (answer.recipient.id == 0) return on_random(answer.finding, now);
  conclude(answer.recipient, answer.finding, answer.where, now);
}

/// Whose answer it was can't be told: asks once more.
void Agenda::withdraw(const UnprovenAnswers::Entry& entry, TimePoint now) {
  Recipient recipient = entry.answer.recipient;
  const Finding finding = fell_out_of_step(entry.answer.finding);
  recipient.spent += now - entry.heard;
  if (recipient.id == 0) {
    random_.spent = std::max(random_.spent, recipient.spent);
    return lose_random(finding, now);
  }
  if (interrupted_) return settle_interrupted(std::move(recipient));
  const bool again = ++recipient.losses < most_losses && lasts(recipient);
  if (again) return enqueue(std::move(recipient));
  conclude(std::move(recipient), finding, entry.answer.where, now);
}

/// Those whose RCPT has left and who wait for another try pay for the time that others take.
void Agenda::give_up_the_late(Underway& trip, Duration took, TimePoint now) {
  for (std::size_t left = trip.batch.size(); left > 0; --left) {
    Recipient recipient = trip.batch.front();
    if (recipient.is_sent) recipient.spent += took;
    if (recipient.is_sent && !lasts(recipient)) {
      conclude(std::move(recipient), took_too_long(), trip.session.where, now);
    } else {
      trip.batch.push_back(std::move(recipient));
    }
    trip.batch.pop_front();
  }
}

void Agenda::conclude(Recipient recipient,
                      const Finding& finding,
                      const Whereabouts& where,
                      TimePoint now) {
  if (finding.reading.reason == Reason::greylisted) recipient.greylisted = true;
  if (finding.kind == Finding::Kind::deferred) {
    if (interrupted_) return settle_interrupted(std::move(recipient));
    if (defer(recipient, finding, now)) return;
  }
  let_follow(recipient);
  // Refused without a cause at first, and then answered: that is how greylisting looks from here.
  if (decides(finding) && recipient.put_off) recipient.greylisted = true;

  const bool accepted = finding.kind == Finding::Kind::accepted;
  if (!accepted || !awaits_random(recipient)) {
    return settle_answered(std::move(recipient), finding, where);
  }
  want_random(recipient);
  held_.push_back({std::move(recipient), finding, where});
}

/// Is an acceptance of `recipient` worth little until the random recipient was asked?
bool Agenda::awaits_random(const Recipient& recipient) const {
  return !params_.random_recipient.empty() && random_state_ != RandomState::known &&
         !out_of_time(recipient);
}

void Agenda::want_random(const Recipient& accepted) {
  if (!awaits_random(accepted)) return;
  // Who waits for the random recipient's answer must not wait too long.
  random_.spent = std::max(random_.spent, accepted.spent);
  if (random_state_ != RandomState::not_needed) return;
  random_state_ = RandomState::needed;
  random_.new_sender = accepted.new_sender;
}

/// Puts a recipient on the list of retries; false if it has had them all.
bool Agenda::defer(const Recipient& recipient, const Finding& finding, TimePoint now) {
  const auto delay = params_.retry.next_delay(recipient.retries, finding.reading.retry_after);
  if (!delay || !lasts(recipient)) return false;
  Recipient later = recipient;
  ++later.retries;
  later.losses = 0;
  later.put_off = finding.stage == Stage::rcpt && finding.reading.reason == Reason::try_again_later;
  // Who is told that he comes too often comes half as often.
  const bool too_often = finding.reading.reason == Reason::rate_limited;
  const bool stated = finding.reading.retry_after.has_value();
  const TimePoint due = now + (too_often && !stated ? 2 * *delay : *delay);
  if (finding.reading.reason == Reason::greylisted) {
    retries_.hold_back(recipient, due);
  } else {
    let_follow(recipient);
  }
  retries_.add(due, std::move(later));
  return true;
}

void Agenda::on_failure(Trip trip,
                        const SessionFailure& failure,
                        const Whereabouts& where,
                        TimePoint now) {
  Underway& underway = trips_.at(trip);
  const Finding finding = find(failure, where.exchange);
  const bool lost = finding.kind == Finding::Kind::lost;

  // A session that broke at one recipient says nothing of those behind it, once or twice; then the
  // servers break at everybody.
  const bool breaks_at_all = lost && fruitless_sessions_ >= most_fruitless_sessions;
  const bool spare_others = lost && underway.broke_at_rcpt && !breaks_at_all;
  // What keeps us from every server of the domain keeps us from it for all its recipients; but
  // as long as another trip may get through, there are only too many of us.
  const std::size_t others = trips_.size() - 1;
  const bool got_nowhere = !underway.had_session || (lost && underway.broke_at_mail);
  const bool shut_out = got_nowhere && others == 0;
  if (got_nowhere && others > 0) trips_allowed_ = others;
  if (shut_out || breaks_at_all) {
    underway.batch.splice(underway.batch.end(), queue_);
    if (random_state_ == RandomState::needed) lose_random(finding, now);
  }

  charge(underway);

  // A server that answers some and then ends the session has not looked at the rest.
  const bool came_to_an_end = lost || finding.kind == Finding::Kind::deferred;
  const bool may_go_on = came_to_an_end && underway.had_word && !breaks_at_all;

  for (std::size_t left = underway.batch.size(); left > 0; --left) {
    Recipient recipient = underway.batch.front();
    if (lasts(recipient) && (may_go_on || (spare_others && recipient.losses == 0))) {
      underway.batch.push_back(std::move(recipient));
    } else {
      if (recipient.losses == 0) ++recipient.attempts;
      conclude(std::move(recipient), finding, where, now);
    }
    underway.batch.pop_front();
  }
}

void Agenda::on_no_route(Trip trip,
                         const Judgement& judgement,
                         Stage stage,
                         const Whereabouts& where,
                         const std::string& error) {
  Underway& underway = trips_.at(trip);
  underway.batch.splice(underway.batch.end(), queue_);
  for (; !underway.batch.empty(); underway.batch.pop_front()) {
    settle({.recipient = underway.batch.front(),
            .judgement = judgement,
            .finding = std::nullopt,
            .where = where,
            .stage = stage,
            .error = error});
  }
  if (random_state_ == RandomState::needed) {
    const Finding nothing{.kind = Finding::Kind::lost, .reply = {}, .what = error};
    on_random(nothing, TimePoint{});
  }
}

void Agenda::come_back(Trip trip, TimePoint now) {
  Underway underway = std::move(trips_.extract(trip).mapped());
  if (underway.asks_random) lose_random(Finding{.reply = {}, .what = "the trip ended"}, now);
  if (random_state_ == RandomState::needed && !lasts(random_)) on_random(took_too_long(), now);
  if (underway.had_word) {
    const auto connections = static_cast<std::size_t>(params_.domain_connections);
    trips_allowed_ = std::min(connections, trips_allowed_ + 1);
  }
  for (auto it = underway.batch.rbegin(); it != underway.batch.rend(); ++it) {
    if (interrupted_) {
      settle_interrupted(std::move(*it));
    } else {
      queue_.push_front(std::move(*it));
    }
  }
}

void Agenda::on_our_fault(Trip trip, TimePoint now) {
  Underway& underway = trips_.at(trip);
  prove(unproven_.take(underway.session.use), true, now);
  if (underway.asks_random) underway.asked.erase(underway.asked.begin());
  for (Recipient& recipient : std::exchange(underway.asked, {})) {
    settle_by_our_fault(std::move(recipient));
  }
  for (Recipient& recipient : std::exchange(underway.batch, {})) {
    settle_by_our_fault(std::move(recipient));
  }
}

void Agenda::settle_by_our_fault(Recipient recipient) {
  settle(settled_by_our_fault(std::move(recipient)));
}

void Agenda::break_off() {
  for (Recipient& recipient : take_all()) settle_by_our_fault(std::move(recipient));
}

void Agenda::interrupt() {
  interrupted_ = true;
  for (Recipient& recipient : take_all()) settle_interrupted(std::move(recipient));
}

/// All that no trip carries, but for the random recipient, which nobody waits for then.
std::vector<Recipient> Agenda::take_all() {
  std::vector<Recipient> all = retries_.clear();
  std::erase_if(all, [](const Recipient& recipient) { return recipient.id == 0; });
  all.insert(all.end(), std::move_iterator(queue_.begin()), std::move_iterator(queue_.end()));
  queue_.clear();
  for (Answer& held : std::exchange(held_, {})) all.push_back(std::move(held.recipient));
  random_state_ = RandomState::known;
  return all;
}

/// All settlements pass here.
void Agenda::settle(Settlement settlement) {
  let_follow(settlement.recipient);
  settled_.push_back(std::move(settlement));
}

void Agenda::settle_answered(Recipient recipient,
                             const Finding& finding,
                             const Whereabouts& where) {
  settle({.recipient = std::move(recipient),
          .judgement = judge(finding, memory_.random),
          .finding = finding,
          .where = where,
          .stage = finding.stage,
          .error = finding.what});
}

void Agenda::settle_interrupted(Recipient recipient) {
  settle({.recipient = std::move(recipient),
          .judgement = judge(Reason::interrupted),
          .finding = std::nullopt,
          .where = {},
          .stage = Stage::dns,
          .error = "the run ended before this address was settled"});
}

bool Agenda::idle() const {
  return queue_.empty() && retries_.size() == 0 && unproven_.empty() && held_.empty() &&
         trips_.empty();
}

}  // namespace leadverify
