// What was read early and waits outside: addresses of domains that have enough to do (pure).
//
// Only so many addresses are in hand at once, and one domain that may be asked slowly could
// be all of them, with every session idle. So a domain has a share of them; what comes beyond
// it is kept here, packed into some 40 octets each, and goes in, in its order, as those
// before it are settled.
#pragma once

#include <leadverify/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace leadverify {

class Backlog {
 public:
  /// At most `share` addresses of a domain are in hand at once; at least 1.
  explicit Backlog(std::size_t share) : share_(share) {}

  /// Counts an address of `domain` as in hand. False, and nothing counted, where the domain has
  /// its share: then the address is to be kept.
  bool enter(const std::string& domain);

  void keep(const std::string& domain, const Input& input);

  /// One of `domain` is settled: the one that goes in for it, and is counted; absent: none waits.
  std::optional<Input> leave(const std::string& domain);

  /// For the end, when nobody enters any more: one of those that wait, the first of its domain;
  /// absent: there is none.
  std::optional<Input> take_any();

  std::size_t size() const { return size_; }
  /// The most that are unsettled of one domain, in hand or waiting.
  std::size_t most_of_a_domain() const;
  /// What those that wait take of memory, about.
  std::size_t octets() const { return octets_; }

 private:
  // Those that wait, one behind the other.
  struct Queue {
    std::size_t in_hand = 0;
    std::size_t waiting = 0;
    std::string packed;
    std::size_t begin = 0;  // of what is still to be read of it
  };

  Input take_first(Queue& queue);

  std::size_t share_;
  std::unordered_map<std::string, Queue> queues_;
  std::size_t size_ = 0;
  std::size_t octets_ = 0;
};

}  // namespace leadverify
