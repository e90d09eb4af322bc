#include "schedule/connection_slots.hpp"

#include <cassert>

namespace leadverify {
namespace {

constexpr std::uint64_t turn_interval = 4;  // of so many grants one goes by turn

}  // namespace

void ConnectionSlots::wait(const Endpoint& exchange, Ticket ticket, std::size_t work) {
  Exchange& there = exchanges_[exchange];
  withdraw(there);
  there.waiting.push_back({ticket, work});
  there.work += work;
  enter(exchange, there);
}

std::optional<ConnectionSlots::Ticket> ConnectionSlots::grant() {
  if (open_ >= limits_.in_all || by_turn_.empty()) return std::nullopt;
  const bool in_turn = ++grants_ % turn_interval == 0;
  const std::uint64_t turn = in_turn ? by_turn_.begin()->first : by_work_.begin()->second;
  const Endpoint endpoint = by_turn_.at(turn);

  Exchange& exchange = exchanges_.at(endpoint);
  withdraw(exchange);
  exchange.turn.reset();
  const Ticket ticket = take_first(exchange);
  ++exchange.open;
  ++open_;
  enter(endpoint, exchange);
  return ticket;
}

std::optional<ConnectionSlots::Ticket> ConnectionSlots::hand_over(const Endpoint& exchange) {
  Exchange& there = exchanges_.at(exchange);
  if (there.waiting.empty()) return std::nullopt;
  withdraw(there);
  const Ticket ticket = take_first(there);
  enter(exchange, there);
  return ticket;
}

void ConnectionSlots::release(const Endpoint& exchange) {
  const auto there = exchanges_.find(exchange);
  assert(there != exchanges_.end() && there->second.open > 0);
  withdraw(there->second);
  --there->second.open;
  --open_;
  enter(exchange, there->second);
  forget_if_idle(there);
}

std::vector<ConnectionSlots::Ticket> ConnectionSlots::dismiss() {
  std::vector<Ticket> dismissed;
  for (auto there = exchanges_.begin(); there != exchanges_.end();) {
    const auto exchange = there++;
    withdraw(exchange->second);
    for (const Waiting& waiting : exchange->second.waiting) dismissed.push_back(waiting.ticket);
    exchange->second.waiting.clear();
    exchange->second.work = 0;
    forget_if_idle(exchange);
  }
  return dismissed;
}

ConnectionSlots::Ticket ConnectionSlots::take_first(Exchange& exchange) {
  const Waiting first = exchange.waiting.front();
  exchange.waiting.pop_front();
  exchange.work -= first.work;
  return first.ticket;
}

/// Puts an exchange among the eligible, if it is; at the end of the line, unless it has kept its
/// turn.
void ConnectionSlots::enter(const Endpoint& endpoint, Exchange& exchange) {
  if (exchange.waiting.empty() || exchange.open >= limits_.an_address) {
    exchange.turn.reset();
    return;
  }
  if (!exchange.turn) exchange.turn = ++last_turn_;
  by_turn_.emplace(*exchange.turn, endpoint);
  by_work_.emplace(exchange.work, *exchange.turn);
}

/// Takes it out, for a change; it keeps its turn.
void ConnectionSlots::withdraw(Exchange& exchange) {
  if (!exchange.turn) return;
  by_turn_.erase(*exchange.turn);
  by_work_.erase({exchange.work, *exchange.turn});
}

void ConnectionSlots::forget_if_idle(Exchanges::iterator exchange) {
  if (exchange->second.open == 0 && exchange->second.waiting.empty()) exchanges_.erase(exchange);
}

}  // namespace leadverify
