#include "verdict/reply_grammar.hpp"

#include "verdict/clause_table.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace leadverify {

namespace {

/// The book of all phrases, made once.
const PhraseBook& book() {
  static const PhraseBook all = [] {
    std::vector<PhraseEntry> entries;
    for (const auto part : {subject_phrases(),
                            state_phrases(),
                            time_idioms(),
                            our_idioms(),
                            address_idioms(),
                            server_idioms(),
                            remark_phrases()}) {
      entries.insert(entries.end(), part.begin(), part.end());
    }
    return PhraseBook(entries);
  }();
  return all;
}

bool says_dead(Reason reason) {
  return status_of(reason) == Status::invalid;
}

/// Reads one text: takes the sightings apart, weighs what each of them claims, keeps the best.
class Reader {
 public:
  explicit Reader(const ReplyText& text) : text_(text) {
    for (const Sighting& seen : book().find(text)) {
      if (is_subject(seen.meaning)) {
        keep_longest(subjects_, seen);
      } else if (is_state(seen.meaning)) {
        keep_longest(states_, seen);
      } else if (is_claim(seen.meaning)) {
        idioms_.push_back(seen);
      } else {
        take_remark(seen);
      }
    }
    drop_covered_idioms();
  }

  WordReading read() {
    for (const Sighting& idiom : idioms_) {
      const Claim claim = claim_of(idiom.meaning);
      weigh(unless_quota_of_ours(unless_ours(claim, idiom, true), idiom), idiom);
    }
    for (const Sighting& state : states_) weigh_state(state);
    for (const Sighting& room : rooms_) weigh_room(room);
    for (const Sighting& measure : measures_) reading_.room |= !in_aside(measure);
    for (const Sighting& subject : subjects_) weigh_topic(subject);
    // Who names someone else's fault does not speak of the mailbox, whatever words follow.
    if (best_ && says_dead(best_->reason) && blame_) best_ = blame_;
    if (called_back()) {
      reading_.names_ours = true;
      if (best_ && says_dead(best_->reason)) best_->reason = Reason::sender_rejected;
    }
    reading_.claim = best_;
    reading_.brief = is_brief();
    return reading_;
  }

 private:
  /// Sightings come in order, longer ones first: what begins inside an earlier one is a part of it.
  static void keep_longest(std::vector<Sighting>& kept, const Sighting& seen) {
    if (kept.empty() || kept.back().end <= seen.begin) kept.push_back(seen);
  }

  void take_remark(const Sighting& seen) {
    switch (remark_of(seen.meaning)) {
      case Remark::aside: asides_.push_back(seen.begin); return;
      case Remark::temporary: reading_.temporary = true; return;
      case Remark::to_mail: reading_.sender_asked = true; return;
      case Remark::callout: callouts_.push_back(seen); return;
      case Remark::room: rooms_.push_back(seen); return;
      case Remark::measure: measures_.push_back(seen); return;
      case Remark::rate: rates_.push_back(seen); return;
    }
  }

  /// Did they ask for our address at our own server, and speak of what that said?
  bool called_back() const {
    return std::any_of(callouts_.begin(), callouts_.end(), [&](const Sighting& seen) {
      return !in_aside(seen) && !of_recipient(seen);
    });
  }

  /// Does "recipient" stand right before, as in "recipient callback"?
  bool of_recipient(const Sighting& seen) const {
    return seen.begin != 0 && text_.spelling(word(seen.begin - 1U)).starts_with("recipient");
  }

  /// An idiom within a longer one is not what was meant: "policy" in "policy rejection, try later".
  void drop_covered_idioms() {
    const std::vector<Sighting> all = idioms_;
    std::erase_if(idioms_, [&](const Sighting& idiom) {
      return std::any_of(all.begin(), all.end(), [&](const Sighting& other) {
        return other.size() > idiom.size() && other.covers(idiom);
      });
    });
  }

  bool inside_idiom(const Sighting& state) const {
    return std::any_of(idioms_.begin(), idioms_.end(), [&](const Sighting& idiom) {
      const bool telling = claim_of(idiom.meaning).strength > Strength::vague;
      return telling && idiom.covers(state) && idiom.size() > state.size();
    });
  }

