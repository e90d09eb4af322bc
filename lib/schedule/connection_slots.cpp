#include "schedule/connection_slots.hpp"

#include <algorithm>
#include <cassert>
#include <new>

namespace leadverify {
namespace {

constexpr std::uint64_t turn_interval = 4;  // of so many grants one goes by turn

}  // namespace

void ConnectionSlots::wait(const Endpoint& exchange, Ticket ticket, std::size_t work) {
  Exchange& there = exchanges_[exchange];
  there.waiting.push_back({ticket, work});
  withdraw(there);
  there.work += work;
  try {
    enter(exchange, there);
  } catch (const std::bad_alloc&) {
    there.waiting.pop_back();
    there.work -= work;
    enter(exchange, there);  // the others; if that fails too, with the next who comes or goes
    throw;
  }
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

void ConnectionSlots::restrict(const Endpoint& exchange, int sessions) {
  if (sessions >= limits_.an_address) {
    restricted_.erase(exchange);
  } else {
    restricted_[exchange] = sessions;
  }
  const auto there = exchanges_.find(exchange);
  if (there == exchanges_.end()) return;
  withdraw(there->second);
  enter(exchange, there->second);
}

int ConnectionSlots::allowed(const Endpoint& exchange) const {
  const auto restricted = restricted_.find(exchange);
  return restricted == restricted_.end() ? limits_.an_address : restricted->second;
}

std::vector<ConnectionSlots::Ticket> ConnectionSlots::dismiss() {
  std::vector<Ticket> dismissed;
  while (true) {
    const auto somebody_waits = [](const auto& entry) { return !entry.second.waiting.empty(); };
    const auto there = std::ranges::find_if(exchanges_, somebody_waits);
    if (there == exchanges_.end()) return dismissed;
    const std::vector<Ticket> some = dismiss(Endpoint(there->first));
    dismissed.insert(dismissed.end(), some.begin(), some.end());
  }
}

std::vector<ConnectionSlots::Ticket> ConnectionSlots::dismiss(const Endpoint& exchange) {
  const auto there = exchanges_.find(exchange);
  if (there == exchanges_.end()) return {};
  withdraw(there->second);
  there->second.turn.reset();
  std::vector<Ticket> dismissed;
  while (!there->second.waiting.empty()) dismissed.push_back(take_first(there->second));
  forget_if_idle(there);
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
  if (exchange.waiting.empty() || exchange.open >= allowed(endpoint)) {
    exchange.turn.reset();
    return;
  }
  if (!exchange.turn) exchange.turn = ++last_turn_;
  const auto turn = by_turn_.emplace(*exchange.turn, endpoint).first;
  try {
    by_work_.emplace(exchange.work, *exchange.turn);
  } catch (const std::bad_alloc&) {
    by_turn_.erase(turn);
    throw;
  }
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
