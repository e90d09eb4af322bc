#include "schedule/backlog.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace leadverify {
namespace {

// What is settled meanwhile is cut off the front once it is so much, and half of the whole.
constexpr std::size_t worth_cutting = 4096;

void put(std::string& packed, std::uint64_t number) {
  char octets[sizeof number];
  std::memcpy(octets, &number, sizeof number);
  packed.append(octets, sizeof number);
}

void put(std::string& packed, const std::string& text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  char octets[sizeof length];
  std::memcpy(octets, &length, sizeof length);
  packed.append(octets, sizeof length);
  packed += text;
}

template <class Number>
Number take_number(const std::string& packed, std::size_t& place) {
  Number number = 0;
  std::memcpy(&number, packed.data() + place, sizeof number);
  place += sizeof number;
  return number;
}

std::string take_text(const std::string& packed, std::size_t& place) {
  const auto length = take_number<std::uint32_t>(packed, place);
  std::string text = packed.substr(place, length);
  place += length;
  return text;
}

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
  put(packed, input.number);
  put(packed, input.line);
  put(packed, input.text);
  put(packed, input.file.value_or(std::string()));
  const bool has_extras = input.row || input.remark;
  packed += has_extras ? 1 : 0;
  octets_ += packed.size() - before;
  if (has_extras) {
    queue.extras.push_back({.row = input.row, .remark = input.remark});
    octets_ += octets_of(queue.extras.back());
  }
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

std::size_t Backlog::octets_of(const Extras& extras) {
  std::size_t octets = sizeof extras + (extras.remark ? extras.remark->size() : 0);
  if (!extras.row) return octets;
  for (const Row::Value& value : extras.row->values) octets += sizeof value + value.text.size();
  return octets;
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
  Input input;
  input.number = take_number<std::uint64_t>(queue.packed, queue.begin);
  input.line = take_number<std::uint64_t>(queue.packed, queue.begin);
  input.text = take_text(queue.packed, queue.begin);
  std::string file = take_text(queue.packed, queue.begin);
  if (!file.empty()) input.file = std::move(file);
  if (queue.packed[queue.begin++] != 0) {
    Extras& extras = queue.extras.front();
    octets_ -= octets_of(extras);
    input.row = std::move(extras.row);
    input.remark = std::move(extras.remark);
    queue.extras.pop_front();
  }
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
