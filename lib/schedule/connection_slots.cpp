#include "schedule/connection_slots.hpp"

#include <cassert>

namespace leadverify {

void ConnectionSlots::wait(const Endpoint& exchange, Ticket ticket) {
  Exchange& there = exchanges_[exchange];
  there.waiting.push_back(ticket);
  line_up(exchange, there);
}

std::optional<ConnectionSlots::Ticket> ConnectionSlots::grant() {
  while (open_ < limits_.in_all && !turns_.empty()) {
    const Endpoint endpoint = turns_.front();
    turns_.pop_front();
    Exchange& exchange = exchanges_[endpoint];
    exchange.in_turn = false;
    if (exchange.waiting.empty()) {  // it was handed an open session meanwhile
      if (exchange.open == 0) exchanges_.erase(endpoint);
      continue;
    }

    const Ticket ticket = exchange.waiting.front();
    exchange.waiting.pop_front();
    ++exchange.open;
    ++open_;
    line_up(endpoint, exchange);
    return ticket;
  }
  return std::nullopt;
}

std::optional<ConnectionSlots::Ticket> ConnectionSlots::hand_over(const Endpoint& exchange) {
  Exchange& there = exchanges_[exchange];
  if (there.waiting.empty()) return std::nullopt;
  const Ticket ticket = there.waiting.front();
  there.waiting.pop_front();
  return ticket;
}

void ConnectionSlots::release(const Endpoint& exchange) {
  const auto there = exchanges_.find(exchange);
  assert(there != exchanges_.end() && there->second.open > 0);
  --there->second.open;
  --open_;
  line_up(exchange, there->second);
  if (there->second.open == 0 && there->second.waiting.empty() && !there->second.in_turn) {
    exchanges_.erase(there);
  }
}

std::deque<ConnectionSlots::Ticket> ConnectionSlots::dismiss() {
  std::deque<Ticket> dismissed;
  for (auto& [endpoint, exchange] : exchanges_) {
    dismissed.insert(dismissed.end(), exchange.waiting.begin(), exchange.waiting.end());
    exchange.waiting.clear();
  }
  return dismissed;
}

void ConnectionSlots::line_up(const Endpoint& endpoint, Exchange& exchange) {
  if (exchange.in_turn || exchange.waiting.empty() || exchange.open >= limits_.an_address) return;
  exchange.in_turn = true;
  turns_.push_back(endpoint);
}

}  // namespace leadverify