  /// Names and numbers are not counted.
  bool is_brief() const {
    constexpr std::ptrdiff_t few = 4;
    return few >= std::count_if(text_.words.begin(), text_.words.end(), [](const Word& word) {
             return word.kind == WordKind::word;
           });
  }

  const Word& word(std::size_t at) const { return text_.words[at]; }

  /// How far two phrases stand apart, in words; another clause counts for three.
  int distance(const Sighting& a, const Sighting& b) const {
    const Sighting& first = a.begin <= b.begin ? a : b;
    const Sighting& second = a.begin <= b.begin ? b : a;
    const int gap = std::max(0, second.begin - first.end);
    return gap + 3 * (word(second.begin).clause - word(first.end - 1U).clause);
  }

  /// Whom `state` is said of: what stands at its side; else the nearest before it, else after it.
  const Sighting* subject_for(const Sighting& state) const {
    const Sighting* before = nullptr;
    const Sighting* after = nullptr;
    for (const Sighting& subject : subjects_) {
      if (word(subject.begin).sentence != word(state.begin).sentence) continue;
      if (subject.covers(state) && subject.size() > state.size()) continue;
      if (subject.begin < state.begin) {
        // "sender <ada@example.org>", "client address": an address adds nothing to the word.
        if (before != nullptr && adds_nothing(subject, *before)) continue;
        before = &subject;
      } else if (after == nullptr) {
        after = &subject;
      }
    }
    const int far = 1000;
    const int to_before = before == nullptr ? far : distance(*before, state);
    const int to_after = after == nullptr ? far : distance(state, *after);
    const bool adjective = leads(state) && !is_predicate(state);
    const bool by_name = before != nullptr && word(before->begin).size == 0;
    if (adjective && to_after <= 1 && (to_before > 0 || by_name)) return after;
    if (to_before <= 9 && !(adjective && to_after <= 2 && to_before > 3)) return before;
    if (to_after <= 5) return after;
    return nullptr;
  }

  /// Is `subject` but the name of the one before it?
  bool adds_nothing(const Sighting& subject, const Sighting& before) const {
    const bool name = word(subject.begin).size == 0;
    const bool address = subject_of(subject.meaning) == Subject::address;
    const bool ip = word(subject.begin).kind == WordKind::ip;
    if (ip && is_mailbox(before)) return false;  // no mailbox goes by such a name
    return (name || address) && subject.begin - before.end <= (name ? 1 : 0);
  }

  static bool is_mailbox(const Sighting& subject) {
    return subject_of(subject.meaning) == Subject::mailbox ||
           subject_of(subject.meaning) == Subject::address;
  }

  /// May `state` stand before its subject, as an adjective does?
  static bool leads(const Sighting& state) {
    switch (state_of(state.meaning)) {
      case State::absent:
      case State::invalid:
      case State::disabled:
      case State::locked:
      case State::full:
      case State::too_many: return true;
      default: return false;
    }
  }

  /// Does a verb lead up to `state`, so that it is said of what stands before?
  bool is_predicate(const Sighting& state) const {
    static constexpr std::array verbs = std::to_array<std::string_view>(
        {"is",   "are",  "was",  "were",  "be",     "been",    "being",  "has",
         "have", "ist",  "sind", "wurde", "est",    "sont",    "a",      "ete",
         "es",   "esta", "son",  "ha",    "sido",   "e",       "stato",  "stata",
         "foi",  "zit",  "werd", "jest",  "zostal", "zostala", "zostalo"});
    if (state.begin == 0) return false;
    const std::string_view verb = text_.spelling(word(state.begin - 1U));
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
  }

  /// Is `state` said right after `subject`, and no object after it, as in "user refused mail"?
  bool ends_on(const Sighting& subject, const Sighting& state) const {
    if (subject.begin > state.begin || in_aside(state)) return false;
    if (distance(subject, state) > 1) return false;
    for (std::size_t at = state.end; at < text_.words.size(); ++at) {
      if (word(at).clause != word(state.begin).clause) return true;
      if (word(at).size != 0) return false;
    }
    return true;
  }

