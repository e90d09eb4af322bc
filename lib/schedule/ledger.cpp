#include "schedule/ledger.hpp"

#include <utility>

namespace leadverify {

Ledger::Id Ledger::admit(Input input, TimePoint now) {
  entries_.emplace(++last_id_, Entry{.input = std::move(input), .begun = now});
  return last_id_;
}

Ledger::Admission Ledger::admit(Input input, const Mailbox& mailbox, TimePoint now) {
  Admission admission{.id = ++last_id_};
  Entry entry{.input = std::move(input), .email = mailbox.address(), .begun = now};
  entry.key = seen_.key(entry.email);
  if (const auto seen = seen_.look_up_or_note(entry.key, entry.input.line)) {
    entry.duplicate_of = seen->line;
    if (seen->verdict) {
      admission.next = Admission::Next::repeat_verdict;
      admission.verdict = *seen->verdict;
    } else {
      admission.next = Admission::Next::wait;
      waiting_[entry.key].push_back(admission.id);
    }
  }
  entries_.emplace(admission.id, std::move(entry));
  return admission;
}

std::vector<Result> Ledger::settle(Id id, TimePoint now, const std::function<void(Result&)>& fill) {
  auto node = entries_.extract(id);
  if (node.empty()) return {};
  const SeenAddresses::Key key = node.mapped().key;
  const TimePoint begun = node.mapped().begun;
  std::vector<Result> results(1, record(std::move(node.mapped())));
  fill(results.front());
  if (key == 0 || results.front().duplicate_of) return results;

  results.front().elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - begun);
  const Verdict verdict = verdict_of(results.front());
  seen_.settle(key, verdict);
  const auto waiting = waiting_.extract(key);
  if (waiting.empty()) return results;
  for (const Id repetition : waiting.mapped()) {
    auto repeated = entries_.extract(repetition);
    if (repeated.empty()) continue;  // it was settled by itself, when the run was cut off
    results.push_back(record(std::move(repeated.mapped())));
    apply(verdict, results.back());
  }
  return results;
}

std::optional<Ledger::Id> Ledger::any() const {
  if (entries_.empty()) return std::nullopt;
  return entries_.begin()->first;
}

/// What an entry's record says before anything is found out.
Result Ledger::record(Entry entry) {
  Result result;
  result.duplicate_of = entry.duplicate_of;
  result.error = entry.input.remark;
  if (entry.email.empty()) {
    result.email = entry.input.text;
  } else {
    result.domain = entry.email.substr(entry.email.rfind('@') + 1);
    result.email = std::move(entry.email);
  }
  result.input = std::move(entry.input);
  return result;
}

}  // namespace leadverify
