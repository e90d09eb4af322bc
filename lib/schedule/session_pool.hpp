// Sessions with mail servers, lent to one domain after another.
//
// Mail servers are shared: thousands of domains lie behind a few addresses. A
// session that one domain is done with goes on to the next domain that waits for
// the same address; with nobody waiting it says QUIT. A session holds its slot
// until it is closed, so the limits hold at the servers too.
#pragma once

#include "base/clock.hpp"
#include "schedule/connection_slots.hpp"
#include "smtp/session.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace leadverify {

class SessionPool {
 public:
  struct Lease {
    std::shared_ptr<Session> session;  // absent: the run is stopping, no session will come
    bool fresh = true;                 // it is yet to be opened
  };

  SessionPool(asio::io_context& context,
              Network& network,
              const Clock& clock,
              Session::Params session,
              ConnectionSlots::Limits limits);

  /// Asks for a session with `exchange`, open or yet to be opened, for `work` recipients. All
  /// functions may be called from any thread; the callbacks come later, on the pool's strand.
  void borrow(const Endpoint& exchange, std::size_t work, std::function<void(Lease)> lent);

  /// Gives a session back that is used by nobody any more. `gone` is called once it is another
  /// domain's (true) or closed (false).
  void give_back(const Endpoint& exchange,
                 std::shared_ptr<Session> session,
                 std::function<void(bool)> gone);

  /// The server at `exchange` takes pipelined commands badly, whatever it offers.
  void stop_pipelining(const Endpoint& exchange);

  /// Lends nothing more, and answers those who wait.
  void stop();

  int open_sessions() const { return open_sessions_; }

 private:
  using Strand = asio::strand<asio::io_context::executor_type>;

  void lend_what_may_be_opened();
  asio::awaitable<void> close(Endpoint exchange,
                              std::shared_ptr<Session> session,
                              std::function<void(bool)> gone);

  Strand strand_;
  Network& network_;
  const Clock& clock_;
  Session::Params session_;

  // On the strand alone.
  struct Waiting {
    Endpoint exchange;
    std::function<void(Lease)> lent;
  };
  ConnectionSlots slots_;
  std::map<ConnectionSlots::Ticket, Waiting> waiting_;
  ConnectionSlots::Ticket last_ticket_ = 0;
  std::set<Endpoint> no_pipelining_;
  bool stopping_ = false;

  std::atomic<int> open_sessions_ = 0;
};

}  // namespace leadverify