  bool in_aside(const Sighting& seen) const {
    return std::any_of(asides_.begin(), asides_.end(), [&](std::uint16_t aside) {
      return aside <= seen.begin && word(aside).sentence == word(seen.begin).sentence;
    });
  }

  /// "Nobody there" is no word on the recipient in a sentence that speaks of the sender, or of
  /// anything else that is ours: the claim then is what it comes to that ours is not there.
  Claim unless_ours(Claim claim, const Sighting& seen, bool whose_is_said) const {
    if (!says_dead(claim.reason)) return claim;
    for (const Sighting& subject : subjects_) {
      const bool name = word(subject.begin).size == 0;
      if (name || !is_ours(subject_of(subject.meaning))) continue;
      if (word(subject.begin).sentence != word(seen.begin).sentence) continue;
      // What stands behind counts where it is not said whose address or domain it is.
      const bool behind = subject.begin > seen.begin;
      const bool client = subject_of(subject.meaning) == Subject::client;
      if (behind && (whose_is_said || client) && distance(seen, subject) > 1) continue;
      return claim_of(subject_of(subject.meaning), State::absent).value_or(claim);
    }
    return claim;
  }

  /// "Over quota" is said of mailboxes, and of senders that send more than they may.
  Claim unless_quota_of_ours(Claim claim, const Sighting& seen) const {
    if (claim.reason != Reason::mailbox_full) return claim;
    const bool ours = has_rate(seen) || is_quota_of_ours(seen);
    return ours ? Claim{Reason::rate_limited, claim.strength} : claim;
  }

  /// Does the sentence speak of a time, "per hour", or of numbers of messages?
  bool has_rate(const Sighting& seen) const {
    return std::any_of(rates_.begin(), rates_.end(), [&](const Sighting& rate) {
      return word(rate.begin).sentence == word(seen.begin).sentence;
    });
  }

  /// Is ours what stands nearest before `seen` or, if nothing does, right after it?
  bool is_quota_of_ours(const Sighting& seen) const {
    const Sighting* nearest = nullptr;
    for (const Sighting& subject : subjects_) {
      if (word(subject.begin).sentence != word(seen.begin).sentence) continue;
      if (!is_mailbox(subject) && !sends(subject)) continue;
      if (word(subject.begin).size == 0) continue;
      if (subject.begin < seen.end) {
        nearest = &subject;
      } else if (nearest == nullptr || !is_mailbox(*nearest)) {
        if (distance(seen, subject) <= 2) nearest = &subject;
        break;
      }
    }
    return nearest != nullptr && sends(*nearest);
  }

  static bool sends(const Sighting& subject) {
    const Subject whose = subject_of(subject.meaning);
    return whose == Subject::sender || whose == Subject::client;
  }

  /// Something that we brought along, rather than what we asked for.
  static bool is_ours(Subject subject) {
    switch (subject) {
      case Subject::sender:
      case Subject::client:
      case Subject::helo:
      case Subject::ptr:
      case Subject::sender_check:
      case Subject::login: return true;
      default: return false;
    }
  }

  void weigh_state(const Sighting& seen) {
    if (inside_idiom(seen)) return;
    const State state = state_of(seen.meaning);
    if (state == State::full && has_rate(seen)) {
      weigh({Reason::rate_limited, Strength::clear}, seen);
      return;
    }
    if (state == State::full && !in_aside(seen)) reading_.room = true;
    if (const Sighting* const subject = subject_for(seen)) {
      const auto claim = claim_of(subject_of(subject->meaning), state);
      const bool mailbox = is_mailbox(*subject);
      const bool whose_is_said = subject_of(subject->meaning) == Subject::mailbox;
      if (mailbox && state == State::rejected && ends_on(*subject, seen)) {
        reading_.recipient_refused = true;
      }
      if (!claim) return;
      const Claim of_whom = unless_ours(*claim, seen, whose_is_said);
      if (!weigh(unless_quota_of_ours(of_whom, seen), seen)) return;
      reading_.only_invalid = mailbox && state == State::invalid;
      return;
    }
    switch (state) {  // of nobody that is named
      case State::listed: weigh({Reason::blocked_ip, Strength::strong}, seen); return;
      case State::locked:
      case State::rejected: weigh({Reason::policy, Strength::vague}, seen); return;
      case State::full: weigh({Reason::mailbox_full, Strength::vague}, seen); return;
      case State::too_many: weigh({Reason::rate_limited, Strength::vague}, seen); return;
      default: return;
    }
  }

