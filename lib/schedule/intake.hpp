// Which addresses are in hand, and which wait until there is room (pure, told the time).
//
// The window bounds how many are unsettled at once; a domain has a share of it, and what
// comes beyond that waits in the backlog, so that others get their turn.
#pragma once

#include "base/expected.hpp"
#include "schedule/backlog.hpp"
#include "schedule/ledger.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace leadverify {

class Intake {
 public:
  struct Limits {
    std::size_t window = 10'000;        // addresses in hand
    std::optional<std::size_t> share;   // of which of one domain; absent: any number
    std::size_t backlog = 64ULL << 20;  // octets that may wait
  };

  /// An address that is in hand from now on.
  struct Work {
    Expected<Mailbox, SyntaxFault> mailbox;
    Ledger::Admission admission;  // for what is no mailbox: its id alone
  };

  /// `secret` keys the hash of the addresses.
  Intake(std::uint64_t secret, Limits limits);

  /// No more should be taken in.
  bool full() const;
  /// Enough was settled to go on. Once the house is full it is let run down a little: a wake-up
  /// for each address would cost more than the address.
  bool has_room() const;

  /// As Ledger::remember().
  void remember(const Mailbox& mailbox, const Result& known) { ledger_.remember(mailbox, known); }

  /// `mailbox` is what `input` was read as, which is given its number. Absent: it waits in the
  /// backlog.
  std::optional<Work> take_in(Input input, Expected<Mailbox, SyntaxFault> mailbox, TimePoint now);

  struct Settled {
    std::vector<Result> results;  // as Ledger::settle() makes them
    std::vector<Work> next;       // those that go in now
  };
  Settled settle(Ledger::Id id, TimePoint now, const std::function<void(Result&)>& fill);

  /// From now on nothing goes in from the backlog by itself.
  void stop() { stopped_ = true; }

  /// One that is in hand; absent: there is none.
  std::optional<Ledger::Id> any() const { return ledger_.any(); }
  /// After stop(): takes in one that waits; absent: there is none.
  std::optional<Work> take_waiting(TimePoint now);

  /// Those in hand are settled, and nobody waits who would be let in.
  bool empty() const { return ledger_.size() == 0 && (stopped_ || backlog_.size() == 0); }
  /// All that came so far.
  std::uint64_t submitted() const { return submitted_; }
  /// The most that are unsettled of one domain; 0 without shares.
  std::size_t most_of_a_domain() const { return backlog_.most_of_a_domain(); }

 private:
  Work admit(Input input, Expected<Mailbox, SyntaxFault> mailbox, TimePoint now);
  Work admit_waiting(Input input, TimePoint now);

  Limits limits_;
  Ledger ledger_;
  Backlog backlog_;
  std::uint64_t submitted_ = 0;
  bool stopped_ = false;
};

}  // namespace leadverify
