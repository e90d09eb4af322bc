#include "schedule/session_pool.hpp"

#include <exception>
#include <utility>

namespace leadverify {

SessionPool::SessionPool(asio::io_context& context,
                         Network& network,
                         const Clock& clock,
                         Session::Params session,
                         ConnectionSlots::Limits limits)
    : strand_(asio::make_strand(context)),
      network_(network),
      clock_(clock),
      session_(std::move(session)),
      slots_(limits) {}

void SessionPool::borrow(const Endpoint& exchange,
                         std::size_t work,
                         std::function<void(Lease)> lent) {
  asio::post(strand_, [this, exchange, work, lent = std::move(lent)]() mutable {
    if (stopping_) return lent({});
    slots_.wait(exchange, ++last_ticket_, work);
    waiting_.emplace(last_ticket_, Waiting{exchange, std::move(lent)});
    lend_what_may_be_opened();
  });
}

void SessionPool::lend_what_may_be_opened() {
  while (const auto ticket = slots_.grant()) {
    const Waiting waiting = std::move(waiting_.extract(*ticket).mapped());
    Session::Params params = session_;
    if (no_pipelining_.contains(waiting.exchange)) params.pipelining = false;
    ++open_sessions_;
    waiting.lent({std::make_shared<Session>(params, network_.make_transport(), clock_), true});
  }
}

void SessionPool::give_back(const Endpoint& exchange,
                            std::shared_ptr<Session> session,
                            std::function<void(bool)> gone) {
  asio::post(strand_,
             [this, exchange, session = std::move(session), gone = std::move(gone)]() mutable {
               if (session->can_ask() && session->has_time() && !stopping_) {
                 if (const auto ticket = slots_.hand_over(exchange)) {
                   const Waiting next = std::move(waiting_.extract(*ticket).mapped());
                   gone(true);
                   return next.lent({std::move(session), false});
                 }
               }
               asio::co_spawn(strand_,
                              close(exchange, std::move(session), std::move(gone)),
                              [](const std::exception_ptr& fault) {
                                if (fault) std::rethrow_exception(fault);
                              });
             });
}

asio::awaitable<void> SessionPool::close(Endpoint exchange,
                                         std::shared_ptr<Session> session,
                                         std::function<void(bool)> gone) {
  co_await session->quit();
  session.reset();
  slots_.release(exchange);
  --open_sessions_;
  gone(false);
  lend_what_may_be_opened();
}

void SessionPool::stop_pipelining(const Endpoint& exchange) {
  asio::post(strand_, [this, exchange] { no_pipelining_.insert(exchange); });
}

void SessionPool::stop() {
  asio::post(strand_, [this] {
    stopping_ = true;
    slots_.dismiss();
    for (auto& [ticket, waiting] : std::exchange(waiting_, {})) waiting.lent({});
  });
}

}  // namespace leadverify
