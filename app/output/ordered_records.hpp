// Records in the order of the input: what is ready too early is held back.
//
// An address that waits out a greylist holds up those behind it, so what is held is bounded
// by who reads: no more is taken in while too much is held. Where an address gets no record
// because the run ends, those behind it get none either: what comes out is the beginning of
// what would have.
#pragma once

#include <leadverify/result.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <string>

namespace leadverify::app {

/// A record on its way out.
struct WrittenRecord {
  std::string text;  // without a line end
  // What a Summary counts of it.
  Status status = Status::unknown;
  Reason reason = Reason::internal_error;
  bool greylist = false;
  std::optional<std::uint64_t> duplicate_of = {};
  std::optional<std::string> provider = {};
};

class OrderedRecords {
 public:
  /// `pass_on` is given each record when its turn has come.
  explicit OrderedRecords(std::function<void(const WrittenRecord&)> pass_on)
      : pass_on_(std::move(pass_on)) {}

  /// The record of the `number`-th input, from 1.
  void take(std::uint64_t number, WrittenRecord record);

  /// The `number`-th input has no record: none behind it is passed on.
  void end_before(std::uint64_t number);

  /// The records that are held back, and their octets.
  std::size_t held() const { return held_; }
  std::size_t octets() const { return octets_; }

 private:
  void drop_last();

  std::function<void(const WrittenRecord&)> pass_on_;
  std::uint64_t next_ = 1;                                         // whose turn it is
  std::uint64_t end_ = std::numeric_limits<std::uint64_t>::max();  // whose turn never comes
  std::deque<std::optional<WrittenRecord>> places_;  // from next_ on; absent: not come yet
  std::size_t held_ = 0;
  std::size_t octets_ = 0;
};

}  // namespace leadverify::app
