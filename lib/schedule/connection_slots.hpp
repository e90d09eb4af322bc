// Who may hold a session with which mail server address, and who waits for one (pure).
//
// Limits hold in all and for each address, whatever the domains behind it. Addresses
// take turns, so that none waits for ever behind a busy one.
#pragma once

#include "base/ip.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>

namespace leadverify {

class ConnectionSlots {
 public:
  using Ticket = std::uint64_t;  // names one who waits

  struct Limits {
    int in_all = 50;
    int an_address = 5;
  };

  explicit ConnectionSlots(Limits limits) : limits_(limits) {}

  void wait(const Endpoint& exchange, Ticket ticket);

  /// The next of those waiting that may open a session now; its slot is taken.
  std::optional<Ticket> grant();

  /// The next of those waiting for `exchange`, for an open session there that has become free; it
  /// keeps its slot.
  std::optional<Ticket> hand_over(const Endpoint& exchange);

  /// A session with `exchange` is closed.
  void release(const Endpoint& exchange);

  /// Takes all who wait off the list.
  std::deque<Ticket> dismiss();

  int open() const { return open_; }

 private:
  struct Exchange {
    int open = 0;
    std::deque<Ticket> waiting;
    bool in_turn = false;  // stands in turns_
  };
  void line_up(const Endpoint& endpoint, Exchange& exchange);

  Limits limits_;
  int open_ = 0;
  std::map<Endpoint, Exchange> exchanges_;  // those with an open session or somebody waiting
  std::deque<Endpoint> turns_;  // those with somebody waiting and room for one more session
};

}  // namespace leadverify