  /// Room is spoken of only where there is too little: in the mailbox, if one is named.
  void weigh_room(const Sighting& seen) {
    if (in_aside(seen)) return;
    reading_.room = true;
    const bool of_mailbox = std::any_of(subjects_.begin(), subjects_.end(), [&](const auto& other) {
      return subject_of(other.meaning) == Subject::mailbox &&
             word(other.begin).sentence == word(seen.begin).sentence;
    });
    if (!of_mailbox) return;
    weigh(unless_quota_of_ours({Reason::mailbox_full, Strength::strong}, seen), seen);
  }

  /// Some things are spoken of only where they are at fault.
  void weigh_topic(const Sighting& subject) {
    const Subject named = subject_of(subject.meaning);
    const bool ours = is_ours(named) && named != Subject::client && named != Subject::login;
    if (ours && !in_aside(subject)) reading_.names_ours = true;
    switch (subject_of(subject.meaning)) {
      case Subject::helo:
      case Subject::ptr: weigh({Reason::client_identity, Strength::hint}, subject); return;
      case Subject::sender: weigh({Reason::sender_rejected, Strength::hint}, subject); return;
      case Subject::sender_check: weigh({Reason::sender_auth, Strength::hint}, subject); return;
      case Subject::relay: weigh({Reason::relay_denied, Strength::hint}, subject); return;
      default: return;
    }
  }

  /// Someone or something other than the mailbox is at fault, in plain words.
  static bool blames(const Claim& claim) {
    if (claim.strength < Strength::status) return false;
    switch (claim.reason) {
      case Reason::sender_rejected:
      case Reason::sender_auth:
      case Reason::blocked_ip:
      case Reason::client_identity:
      case Reason::rate_limited:
      case Reason::greylisted:
      case Reason::mailbox_full:
      case Reason::auth_required:
      case Reason::tls_required:
      case Reason::relay_denied: return true;
      default: return false;
    }
  }

  /// Is it what we did before they blocked us?
  static bool leads_to_block(Reason reason) {
    return reason == Reason::rate_limited || reason == Reason::protocol_error;
  }

  /// Takes `claim` in; true if it is the best one now.
  bool weigh(Claim claim, const Sighting& seen) {
    if (in_aside(seen) && claim.strength > Strength::hint) claim.strength = Strength::hint;
    if (blames(claim) && (!blame_ || claim.strength > blame_->strength)) blame_ = claim;
    const auto better = [&](const Claim& than) {
      if (claim.strength != than.strength) return claim.strength > than.strength;
      if (claim.reason == Reason::blocked_ip && leads_to_block(than.reason)) return true;
      return says_dead(than.reason) && !says_dead(claim.reason);  // of equals the first
    };
    if (best_ && !better(*best_)) return false;
    best_ = claim;
    reading_.only_invalid = false;
    return true;
  }

  const ReplyText& text_;
  std::vector<Sighting> subjects_;
  std::vector<Sighting> states_;
  std::vector<Sighting> idioms_;
  std::vector<Sighting> callouts_;
  std::vector<Sighting> rooms_;
  std::vector<Sighting> measures_;
  std::vector<Sighting> rates_;
  std::vector<std::uint16_t> asides_;
  std::optional<Claim> best_;
  std::optional<Claim> blame_;
  WordReading reading_;
};

}  // namespace

WordReading read_meaning(const ReplyText& text) {
  return Reader(text).read();
}

}  // namespace leadverify
