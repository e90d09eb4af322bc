#include "support/fake_transport.hpp"

#include <algorithm>
#include <utility>

namespace leadverify {
namespace {

class FakeTransport final : public Transport {
 public:
  explicit FakeTransport(FakeServer& server) : server_(server) {}

  asio::awaitable<std::optional<TransportFault>> connect(Endpoint, TimePoint due) override {
    server_.connect_due = due;
    if (server_.connect_fault) co_return server_.connect_fault;
    const TimePoint connected = server_.clock.time + server_.connect_time;
    server_.clock.time = std::min(connected, due);
    if (connected > due) co_return TransportFault::timed_out;
    last_ = connected;
    co_return std::nullopt;
  }

  asio::awaitable<std::optional<TransportFault>> write(std::string octets, TimePoint) override {
    if (server_.write_fault && server_.writes.size() >= server_.good_writes) {
      co_return server_.write_fault;
    }
    server_.heard += octets;
    server_.writes.push_back(std::move(octets));
    last_ = server_.clock.time;
    co_return std::nullopt;
  }

  asio::awaitable<Expected<std::string, TlsFault>> secure(std::string host,
                                                          TimePoint due) override {
    const TimePoint done = server_.clock.time + server_.tls_time;
    server_.clock.time = std::min(done, due);
    if (done > due) co_return Unexpected(TlsFault{TransportFault::timed_out, "it took too long"});
    if (server_.tls_fault) co_return Unexpected(*server_.tls_fault);
    server_.heard += "(TLS to " + host + ")\n";
    last_ = server_.clock.time;
    co_return "TLS as written down";
  }

  asio::awaitable<Expected<std::string_view, TransportFault>> read(TimePoint due) override {
    server_.read_dues.push_back(due);
    if (server_.moves.empty()) co_return Unexpected(wait_in_vain(due));
    FakeServer::Move& move = server_.moves.front();
    const TimePoint comes = std::max(server_.clock.time, last_ + move.after);
    if (comes > due) co_return Unexpected(wait_in_vain(due));
    server_.clock.time = comes;
    if (move.kind == FakeServer::Move::Kind::hang_up) co_return Unexpected(TransportFault::hung_up);

    const std::size_t length = std::min(server_.most_at_once, move.octets.size());
    buffer_ = move.octets.substr(0, length);
    move.octets.erase(0, length);
    move.after = Duration::zero();
    if (move.octets.empty()) {
      server_.moves.pop_front();
      last_ = comes;
    } else {
      move.kind = FakeServer::Move::Kind::blurt;  // it has begun to speak
    }
    co_return std::string_view(buffer_);
  }

  void send_at_once(std::string_view octets) override {
    server_.heard += octets;
    server_.writes.emplace_back(octets);
  }

  bool has_octets() override {
    return !server_.moves.empty() && server_.moves.front().kind == FakeServer::Move::Kind::blurt;
  }

  std::optional<IpAddress> local_address() const override { return server_.client; }

  void close() override { server_.closed = true; }

 private:
  TransportFault wait_in_vain(TimePoint due) {
    server_.clock.time = std::max(server_.clock.time, due);
    return TransportFault::timed_out;
  }

  FakeServer& server_;
  TimePoint last_{};  // when the client sent, or the server did something, last
  std::string buffer_;
};

}  // namespace

FakeServer& FakeServer::say(std::string octets, Duration after) {
  moves.push_back({.kind = Move::Kind::say, .octets = std::move(octets), .after = after});
  return *this;
}

FakeServer& FakeServer::blurt(std::string octets) {
  moves.push_back({.kind = Move::Kind::blurt, .octets = std::move(octets)});
  return *this;
}

FakeServer& FakeServer::hang_up(Duration after) {
  moves.push_back({.kind = Move::Kind::hang_up, .after = after});
  return *this;
}

std::unique_ptr<Transport> connection_to(FakeServer& server) {
  return std::make_unique<FakeTransport>(server);
}

}  // namespace leadverify
