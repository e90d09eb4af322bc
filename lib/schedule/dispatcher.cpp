#include "schedule/dispatcher.hpp"

#include <exception>
#include <utility>

namespace leadverify {

Dispatcher::Dispatcher(Services services,
                       const Options& options,
                       Params params,
                       std::function<void(Settlement)> on_settled)
    : services_(std::move(services)),
      options_(options),
      params_(std::move(params)),
      on_settled_(std::move(on_settled)),
      strand_(asio::make_strand(services_.context)) {}

void Dispatcher::dispatch(const Mailbox& mailbox, Recipient recipient) {
  recipient.address = mailbox.address();
  recipient.needs_smtputf8 = mailbox.needs_smtputf8;
  asio::post(strand_,
             [this,
              domain = mailbox.domain,
              literal = mailbox.literal,
              recipient = std::move(recipient)]() mutable {
               try {
                 Employed& employed = employ(domain, literal);
                 employed.worker->enqueue(recipient);
                 ++employed.sent;
               } catch (const std::exception&) {
                 on_settled_(settled_by_our_fault(std::move(recipient)));
               }
             });
}

Dispatcher::Employed& Dispatcher::employ(const std::string& domain,
                                         const std::optional<IpAddress>& literal) {
  Employed& employed = workers_[domain];
  if (employed.worker) return employed;

  DomainWorker::Callbacks callbacks;
  callbacks.on_settled = [this](const std::vector<Settlement>& settled) {
    asio::post(strand_, [this, settled] {
      for (const Settlement& settlement : settled) on_settled_(settlement);
    });
  };
  callbacks.on_idle = [this, domain](std::uint64_t enqueued, const DomainMemory& memory) {
    asio::post(strand_, [this, domain, enqueued, memory] { let_go(domain, enqueued, memory); });
  };
  employed.worker = std::make_shared<DomainWorker>(services_,
                                                   worker_params(domain, literal),
                                                   Agenda(agenda_params(domain), recall(domain)),
                                                   std::move(callbacks));
  if (interrupted_) employed.worker->interrupt();
  return employed;
}

/// A worker that said it is idle may have been sent a recipient since: then it says so again.
void Dispatcher::let_go(const std::string& domain,
                        std::uint64_t enqueued,
                        const DomainMemory& memory) {
  const auto employed = workers_.find(domain);
  if (employed == workers_.end() || employed->second.sent != enqueued) return;
  workers_.erase(employed);
  if (memory.random || !memory.rate.full(services_.clock.now())) {
    memories_.insert_or_assign(domain, memory);
  }
}

DomainMemory Dispatcher::recall(const std::string& domain) {
  const auto memory = memories_.find(domain);
  if (memory == memories_.end()) {
    return {TokenBucket(options_.domain_rate, options_.domain_burst), std::nullopt};
  }
  return memories_.extract(memory).mapped();
}

Agenda::Params Dispatcher::agenda_params(const std::string& domain) const {
  Agenda::Params params;
  params.domain = domain;
  if (options_.catch_all) {
    params.random_recipient = random_local_part(params_.seed, domain, params_.begun) + "@" + domain;
  }
  params.reverse_path = options_.mail_from;
  params.fallback_reverse_path = options_.fallback_mail_from;
  params.retry.delays = options_.greylist_delays;
  params.retry.most_retries = options_.greylist_retries;
  params.retry.longest_delay = options_.greylist_max_delay;
  params.patience = Patience(options_.command_timeout);
  params.domain_connections = options_.domain_connections;
  params.rcpt_per_session = options_.rcpt_per_session;
  return params;
}

DomainWorker::Params Dispatcher::worker_params(const std::string& domain,
                                               const std::optional<IpAddress>& literal) const {
  DomainWorker::Params params;
  params.literal = literal;
  params.depth = options_.depth;
  params.ip = options_.ip;
  params.smtp_port = options_.smtp_port;
  params.seed = params_.seed ^ std::hash<std::string>()(domain);
  return params;
}

void Dispatcher::interrupt() {
  services_.pool.stop();
  asio::post(strand_, [this] {
    interrupted_ = true;
    for (auto& [domain, employed] : workers_) employed.worker->interrupt();
  });
}

}  // namespace leadverify
