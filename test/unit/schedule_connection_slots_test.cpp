#include "schedule/connection_slots.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace leadverify {
namespace {

using Ticket = ConnectionSlots::Ticket;

Endpoint mx(int number) {
  return {*IpAddress::parse("192.0.2." + std::to_string(number)), 25};
}

std::vector<Ticket> grant_all(ConnectionSlots& slots) {
  std::vector<Ticket> granted;
  while (const auto ticket = slots.grant()) granted.push_back(*ticket);
  return granted;
}

TEST_CASE("as many sessions are open as an address allows", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 50, .an_address = 2});
  for (Ticket ticket = 1; ticket <= 4; ++ticket) slots.wait(mx(1), ticket, 1);

  CHECK(grant_all(slots) == std::vector<Ticket>{1, 2});
  slots.release(mx(1));
  CHECK(grant_all(slots) == std::vector<Ticket>{3});
  slots.release(mx(1));
  slots.release(mx(1));
  CHECK(grant_all(slots) == std::vector<Ticket>{4});
  CHECK(slots.open() == 1);
}

TEST_CASE("as many sessions are open as there may be in all", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 3, .an_address = 2});
  for (int host = 1; host <= 5; ++host) slots.wait(mx(host), static_cast<Ticket>(host), 1);

  CHECK(grant_all(slots) == std::vector<Ticket>{1, 2, 3});
  slots.release(mx(2));
  CHECK(grant_all(slots) == std::vector<Ticket>{4});
  CHECK(slots.open() == 3);
}

TEST_CASE("two ports of one address are two servers", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 50, .an_address = 1});
  const Endpoint other{mx(1).address, 2525};
  slots.wait(mx(1), 1, 1);
  slots.wait(other, 2, 1);

  CHECK(grant_all(slots) == std::vector<Ticket>{1, 2});
}

TEST_CASE("an open session goes to who waits for its address, and keeps its slot",
          "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 1, .an_address = 1});
  slots.wait(mx(1), 1, 1);
  slots.wait(mx(1), 2, 1);
  slots.wait(mx(2), 3, 1);
  REQUIRE(slots.grant() == 1);

  CHECK(slots.hand_over(mx(1)) == 2);
  CHECK(slots.open() == 1);
  CHECK_FALSE(slots.hand_over(mx(1)));
  CHECK_FALSE(slots.grant());
  slots.release(mx(1));
  CHECK(slots.grant() == 3);
}

TEST_CASE("who was handed a session is not granted another", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 5, .an_address = 2});
  slots.wait(mx(1), 1, 1);
  REQUIRE(slots.grant() == 1);
  slots.wait(mx(1), 2, 1);
  REQUIRE(slots.hand_over(mx(1)) == 2);

  CHECK_FALSE(slots.grant());
  CHECK(slots.open() == 1);
}

TEST_CASE("the address with the most work waiting goes first", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 3, .an_address = 2});
  slots.wait(mx(1), 1, 5);
  slots.wait(mx(2), 2, 20);
  slots.wait(mx(3), 3, 7);
  slots.wait(mx(1), 4, 6);

  CHECK(grant_all(slots) == std::vector<Ticket>{2, 1, 3});
}

TEST_CASE("every fourth slot goes to the address that has waited longest",
          "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 1, .an_address = 1});
  slots.wait(mx(1), 1, 1);
  for (Ticket ticket = 2; ticket <= 9; ++ticket) slots.wait(mx(2), ticket, 20);

  std::vector<Ticket> order;
  while (const auto ticket = slots.grant()) {
    order.push_back(*ticket);
    slots.release(*ticket == 1 ? mx(1) : mx(2));
  }

  CHECK(order == std::vector<Ticket>{2, 3, 4, 1, 5, 6, 7, 8, 9});
}

TEST_CASE("who is dismissed waits no more", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 2, .an_address = 1});
  slots.wait(mx(1), 1, 1);
  slots.wait(mx(1), 2, 1);
  slots.wait(mx(2), 3, 1);
  slots.wait(mx(3), 4, 1);
  REQUIRE(slots.grant() == 1);

  auto dismissed = slots.dismiss();
  std::ranges::sort(dismissed);

  CHECK(dismissed == std::vector<Ticket>{2, 3, 4});
  CHECK_FALSE(slots.grant());
  CHECK_FALSE(slots.hand_over(mx(1)));
  CHECK(slots.dismiss().empty());
  slots.release(mx(1));
  CHECK(slots.open() == 0);

  slots.wait(mx(2), 5, 1);
  CHECK(slots.grant() == 5);
}

