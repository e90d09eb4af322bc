#include "schedule/intake.hpp"

#include <limits>
#include <utility>

namespace leadverify {

Intake::Intake(std::uint64_t secret, Limits limits)
    : limits_(limits),
      ledger_(secret),
      backlog_(limits.share.value_or(std::numeric_limits<std::size_t>::max())) {}

bool Intake::full() const {
  return ledger_.size() >= limits_.window || backlog_.octets() >= limits_.backlog;
}

bool Intake::has_room() const {
  return ledger_.size() <= limits_.window * 7 / 8 && backlog_.octets() <= limits_.backlog / 8 * 7;
}

std::optional<Intake::Work> Intake::take_in(Input input,
                                            Expected<Mailbox, SyntaxFault> mailbox,
                                            TimePoint now) {
  input.number = ++submitted_;
  if (limits_.share && mailbox && !backlog_.enter(mailbox->domain)) {
    backlog_.keep(mailbox->domain, input);
    return std::nullopt;
  }
  return admit(std::move(input), std::move(mailbox), now);
}

Intake::Settled Intake::settle(Ledger::Id id,
                               TimePoint now,
                               const std::function<void(Result&)>& fill) {
  Settled settled{.results = ledger_.settle(id, now, fill)};
  if (!limits_.share || stopped_) return settled;
  for (const Result& result : settled.results) {
    if (!result.domain) continue;
    std::optional<Input> next = backlog_.leave(*result.domain);
    if (next) settled.next.push_back(admit_waiting(*std::move(next), now));
  }
  return settled;
}

std::optional<Intake::Work> Intake::take_waiting(TimePoint now) {
  std::optional<Input> input = backlog_.take_any();
  if (!input) return std::nullopt;
  return admit_waiting(*std::move(input), now);
}

Intake::Work Intake::admit_waiting(Input input, TimePoint now) {
  auto mailbox = parse_mailbox(input.text);
  return admit(std::move(input), std::move(mailbox), now);
}

Intake::Work Intake::admit(Input input, Expected<Mailbox, SyntaxFault> mailbox, TimePoint now) {
  Ledger::Admission admission;
  if (mailbox) {
    admission = ledger_.admit(std::move(input), *mailbox, now);
  } else {
    admission.id = ledger_.admit(std::move(input), now);
  }
  return {std::move(mailbox), admission};
}

}  // namespace leadverify
