#include "dns/server_order.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::chrono_literals;
using Order = std::vector<std::size_t>;

const TimePoint start{};

TEST_CASE("servers are asked in the order given", "[dns][server_order]") {
  ServerOrder servers(3);

  CHECK(servers.next(start) == Order{0, 1, 2});
  CHECK(servers.next(start) == Order{0, 1, 2});
}

TEST_CASE("a silent server comes last until it answers", "[dns][server_order]") {
  ServerOrder servers(3, 30s);

  servers.on_silence(0, start, start + 2s);
  CHECK(servers.next(start + 3s) == Order{1, 2, 0});

  servers.on_answer(0, start + 4s);
  CHECK(servers.next(start + 4s) == Order{0, 1, 2});
}

TEST_CASE("one question tries a server again whose rest is over", "[dns][server_order]") {
  ServerOrder servers(2, 30s);
  servers.on_silence(0, start, start + 2s);

  CHECK(servers.next(start + 32s) == Order{0, 1});
  CHECK(servers.next(start + 32s) == Order{1, 0});
  CHECK(servers.next(start + 61s) == Order{1, 0});
  CHECK(servers.next(start + 62s) == Order{0, 1});
}

TEST_CASE("a server that answered others meanwhile was not silent", "[dns][server_order]") {
  ServerOrder servers(2, 30s);

  servers.on_answer(0, start + 1s);
  servers.on_silence(0, start, start + 2s);

  CHECK(servers.next(start + 2s) == Order{0, 1});
}

TEST_CASE("where all servers are silent they are asked all the same", "[dns][server_order]") {
  ServerOrder servers(2, 30s);
  servers.on_silence(0, start, start + 2s);
  servers.on_silence(1, start, start + 2s);

  CHECK(servers.next(start + 3s) == Order{0, 1});
}

}  // namespace
}  // namespace leadverify
