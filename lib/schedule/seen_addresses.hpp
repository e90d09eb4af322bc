// Which addresses came before, and what came of them (pure).
//
// A list of millions of leads repeats itself; no address is asked about twice in a
// run. An address costs 16 octets: 8 of a hash, 4 of the line and 4 that say which of
// the verdicts of the run it has. The table is between eight and nine tenths full, so
// 20 octets are taken at most. The hash is keyed with a secret of the run, so that
// nobody can write a list whose addresses collide; two of ten million addresses do so
// by chance in three runs of a million.
#pragma once

#include <leadverify/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leadverify {

/// The part of a result that is the same for every repetition of its address.
struct Verdict {
  Status status = Status::unknown;
  Reason reason = Reason::not_checked;
  std::optional<Confidence> confidence;
  std::optional<bool> catch_all;
  bool greylist = false;
  std::optional<int> code;
  std::optional<EnhancedStatus> enhanced;
  std::optional<Stage> stage;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verdict_of(const Result& result);
void apply(const Verdict& verdict, Result& result);

/// The verdicts that occurred, each once. There are few: some reasons, codes and enhanced
/// statuses, however long the list.
class VerdictBook {
 public:
  using Place = std::uint32_t;  // never 0

  Place note(const Verdict& verdict);
  /// REQUIRES: note() gave `place`.
  Verdict at(Place place) const;

 private:
  std::vector<std::uint64_t> packed_;
  std::unordered_map<std::uint64_t, Place> places_;  // by what is packed
};

class SeenAddresses {
 public:
  using Key = std::uint64_t;

  explicit SeenAddresses(std::uint64_t secret) : secret_(secret) {}

  /// `address` as Mailbox::address() gives it.
  Key key(std::string_view address) const;

  struct Seen {
    std::uint64_t line = 0;          // where it came first
    std::optional<Verdict> verdict;  // absent: it is not settled yet
  };

  /// What is known of an address; absent, and noted with its line, where it is the first time.
  std::optional<Seen> look_up_or_note(Key key, std::uint64_t line);

  /// REQUIRES: the key was noted.
  void settle(Key key, const Verdict& verdict);

 private:
  // One of many small tables: a table that grows is copied, and only it.
  struct Shelf {
    std::vector<Key> keys;  // 0: free
    std::vector<std::uint32_t> lines;
    std::vector<VerdictBook::Place> verdicts;  // 0: not settled
    std::size_t used = 0;
  };

  Shelf& shelf(Key key) { return shelves_[key % shelves_.size()]; }
  static std::size_t place(const Shelf& shelf, Key key);
  static void grow(Shelf& shelf);

  std::uint64_t secret_;
  VerdictBook book_;
  std::array<Shelf, 256> shelves_;
};

}  // namespace leadverify
