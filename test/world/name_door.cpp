#include "world/name_door.hpp"

#include <string>
#include <utility>

namespace leadverify::world {
namespace {

using asio::ip::tcp;
using asio::ip::udp;

constexpr int tries_to_find_a_port = 50;
constexpr int udp_buffer = 4 << 20;

/// Acts when `time` has passed.
template <class Act>
void after(Duration time, udp::socket& socket, Act act) {
  if (time == Duration{0}) return act();
  const auto timer = std::make_shared<asio::steady_timer>(socket.get_executor(), time);
  timer->async_wait([timer, act = std::move(act)](error_code error) {
    if (!error) act();
  });
}

}  // namespace

struct NameDoor::TcpClient {
  explicit TcpClient(tcp::socket from) : socket(std::move(from)) {}

  tcp::socket socket;
  std::array<char, 2> length{};
  std::string message;
};

std::uint16_t NameDoor::open(const Endpoint& place) {
  const auto address = asio::ip::make_address(place.address.to_string());
  for (int tries = 1;; ++tries) {
    try {
      open_both(address, place.port);
      return acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error&) {
      // A port that is free for TCP may be taken for UDP.
      stop();
      if (place.port != 0 || tries == tries_to_find_a_port) throw;
    }
  }
}

void NameDoor::open_both(const asio::ip::address& address, std::uint16_t port) {
  acceptor_.open(tcp::endpoint(address, 0).protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.bind({address, port});
  acceptor_.listen();
  socket_.open(udp::endpoint(address, 0).protocol());
  socket_.bind({address, acceptor_.local_endpoint().port()});
  socket_.non_blocking(true);
  error_code ignored;
  socket_.set_option(asio::socket_base::receive_buffer_size(udp_buffer), ignored);
}

void NameDoor::start() {
  receive();
  accept();
}

void NameDoor::stop() {
  error_code ignored;
  socket_.close(ignored);
  acceptor_.close(ignored);
}

void NameDoor::receive() {
  socket_.async_wait(udp::socket::wait_read, [self = shared_from_this()](error_code error) {
    if (error) return;
    self->drain();
    self->receive();
  });
}

void NameDoor::drain() {
  while (true) {
    udp::endpoint client;
    error_code error;
    const std::size_t size = socket_.receive_from(asio::buffer(octets_), client, 0, error);
    if (error == asio::error::would_block || !socket_.is_open()) return;
    if (error) continue;  // an ICMP error about an earlier answer
    const auto answer = names_.answer({octets_.data(), size}, NameServer::Transport::udp);
    if (!answer) continue;
    after(answer->after, socket_, [self = shared_from_this(), client, message = answer->message] {
      error_code ignored;
      self->socket_.send_to(asio::buffer(message), client, 0, ignored);
    });
  }
}

void NameDoor::accept() {
  acceptor_.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) self->read_length(std::make_shared<TcpClient>(std::move(socket)));
    if (self->acceptor_.is_open()) self->accept();
  });
}

void NameDoor::read_length(const TcpClientPtr& client) {
  asio::async_read(client->socket,
                   asio::buffer(client->length),
                   [self = shared_from_this(), client](error_code error, std::size_t) {
                     if (!error) self->read_message(client);
                   });
}

void NameDoor::read_message(const TcpClientPtr& client) {
  const auto high = static_cast<std::uint8_t>(client->length[0]);
  const auto low = static_cast<std::uint8_t>(client->length[1]);
  client->message.resize(static_cast<std::size_t>(high) << 8 | low);
  asio::async_read(client->socket,
                   asio::buffer(client->message),
                   [self = shared_from_this(), client](error_code error, std::size_t) {
                     if (!error) self->answer(client);
                   });
}

void NameDoor::answer(const TcpClientPtr& client) {
  const auto answer = names_.answer(client->message, NameServer::Transport::tcp);
  if (!answer) return read_length(client);
  client->message.clear();
  client->message += static_cast<char>(answer->message.size() >> 8);
  client->message += static_cast<char>(answer->message.size() & 0xFF);
  client->message += answer->message;
  after(answer->after, socket_, [self = shared_from_this(), client] { self->send(client); });
}

void NameDoor::send(const TcpClientPtr& client) {
  asio::async_write(client->socket,
                    asio::buffer(client->message),
                    [self = shared_from_this(), client](error_code error, std::size_t) {
                      if (!error) self->read_length(client);
                    });
}

}  // namespace leadverify::world
