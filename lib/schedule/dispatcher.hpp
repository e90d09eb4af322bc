// Who sorts: hands each recipient to its domain's worker, and collects the settlements.
//
// Workers are made at a domain's first recipient and let go when the last one that
// came is settled, so a million domains do not live at once; what must outlive them
// (a rate limit that is used up, the answer to the random recipient) is remembered.
#pragma once

#include <leadverify/options.hpp>

#include "address/mailbox.hpp"
#include "schedule/domain_worker.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace leadverify {

class Dispatcher {
 public:
  struct Params {
    std::string helo_name;   // for the fallback sender; empty or a literal: there is none
    std::uint64_t seed = 0;  // of random recipients and the order among equal exchanges
    std::chrono::sys_seconds begun{};
  };

  /// `on_settled` is called on the dispatcher's strand, one settlement at a time.
  Dispatcher(Services services,
             const Options& options,
             Params params,
             std::function<void(Settlement)> on_settled);

  /// From any thread. The recipient's address is the mailbox's.
  void dispatch(const Mailbox& mailbox, Recipient recipient);

  /// From any thread: settles everything as soon as can be, as interrupted where need be.
  void interrupt();

  /// Where `on_settled` is called.
  asio::any_io_executor strand() const { return strand_; }

 private:
  struct Employed {
    std::shared_ptr<DomainWorker> worker;
    std::uint64_t sent = 0;  // recipients given to it
  };

  Employed& employ(const std::string& domain, const std::optional<IpAddress>& literal);
  void let_go(const std::string& domain, std::uint64_t enqueued, const DomainMemory& memory);
  DomainMemory recall(const std::string& domain);
  Agenda::Params agenda_params(const std::string& domain) const;
  DomainWorker::Params worker_params(const std::string& domain,
                                     const std::optional<IpAddress>& literal) const;

  Services services_;
  Options options_;
  Params params_;
  std::function<void(Settlement)> on_settled_;
  asio::any_io_executor strand_;

  // On the strand alone.
  std::unordered_map<std::string, Employed> workers_;
  std::unordered_map<std::string, DomainMemory> memories_;
  bool interrupted_ = false;
};

}  // namespace leadverify
