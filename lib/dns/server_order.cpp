#include "dns/server_order.hpp"

namespace leadverify {

std::vector<std::size_t> ServerOrder::next(TimePoint now) {
  std::vector<std::size_t> order;
  std::vector<std::size_t> resting;
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    const bool rests = servers_[i].rests_until && *servers_[i].rests_until > now;
    (rests ? resting : order).push_back(i);
  }
  // This question is the one that tries the foremost server again, if its rest is over.
  if (!order.empty() && servers_[order.front()].rests_until) {
    servers_[order.front()].rests_until = now + rest_;
  }
  order.insert(order.end(), resting.begin(), resting.end());
  return order;
}

void ServerOrder::on_answer(std::size_t server, TimePoint now) {
  servers_[server] = {.last_answer = now, .rests_until = std::nullopt};
}

void ServerOrder::on_silence(std::size_t server, TimePoint asked, TimePoint now) {
  if (servers_[server].last_answer >= asked) return;
  servers_[server].rests_until = now + rest_;
}

}  // namespace leadverify
