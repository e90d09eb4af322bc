// Octets to and from a mail server, with deadlines: an interface, and the real one over TCP.
//
// A transport serves one connection. It may be used on one strand after another,
// never on two at once; a call's completion comes back on the strand of its caller.
#pragma once

#include "base/asio.hpp"
#include "base/expected.hpp"
#include "base/ip.hpp"
#include "base/time.hpp"
#include "smtp/outcome.hpp"
#include "smtp/tls_context.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// Why TLS did not come about.
struct TlsFault {
  TransportFault kind = TransportFault::tls_failed;  // or timed_out, or shortage
  std::string what;                                  // a sentence for a person
};

class Transport {
 public:
  virtual ~Transport() = default;

  /// Connects by `due`; absent: done. Checks the very address that goes to connect.
  virtual asio::awaitable<std::optional<TransportFault>> connect(Endpoint server,
                                                                 TimePoint due) = 0;

  /// Writes all of `octets` by `due`; absent: done.
  virtual asio::awaitable<std::optional<TransportFault>> write(std::string octets,
                                                               TimePoint due) = 0;

  /// Shakes hands for TLS as a client by `due`; from then on octets are enciphered both ways. What
  /// comes back says, for a person, what was agreed on. The certificate may be anybody's. `host` is
  /// the server's name; empty: none is told to it.
  virtual asio::awaitable<Expected<std::string, TlsFault>> secure(std::string host,
                                                                  TimePoint due) = 0;

  /// Waits for octets until `due`: at least one, and valid until the next call.
  virtual asio::awaitable<Expected<std::string_view, TransportFault>> read(TimePoint due) = 0;

  /// Are there octets that a read would give at once?
  virtual bool has_octets() = 0;

  /// Our side's address; absent unless connected.
  virtual std::optional<IpAddress> local_address() const = 0;

  /// Sends `octets` without waiting for anything, as far as the connection takes them: a last word.
  virtual void send_at_once(std::string_view octets) = 0;

  virtual void close() = 0;
};

/// Where transports come from: the internet, which a test replaces by a small world.
class Network {
 public:
  virtual ~Network() = default;
  virtual std::unique_ptr<Transport> make_transport() = 0;
};

class TcpNetwork final : public Network {
 public:
  /// `context` outlives every transport made here, and so does this.
  /// `source`: the address of this host to connect from; absent: the system's choice.
  TcpNetwork(asio::io_context& context, Reach reach, std::optional<IpAddress> source = {});
  std::unique_ptr<Transport> make_transport() override;

 private:
  asio::io_context& context_;
  Reach reach_;
  std::optional<IpAddress> source_;
  TlsContext tls_;
};

}  // namespace leadverify
