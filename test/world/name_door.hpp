// The world's DNS acted out over UDP and TCP, in real time.
#pragma once

#include "base/asio.hpp"
#include "base/ip.hpp"
#include "world/name_server.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace leadverify::world {

class NameDoor : public std::enable_shared_from_this<NameDoor> {
 public:
  /// `names` outlives it, and the operations that it has under way.
  NameDoor(asio::io_context& context, NameServer& names)
      : names_(names), socket_(context), acceptor_(context) {}

  /// The port that it got: one free for both if `place` has none. Throws system_error.
  std::uint16_t open(const Endpoint& place);
  void start();
  void stop();

 private:
  struct TcpClient;
  using TcpClientPtr = std::shared_ptr<TcpClient>;

  void open_both(const asio::ip::address& address, std::uint16_t port);
  void receive();
  /// Answers all that has come.
  void drain();
  void accept();
  void read_length(const TcpClientPtr& client);
  void read_message(const TcpClientPtr& client);
  void answer(const TcpClientPtr& client);
  void send(const TcpClientPtr& client);

  NameServer& names_;
  asio::ip::udp::socket socket_;
  asio::ip::tcp::acceptor acceptor_;
  std::array<char, 4096> octets_;
};

}  // namespace leadverify::world