/// The same rules, kept in the plainest way.
struct Model {
  static constexpr int hosts = 8;
  ConnectionSlots::Limits limits;
  std::vector<int> open = std::vector<int>(hosts + 1);
  std::vector<std::deque<Ticket>> waiting = std::vector<std::deque<Ticket>>(hosts + 1);

  int open_in_all() const {
    int sum = 0;
    for (const int count : open) sum += count;
    return sum;
  }
  int host_of(Ticket ticket) const {
    for (int host = 1; host <= hosts; ++host) {
      if (!waiting[host].empty() && waiting[host].front() == ticket) return host;
    }
    return 0;
  }
  bool has_room_for_somebody() const {
    if (open_in_all() >= limits.in_all) return false;
    for (int host = 1; host <= hosts; ++host) {
      if (!waiting[host].empty() && open[host] < limits.an_address) return true;
    }
    return false;
  }
};

TEST_CASE("limits hold at every step, and nobody waits where there is room",
          "[schedule][connection_slots]") {
  const auto limits = GENERATE(values<ConnectionSlots::Limits>({{5, 2}, {1, 1}, {20, 3}, {3, 5}}));
  CAPTURE(limits.in_all, limits.an_address);
  ConnectionSlots slots(limits);
  Model model{.limits = limits};
  std::mt19937 random(25);
  Ticket last = 0;

  for (int step = 0; step < 5000; ++step) {
    const auto host = static_cast<int>(1 + random() % Model::hosts);
    const auto what = random() % 100;
    if (what < 45) {
      slots.wait(mx(host), ++last, 1);
      model.waiting[host].push_back(last);
    } else if (what < 95 && model.open[host] > 0) {
      const auto next = random() % 2 == 0 ? slots.hand_over(mx(host)) : std::nullopt;
      if (next) {
        REQUIRE(model.host_of(*next) == host);  // first come, first served
        model.waiting[host].pop_front();
      } else {
        slots.release(mx(host));
        --model.open[host];
      }
    } else if (what == 99) {
      std::size_t dismissed = 0;
      for (auto& queue : model.waiting) dismissed += std::exchange(queue, {}).size();
      REQUIRE(slots.dismiss().size() == dismissed);
    }

    while (const auto ticket = slots.grant()) {
      const int there = model.host_of(*ticket);
      REQUIRE(there != 0);
      model.waiting[there].pop_front();
      ++model.open[there];
      REQUIRE(model.open[there] <= limits.an_address);
      REQUIRE(model.open_in_all() <= limits.in_all);
    }
    REQUIRE(slots.open() == model.open_in_all());
    REQUIRE_FALSE(model.has_room_for_somebody());
  }
}

TEST_CASE("no address waits for ever behind busier ones", "[schedule][connection_slots]") {
  ConnectionSlots slots({.in_all = 3, .an_address = 2});
  std::mt19937 random(8);
  std::deque<int> open;
  std::vector<int> turns_of_others(7);
  std::vector<int> queue_lengths(7);
  Ticket last = 0;
  std::map<Ticket, int> host_of;
  const auto wait = [&](int host) {
    slots.wait(mx(host), ++last, 1);
    host_of[last] = host;
    ++queue_lengths[host];
  };
  for (int host = 1; host <= 6; ++host) {
    for (int i = 0; i < 5; ++i) wait(host);
  }

  for (int step = 0; step < 2000; ++step) {
    while (const auto ticket = slots.grant()) {
      const int there = host_of[*ticket];
      --queue_lengths[there];
      open.push_back(there);
      for (int host = 1; host <= 6; ++host) ++turns_of_others[host];
      turns_of_others[there] = 0;
      wait(there);
    }
    for (int host = 1; host <= 6; ++host) REQUIRE(turns_of_others[host] <= 30);
    const std::size_t which = random() % open.size();
    slots.release(mx(open[which]));
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
  }
}

}  // namespace
}  // namespace leadverify
