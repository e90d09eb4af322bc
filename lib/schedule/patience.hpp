// How long the DNS and mail servers may take over one address, all in all (pure).
//
// No server can stretch it: what one takes longer, the others get less. Waits that are our own are
// not counted: for a greylist, for a rate, for a free session.
#pragma once

#include "base/time.hpp"

#include <algorithm>
#include <chrono>

namespace leadverify {

class Patience {
 public:
  /// `command_timeout`: for one reply.
  explicit Patience(Duration command_timeout)
      : reply_(command_timeout),
        whole_(std::max<Duration>(std::chrono::seconds{75}, command_timeout * 5 / 2)) {}

  /// For one address, from the first packet on its behalf to its record.
  Duration whole() const { return whole_; }

  /// Until a session is open, over all the exchanges of a trip.
  Duration to_open_all() const { return reply_ * 3 / 2; }

  /// Until a session is open with the next exchange, where `opening` was spent on others before.
  /// The first one leaves time for a second.
  Duration to_open_next(Duration opening, bool first) const {
    return first ? reply_ : std::max(to_open_all() - opening, reply_ / 3);
  }

  /// What is kept for the question itself, however long the way to it was.
  Duration to_ask() const { return whole_ / 10; }

  /// Is there time to ask once more about an address that took `spent` so far? A second try needs
  /// about as long as the first.
  bool lasts(Duration spent) const { return spent <= whole_ / 2; }

  /// Is so little left after `spent` that no further exchange is worth a look?
  bool runs_out(Duration spent) const { return whole_ - spent <= whole_ * 2 / 5; }

 private:
  Duration reply_;
  Duration whole_;
};

}  // namespace leadverify
