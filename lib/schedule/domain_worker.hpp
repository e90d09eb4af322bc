// One domain on one strand: waits for what its Agenda has decided.
//
// The worker sets out on trips to the domain's mail servers, several at once where
// its limits allow, and wakes up when a retry is due. All members are touched on its
// strand alone. It lives as long as the domain has recipients that are not settled.
#pragma once

#include <leadverify/options.hpp>

#include "dns/mail_route.hpp"
#include "schedule/agenda.hpp"
#include "schedule/services.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace leadverify {

class DomainWorker : public std::enable_shared_from_this<DomainWorker> {
 public:
  struct Params {
    std::optional<IpAddress> literal;  // the domain is an address literal: no DNS
    Depth depth = Depth::smtp;         // dns or smtp
    IpVersion ip = IpVersion::any;
    std::uint16_t smtp_port = 25;
    std::uint64_t seed = 0;  // of the order among equal exchanges: the same at a retry
  };

  /// Both are called on the worker's strand.
  struct Callbacks {
    std::function<void(const std::vector<Settlement>&)> on_settled;
    /// Nothing is left to do; `enqueued` recipients have come so far.
    std::function<void(std::uint64_t enqueued, const DomainMemory&)> on_idle;
  };

  DomainWorker(Services services, Params params, Agenda agenda, Callbacks callbacks);

  /// From any thread.
  void enqueue(Recipient recipient);
  /// From any thread: no new sessions, and what is not settled yet is interrupted.
  void interrupt();

 private:
  struct Visit {
    std::optional<SessionFailure> failure;  // absent: the trip need not go on
    Duration spent{0};                      // at this exchange, without a word from it
  };

  /// How a trip has fared so far.
  struct Search {
    int tried = 0;      // addresses, and exchanges that have none to try
    Duration spent{0};  // on the way to a session, or in one without a word
    AddressSurvey survey;
    std::string dns_error;
    std::vector<Whereabouts> last_resorts;  // to be tried once all others have been
    std::optional<SessionFailure> failure;  // the last one
    Whereabouts failed_at;
  };

  struct Hearing {
    std::optional<SessionFailure> failure;
    bool some_word = false;  // the session brought at least one question to its end
  };

  void wake();
  void set_out();
  void deliver();
  asio::awaitable<void> run(std::shared_ptr<DomainWorker> self);
  asio::awaitable<void> travel(Agenda::Trip trip);
  asio::awaitable<bool> call_at(Agenda::Trip trip, Whereabouts where, Search& search);
  bool has_looked_enough(Agenda::Trip trip, const Search& search) const;
  Duration time_to_open(Agenda::Trip trip) const;
  asio::awaitable<MailRoute> find_route();
  MailRoute order_exchanges(const MxAnswer& answer) const;
  asio::awaitable<AddressAnswer> find_addresses(std::string exchange);
  asio::awaitable<Visit> visit(Agenda::Trip trip, Whereabouts where, Duration patience);
  asio::awaitable<Hearing> ask_all(Agenda::Trip trip,
                                   Agenda::SessionView view,
                                   SessionPool::Lease lease);
  asio::awaitable<void> pause(Duration time);
  std::function<void(bool)> on_session_end(Agenda::Use use);
  void tell(const Whereabouts& where, const std::string& what) const;

  Services services_;
  Params params_;
  Callbacks callbacks_;
  asio::any_io_executor strand_;
  std::unique_ptr<Alarm> alarm_;
  Agenda agenda_;
  std::set<IpAddress> silent_;  // let us wait in vain for a session on an earlier trip
  bool running_ = false;
  std::uint64_t enqueued_ = 0;
  Agenda::Use last_use_ = 0;
  std::size_t counted_retries_ = 0;  // of counts.waiting_to_retry, so many are this domain's
};

}  // namespace leadverify
