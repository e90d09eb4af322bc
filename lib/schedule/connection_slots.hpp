// Who may hold a session with which mail server address, and who waits for one (pure).
//
// Limits hold in all and for each address, whatever the domains behind it. A slot that
// becomes free goes to the address with the most work waiting, so that the long queues
// start early and the short ones fill the gaps; every fourth goes to the address that
// has waited longest, so that none waits for ever.
#pragma once

#include "base/ip.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace leadverify {

class ConnectionSlots {
 public:
  using Ticket = std::uint64_t;  // names one who waits

  struct Limits {
    int in_all = 50;
    int an_address = 5;
  };

  explicit ConnectionSlots(Limits limits) : limits_(limits) {}

  /// `work` is how many recipients the one who waits has to ask about. Who could not be noted for
  /// want of memory does not wait.
  void wait(const Endpoint& exchange, Ticket ticket, std::size_t work);

  /// The next of those waiting that may open a session now; its slot is taken.
  std::optional<Ticket> grant();

  /// The next of those waiting for `exchange`, for an open session there that has become free; it
  /// keeps its slot.
  std::optional<Ticket> hand_over(const Endpoint& exchange);

  /// A session with `exchange` is closed.
  void release(const Endpoint& exchange);

  /// From now on at most `sessions` may be open with `exchange`; 0: no further one. Those that are
  /// open already stay.
  void restrict(const Endpoint& exchange, int sessions);

  /// Takes all who wait, or all who wait for `exchange`, off the list.
  std::vector<Ticket> dismiss();
  std::vector<Ticket> dismiss(const Endpoint& exchange);

  int open() const { return open_; }

 private:
  struct Waiting {
    Ticket ticket;
    std::size_t work;
  };
  struct Exchange {
    int open = 0;
    std::deque<Waiting> waiting;
    std::size_t work = 0;               // of all who wait
    std::optional<std::uint64_t> turn;  // since when it stands among the eligible
  };
  using Exchanges = std::map<Endpoint, Exchange>;
  struct MostWorkFirst {
    bool operator()(const std::pair<std::size_t, std::uint64_t>& a,
                    const std::pair<std::size_t, std::uint64_t>& b) const {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    }
  };

  int allowed(const Endpoint& exchange) const;
  Ticket take_first(Exchange& exchange);
  void enter(const Endpoint& endpoint, Exchange& exchange);
  void withdraw(Exchange& exchange);
  void forget_if_idle(Exchanges::iterator exchange);

  Limits limits_;
  int open_ = 0;
  Exchanges exchanges_;  // those with an open session or somebody waiting
  std::map<Endpoint, int> restricted_;
  // The eligible: those with somebody waiting and room for one more session, by their turn, and
  // the turns by the work behind them.
  std::map<std::uint64_t, Endpoint> by_turn_;
  std::set<std::pair<std::size_t, std::uint64_t>, MostWorkFirst> by_work_;
  std::uint64_t last_turn_ = 0;
  std::uint64_t grants_ = 0;
};

}  // namespace leadverify
