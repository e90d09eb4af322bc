// Records in the order of the input: what is ready too early is held back.
//
// An address that waits out a greylist holds up those behind it, so what is held is bounded
// by who reads: no more is taken in while too much is held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace leadverify::app {

class OrderedRecords {
 public:
  /// `pass_on` is given each record when its turn has come.
  explicit OrderedRecords(std::function<void(const std::string&)> pass_on)
      : pass_on_(std::move(pass_on)) {}

  /// The record of the `number`-th input, from 1; absent: it has none.
  void take(std::uint64_t number, std::optional<std::string> record);

  /// The records that are held back, and their octets.
  std::size_t held() const { return held_; }
  std::size_t octets() const { return octets_; }

 private:
  struct Place {
    bool come = false;
    std::optional<std::string> record;
  };

  std::function<void(const std::string&)> pass_on_;
  std::uint64_t next_ = 1;    // whose turn it is
  std::deque<Place> places_;  // from next_ on
  std::size_t held_ = 0;
  std::size_t octets_ = 0;
};

}  // namespace leadverify::app
