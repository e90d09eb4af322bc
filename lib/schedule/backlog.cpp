#include "schedule/backlog.hpp"

#include "schedule/packed_input.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace leadverify {
namespace {

// What is settled meanwhile is cut off the front once it is so much, and half of the whole.
constexpr std::size_t worth_cutting = 4096;

}  // namespace

bool Backlog::enter(const std::string& domain) {
  Queue& queue = queues_[domain];
  if (queue.in_hand >= share_) return false;
  ++queue.in_hand;
  return true;
}

void Backlog::keep(const std::string& domain, const Input& input) {
  Queue& queue = queues_[domain];
  ++queue.waiting;
  std::string& packed = queue.packed;
  const std::size_t before = packed.size();
  pack(input, packed);
  octets_ += packed.size() - before;
  ++size_;
}

std::optional<Input> Backlog::leave(const std::string& domain) {
  const auto found = queues_.find(domain);
  if (found == queues_.end()) return std::nullopt;
  Queue& queue = found->second;
  if (queue.waiting > 0) return take_first(queue);
  if (--queue.in_hand == 0) queues_.erase(found);
  return std::nullopt;
}

std::size_t Backlog::most_of_a_domain() const {
  std::size_t most = 0;
  for (const auto& [domain, queue] : queues_) most = std::max(most, queue.in_hand + queue.waiting);
  return most;
}

std::optional<Input> Backlog::take_any() {
  while (!queues_.empty()) {
    Queue& queue = queues_.begin()->second;
    if (queue.waiting > 0) return take_first(queue);
    queues_.erase(queues_.begin());
  }
  return std::nullopt;
}

Input Backlog::take_first(Queue& queue) {
  const std::size_t begin = queue.begin;
  std::string_view rest = std::string_view(queue.packed).substr(begin);
  Input input = unpack(rest);
  queue.begin = queue.packed.size() - rest.size();
  --queue.waiting;
  octets_ -= queue.begin - begin;
  --size_;
  if (queue.begin >= worth_cutting && queue.begin >= queue.packed.size() / 2) {
    queue.packed.erase(0, queue.begin);
    queue.begin = 0;
  }
  return input;
}

}  // namespace leadverify
