// Who was taken in and is not settled: one entry an input, until its record is made (pure).
//
// Each input gets exactly one record. One whose address came before shares the verdict of
// the first: at once if that is known, else as soon as it is.
#pragma once

#include <leadverify/result.hpp>

#include "address/mailbox.hpp"
#include "base/time.hpp"
#include "schedule/seen_addresses.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace leadverify {

class Ledger {
 public:
  using Id = std::uint64_t;  // names an entry; never 0

  /// `secret` keys the hash of the addresses.
  explicit Ledger(std::uint64_t secret) : seen_(secret) {}

  struct Admission {
    Id id = 0;
    enum class Next : std::uint8_t {
      find_out,        // it comes for the first time
      repeat_verdict,  // it came before, with this verdict
      wait,            // it came before, and will be settled with the first
    };
    Next next = Next::find_out;
    Verdict verdict;  // if repeat_verdict
  };

  /// Takes in an input that is no mailbox.
  Id admit(Input input, TimePoint now);
  /// Takes in one that is `mailbox`.
  Admission admit(Input input, const Mailbox& mailbox, TimePoint now);

  /// Settles an entry: its record, to which `fill` adds what was found out, and those of the
  /// entries that waited for it. None, if there is no such entry (any more).
  std::vector<Result> settle(Id id, TimePoint now, const std::function<void(Result&)>& fill);

  /// Some entry that is not settled; absent: there is none.
  std::optional<Id> any() const;

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Input input;
    std::string email;  // empty: not a mailbox
    SeenAddresses::Key key = 0;
    TimePoint begun{};
    std::optional<std::uint64_t> duplicate_of;
  };

  static Result record(Entry entry);

  Id last_id_ = 0;
  std::unordered_map<Id, Entry> entries_;
  std::unordered_map<SeenAddresses::Key, std::vector<Id>> waiting_;  // for the first of their kind
  SeenAddresses seen_;
};

}  // namespace leadverify
