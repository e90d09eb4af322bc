// Sessions with mail servers, lent to one domain after another.
//
// Mail servers are shared: thousands of domains lie behind a few addresses. A
// session that one domain is done with goes on to the next domain that waits for
// the same address; with nobody waiting it says QUIT. A session holds its slot
// until it is closed, so the limits hold at the servers too. What sessions go through
// at an address decides how soon, and how many at once, others are sent there.
#pragma once

#include "base/clock.hpp"
#include "schedule/connection_slots.hpp"
#include "schedule/exchange_health.hpp"
#include "schedule/ipv6_path.hpp"
#include "smtp/session.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace leadverify {

class SessionPool {
 public:
  class Slot;
  struct Lease {
    std::shared_ptr<Session> session;                  // absent: no session will come
    std::shared_ptr<Slot> slot = {};                   // the session's: free again once nobody
                                                       // holds it, whatever became of the session
    bool fresh = true;                                 // it is yet to be opened
    std::optional<SessionFailure> known_failure = {};  // without a session: what others heard
                                                       // there; absent: the run is stopping
  };

  /// What came of a session, for those who want to go there later.
  struct Experience {
    enum class Kind : std::uint8_t { none, success, trouble, unreachable, blocked };
    Kind kind = Kind::none;
    SessionFailure failure = {};  // if unreachable or blocked
  };

  /// `on_notice` takes a line for the person who started the run, on the pool's strand; it may be
  /// empty.
  SessionPool(asio::io_context& context,
              Network& network,
              Clock& clock,
              Session::Params session,
              ConnectionSlots::Limits limits,
              std::function<void(std::string)> on_notice);

  /// Asks for a session with `exchange`, open or yet to be opened, for `work` recipients. All
  /// functions may be called from any thread; the callbacks come later, on the pool's strand.
  void borrow(const Endpoint& exchange, std::size_t work, std::function<void(Lease)> lent);

  /// Gives a session back that is used by nobody any more. `gone` is called once it is another
  /// domain's (true) or closed (false).
  /// `ended`, which may be empty, is called once it is closed, whoever had it last: were all
  /// answers in it to what was asked (true)? It comes before `gone` where both are due, and where
  /// this host is short of memory not at all.
  void give_back(Lease lease,
                 Experience experience,
                 std::function<void(bool)> ended,
                 std::function<void(bool)> gone);

  /// The server at `exchange` takes pipelined commands badly, whatever it offers.
  void stop_pipelining(const Endpoint& exchange);

  /// The server at `exchange` offers TLS, and can't do it.
  void stop_tls(const Endpoint& exchange);

  /// Lends nothing more, and answers those who wait.
  void stop();

  /// Leaves all sessions that are open, lent or not, without waiting for anything.
  /// REQUIRES: no thread runs the io_context any more, or ever will.
  void leave_at_once();

  int open_sessions() const { return open_sessions_; }

 private:
  using Strand = asio::strand<asio::io_context::executor_type>;

  void wait(const Endpoint& exchange, std::size_t work, std::function<void(Lease)> lent);
  void lend_what_may_be_opened();
  Lease open_for(const Endpoint& exchange);
  bool hand_over(const Lease& lease);
  void close(Lease lease, std::function<void(bool)> gone);
  void release(const Endpoint& exchange);
  void learn(const Endpoint& exchange, const Experience& experience);
  std::optional<SessionFailure> known_failure(const Endpoint& exchange) const;
  void tell_known_failure(const Endpoint& exchange);
  void look_at_ipv6(const Endpoint& exchange, const Experience& experience);
  void suspect_closed_port(const Endpoint& exchange, const Experience& experience);
  void let_rest(const Endpoint& exchange, TimePoint until);
  void start_watching_rests();
  asio::awaitable<void> watch_rests();
  ExchangeHealth& health(const Endpoint& exchange);
  asio::awaitable<bool> say_goodbye(std::shared_ptr<Session> session);

  // What outlasts the pool, as suspended coroutines do, finds out here that it is gone.
  std::shared_ptr<SessionPool*> self_ = std::make_shared<SessionPool*>(this);
  Strand strand_;
  Network& network_;
  Clock& clock_;
  Session::Params session_;
  std::function<void(std::string)> on_notice_;
  int an_address_;

  // On the strand alone.
  struct Waiting {
    Endpoint exchange;
    std::function<void(Lease)> lent;
  };
  ConnectionSlots slots_;
  std::map<ConnectionSlots::Ticket, Waiting> waiting_;
  ConnectionSlots::Ticket last_ticket_ = 0;
  std::map<const Slot*, std::weak_ptr<Session>> open_;
  std::set<Endpoint> no_pipelining_;
  std::set<Endpoint> no_tls_;
  std::map<Endpoint, ExchangeHealth> health_;  // of those that gave reason to keep one
  std::multimap<TimePoint, Endpoint> rests_;   // when who may be gone to again
  std::unique_ptr<Alarm> rest_alarm_;
  bool watching_rests_ = false;
  Ipv6Path ipv6_;
  std::set<Endpoint> silent_;  // those that no connection came about with, until one does
  bool port_is_open_ = false;
  bool stopping_ = false;

  std::atomic<int> open_sessions_ = 0;
};

}  // namespace leadverify
