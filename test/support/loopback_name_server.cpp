#include "support/loopback_name_server.hpp"

#include "dns/wire_reader.hpp"

#include <array>
#include <utility>

namespace leadverify {
namespace {

using asio::ip::tcp;
using asio::ip::udp;

const asio::ip::address loopback = asio::ip::address_v4::loopback();

Endpoint loopback_endpoint(std::uint16_t port) {
  return {.address = IpAddress::parse("127.0.0.1").value(), .port = port};
}

std::optional<LoopbackNameServer::Question> read_question(std::span<const std::uint8_t> octets) {
  WireReader reader(octets);
  const auto header = reader.octets(12);
  const auto name = header ? reader.name() : std::nullopt;
  const auto type = name ? reader.u16() : std::nullopt;
  if (!type) return std::nullopt;
  return LoopbackNameServer::Question{
      .name = *name, .type = *type, .over_tcp = false, .with_edns = (*header)[11] > 0};
}

struct TcpPeer {
  explicit TcpPeer(tcp::socket accepted) : socket(std::move(accepted)) {}

  tcp::socket socket;
  DnsOctets octets;
};

DnsOctets with_length(const DnsOctets& message) {
  DnsOctets octets = {static_cast<std::uint8_t>(message.size() >> 8),
                      static_cast<std::uint8_t>(message.size() & 0xFF)};
  octets.insert(octets.end(), message.begin(), message.end());
  return octets;
}

}  // namespace

class LoopbackNameServer::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(const asio::any_io_executor& executor, Script script)
      : script_(std::move(script)), udp_(executor), tcp_(executor) {
    // The same port for both: the kernel picks one for TCP, which UDP seldom has in use.
    tcp_.open(tcp::v4());
    tcp_.bind({loopback, 0});
    tcp_.listen();
    udp_.open(udp::v4());
    udp_.bind({loopback, tcp_.local_endpoint().port()});
  }

  void receive() {
    udp_.async_receive_from(asio::buffer(datagram_),
                            sender_,
                            [core = shared_from_this()](error_code error, std::size_t size) {
                              if (error) return;
                              core->answer_datagram(size);
                              core->receive();
                            });
  }

  void accept() {
    tcp_.async_accept([core = shared_from_this()](error_code error, tcp::socket socket) {
      if (error) return;
      core->receive_length(std::make_shared<TcpPeer>(std::move(socket)));
      core->accept();
    });
  }

  void close() {
    udp_.close();
    tcp_.close();
    script_ = nullptr;
  }

  std::uint16_t port() const { return tcp_.local_endpoint().port(); }
  const std::vector<Question>& questions() const { return questions_; }

 private:
  std::optional<DnsOctets> answer(std::span<const std::uint8_t> octets, bool over_tcp) {
    auto question = read_question(octets);
    if (!question || !script_) return std::nullopt;
    question->over_tcp = over_tcp;
    questions_.push_back(*question);
    auto message = script_(*question);
    if (message) std::copy_n(octets.begin(), 2, message->begin());
    return message;
  }

  void answer_datagram(std::size_t size) {
    const auto message = answer(std::span(datagram_).first(size), false);
    error_code ignored;
    if (message) udp_.send_to(asio::buffer(*message), sender_, 0, ignored);
  }

  void receive_length(const std::shared_ptr<TcpPeer>& peer) {
    peer->octets.resize(2);
    asio::async_read(peer->socket,
                     asio::buffer(peer->octets),
                     [core = shared_from_this(), peer](error_code error, std::size_t) {
                       if (error) return;
                       core->receive_message(peer);
                     });
  }

  void receive_message(const std::shared_ptr<TcpPeer>& peer) {
    peer->octets.resize(static_cast<std::size_t>(peer->octets[0] << 8 | peer->octets[1]));
    asio::async_read(peer->socket,
                     asio::buffer(peer->octets),
                     [core = shared_from_this(), peer](error_code error, std::size_t) {
                       if (error) return;
                       const auto message = core->answer(peer->octets, true);
                       if (message) asio::write(peer->socket, asio::buffer(with_length(*message)));
                       core->receive_length(peer);
                     });
  }

  Script script_;
  udp::socket udp_;
  tcp::acceptor tcp_;
  udp::endpoint sender_;
  std::array<std::uint8_t, 4096> datagram_{};
  std::vector<Question> questions_;
};

LoopbackNameServer::LoopbackNameServer(asio::any_io_executor executor, Script script)
    : core_(std::make_shared<Core>(executor, std::move(script))) {
  core_->receive();
  core_->accept();
}

LoopbackNameServer::~LoopbackNameServer() {
  core_->close();
}

Endpoint LoopbackNameServer::endpoint() const {
  return loopback_endpoint(core_->port());
}

const std::vector<LoopbackNameServer::Question>& LoopbackNameServer::questions() const {
  return core_->questions();
}

Endpoint dead_endpoint() {
  asio::io_context io;
  udp::socket socket(io, {loopback, 0});
  return loopback_endpoint(socket.local_endpoint().port());
}

}  // namespace leadverify
