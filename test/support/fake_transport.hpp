// A connection whose other side is written down beforehand, and a clock that it moves: the time
// that a server takes is over as soon as one waits for it.
#pragma once

#include "base/clock.hpp"
#include "smtp/transport.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

/// Stands still until somebody moves it.
class ManualClock final : public Clock {
 public:
  TimePoint now() const override { return time; }
  std::unique_ptr<Alarm> make_alarm(asio::any_io_executor) override { return nullptr; }

  TimePoint time{};
};

/// What the server does, in order, and what it was sent. The test keeps it; the transport goes
/// with its session.
struct FakeServer {
  /// One thing that it does.
  struct Move {
    enum class Kind : std::uint8_t {
      say,      // octets, once the client has sent all that it will send before
      blurt,    // octets, without waiting for the client
      hang_up,  // closes the connection
    };
    Kind kind = Kind::say;
    std::string octets = {};
    Duration after{0};  // how long it takes, from the move before or from the client's last octet
  };

  explicit FakeServer(ManualClock& its_clock) : clock(its_clock) {}

  FakeServer& say(std::string octets, Duration after = Duration::zero());
  FakeServer& blurt(std::string octets);
  FakeServer& hang_up(Duration after = Duration::zero());

  ManualClock& clock;
  std::deque<Move> moves;           // none left: it is silent for ever
  std::size_t most_at_once = 4096;  // octets that one read gives
  std::optional<TransportFault> connect_fault;
  Duration connect_time{0};
  std::optional<TransportFault> write_fault;  // of the writes after `good_writes`
  std::size_t good_writes = 0;
  std::optional<TlsFault> tls_fault;  // of the handshake; absent: it succeeds
  Duration tls_time{0};
  IpAddress client = *IpAddress::parse("192.0.2.77");

  std::string heard;                // all that it was sent; "(TLS to NAME)\n" for a handshake
  std::vector<std::string> writes;  // the same, write by write
  std::vector<TimePoint> read_dues;
  TimePoint connect_due{};
  bool closed = false;
};

/// The client's end of it. `server` outlives it.
std::unique_ptr<Transport> connection_to(FakeServer& server);

}  // namespace leadverify
