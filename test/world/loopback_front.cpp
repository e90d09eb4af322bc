#include "world/loopback_front.hpp"

#include <array>
#include <deque>
#include <future>
#include <sys/socket.h>
#include <utility>
#include <vector>

namespace leadverify::world {
namespace {

using asio::ip::tcp;
using asio::ip::udp;
using Clock = std::chrono::steady_clock;

constexpr int tries_to_find_a_port = 50;
constexpr int udp_buffer = 4 << 20;

asio::ip::address to_asio(const IpAddress& address) {
  return asio::ip::make_address(address.to_string());
}

bool is_loopback(const IpAddress& address) {
  return to_asio(address).is_loopback();
}

/// One client's connection; it keeps itself as long as something is under way.
class Conversation : public std::enable_shared_from_this<Conversation> {
 public:
  Conversation(tcp::socket socket, std::unique_ptr<ServerSession> session)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), session_(std::move(session)) {}

  void start() {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    take(session_->on_connect(Clock::now()));
    read();
  }

 private:
  void read() {
    socket_.async_read_some(asio::buffer(octets_),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                              self->on_read(error, count);
                            });
  }

  void on_read(error_code error, std::size_t count) {
    if (error) return hang_up();
    take(session_->on_octets({octets_.data(), count}, Clock::now()));
    if (socket_.is_open()) read();
  }

  void take(Outputs outputs) {
    for (Output& output : outputs) queue_.push_back(std::move(output));
    pump();
  }

  /// Sends what is due, and waits for what is not.
  void pump() {
    while (!waiting_ && !queue_.empty() && socket_.is_open()) {
      if (queue_.front().at > Clock::now()) return wait();
      write_some();
    }
  }

  void wait() {
    waiting_ = true;
    timer_.expires_at(queue_.front().at);
    timer_.async_wait([self = shared_from_this()](error_code) { self->resume(); });
  }

  void resume() {
    waiting_ = false;
    pump();
  }

  void write_some() {
    Output& output = queue_.front();
    const std::string_view rest = std::string_view(output.octets).substr(written_);
    if (!rest.empty()) {
      error_code error;
      written_ += socket_.write_some(asio::buffer(rest.data(), rest.size()), error);
      if (error == asio::error::would_block) return wait_for_room();
      if (error) return hang_up();
      if (written_ < output.octets.size()) return;
    }
    const Output::End end = output.end;
    queue_.pop_front();
    written_ = 0;
    if (end == Output::End::close) say_goodbye();
    if (end == Output::End::reset) reset();
  }

  /// Closes in the direction of the client, and reads on until it closes too: to close with
  /// octets unread would reset the connection, and that can take the last reply away from it.
  void say_goodbye() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void wait_for_room() {
    waiting_ = true;
    socket_.async_wait(tcp::socket::wait_write,
                       [self = shared_from_this()](error_code) { self->resume(); });
  }

  void reset() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    hang_up();
  }

  void hang_up() {
    session_->on_end();
    queue_.clear();
    timer_.cancel();
    error_code ignored;
    socket_.close(ignored);
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  std::unique_ptr<ServerSession> session_;
  std::array<char, 2048> octets_;
  std::deque<Output> queue_;
  std::size_t written_ = 0;  // of the first output in the queue
  bool waiting_ = false;     // for time or room
};

}  // namespace

/// The listener at one server's address.
class LoopbackFront::MailDoor : public std::enable_shared_from_this<MailDoor> {
 public:
  MailDoor(asio::io_context& context, MailWorld& world, IpAddress address)
      : world_(world), address_(address), acceptor_(context) {}

  /// The port that it got. Throws system_error.
  std::uint16_t open(std::uint16_t port, MailServer::Door door) {
    const tcp::endpoint place(to_asio(address_), port);
    acceptor_.open(place.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(place);
    if (door == MailServer::Door::open) acceptor_.listen();
    if (door == MailServer::Door::blackhole) become_blackhole();
    return acceptor_.local_endpoint().port();
  }

  void start(MailServer::Door door) {
    if (door == MailServer::Door::open) accept();
  }

  void stop() {
    error_code ignored;
    acceptor_.close(ignored);
  }

 private:
  /// A backlog that is full: the kernel drops further SYNs.
  void become_blackhole() {
    acceptor_.listen(0);
    const tcp::endpoint place = acceptor_.local_endpoint();
    for (tcp::socket& filler : fillers_) {
      filler.open(place.protocol());
      filler.native_non_blocking(true);
      // Asio's own connect would wait for the answer that must not come.
      static_cast<void>(::connect(filler.native_handle(), place.data(), socklen_t(place.size())));
    }
  }

  void accept() {
    acceptor_.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) self->welcome(std::move(socket));
      if (self->acceptor_.is_open()) self->accept();
    });
  }

  void welcome(tcp::socket socket) {
    error_code gone;
    const auto client = socket.remote_endpoint(gone);
    if (gone) return;
    auto arrival = world_.connect(address_, client.address().to_string(), Clock::now());
    if (!arrival.session) {
      // Refused for now: a port that is sometimes closed can only reset.
      socket.set_option(asio::socket_base::linger(true, 0), gone);
      socket.close(gone);
      return;
    }
    std::make_shared<Conversation>(std::move(socket), std::move(arrival.session))->start();
  }

  MailWorld& world_;
  IpAddress address_;
  tcp::acceptor acceptor_;
  std::array<tcp::socket, 2> fillers_ = {tcp::socket(acceptor_.get_executor()),
                                         tcp::socket(acceptor_.get_executor())};
};

/// DNS over UDP and TCP.
class LoopbackFront::NameDoor : public std::enable_shared_from_this<NameDoor> {
 public:
  NameDoor(asio::io_context& context, NameServer& names)
      : names_(names), socket_(context), acceptor_(context) {}

  /// The port that it got. Throws system_error.
  std::uint16_t open(const Endpoint& place) {
    const auto address = to_asio(place.address);
    acceptor_.open(tcp::endpoint(address, 0).protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind({address, place.port});
    acceptor_.listen();
    const std::uint16_t port = acceptor_.local_endpoint().port();
    socket_.open(udp::endpoint(address, 0).protocol());
    socket_.bind({address, port});
    socket_.non_blocking(true);
    error_code ignored;
    socket_.set_option(asio::socket_base::receive_buffer_size(udp_buffer), ignored);
    return port;
  }

  void start() {
    receive();
    accept();
  }

  void stop() {
    error_code ignored;
    socket_.close(ignored);
    acceptor_.close(ignored);
  }

 private:
  struct TcpClient {
    explicit TcpClient(tcp::socket from) : socket(std::move(from)) {}

    tcp::socket socket;
    std::array<char, 2> length{};
    std::string message;
  };
  using TcpClientPtr = std::shared_ptr<TcpClient>;

  void receive() {
    socket_.async_wait(udp::socket::wait_read, [self = shared_from_this()](error_code error) {
      if (error) return;
      self->drain();
      self->receive();
    });
  }

  void drain() {
    while (true) {
      udp::endpoint client;
      error_code error;
      const std::size_t size = socket_.receive_from(asio::buffer(octets_), client, 0, error);
      if (error == asio::error::would_block || !socket_.is_open()) return;
      if (error) continue;  // an ICMP error about an earlier answer
      const auto answer = names_.answer({octets_.data(), size}, NameServer::Transport::udp);
      if (!answer) continue;
      after(answer->after, [self = shared_from_this(), client, message = answer->message] {
        error_code ignored;
        self->socket_.send_to(asio::buffer(message), client, 0, ignored);
      });
    }
  }

  template <class Act>
  void after(Duration time, Act act) {
    if (time == Duration{0}) return act();
    const auto timer = std::make_shared<asio::steady_timer>(socket_.get_executor(), time);
    timer->async_wait([timer, act = std::move(act)](error_code error) {
      if (!error) act();
    });
  }

  void accept() {
    acceptor_.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) self->read_length(std::make_shared<TcpClient>(std::move(socket)));
      if (self->acceptor_.is_open()) self->accept();
    });
  }

  void read_length(const TcpClientPtr& client) {
    asio::async_read(client->socket,
                     asio::buffer(client->length),
                     [self = shared_from_this(), client](error_code error, std::size_t) {
                       if (!error) self->read_message(client);
                     });
  }

  void read_message(const TcpClientPtr& client) {
    const auto high = static_cast<std::uint8_t>(client->length[0]);
    const auto low = static_cast<std::uint8_t>(client->length[1]);
    client->message.resize(static_cast<std::size_t>(high) << 8 | low);
    asio::async_read(client->socket,
                     asio::buffer(client->message),
                     [self = shared_from_this(), client](error_code error, std::size_t) {
                       if (!error) self->answer(client);
                     });
  }

  void answer(const TcpClientPtr& client) {
    const auto answer = names_.answer(client->message, NameServer::Transport::tcp);
    if (!answer) return read_length(client);
    client->message.clear();
    client->message += static_cast<char>(answer->message.size() >> 8);
    client->message += static_cast<char>(answer->message.size() & 0xFF);
    client->message += answer->message;
    after(answer->after, [self = shared_from_this(), client] { self->send(client); });
  }

  void send(const TcpClientPtr& client) {
    asio::async_write(client->socket,
                      asio::buffer(client->message),
                      [self = shared_from_this(), client](error_code error, std::size_t) {
                        if (!error) self->read_length(client);
                      });
  }

  NameServer& names_;
  udp::socket socket_;
  tcp::acceptor acceptor_;
  std::array<char, 4096> octets_;
};

LoopbackFront::LoopbackFront(asio::io_context& context, MailWorld& world, const Places& places)
    : places_(places), name_door_(std::make_shared<NameDoor>(context, world.names())) {
  places_.dns.port = name_door_->open(places_.dns);
  open_mail(context, world);
  name_door_->start();
}

LoopbackFront::~LoopbackFront() {
  stop();
}

std::string LoopbackFront::describe_places() const {
  return "dns=" + to_string(places_.dns) + " smtp_port=" + std::to_string(places_.smtp_port);
}

void LoopbackFront::stop() {
  name_door_->stop();
  for (const auto& door : mail_doors_) door->stop();
}

void LoopbackFront::open_mail(asio::io_context& context, MailWorld& world) {
  // A port that is free at the first address may be taken at another: then all try a new one.
  const std::uint16_t wanted = places_.smtp_port;
  for (int tries = 1;; ++tries) {
    mail_doors_.clear();
    places_.smtp_port = wanted;
    try {
      for (const auto& [address, door] : world.doors()) {
        if (!is_loopback(address)) continue;
        mail_doors_.push_back(std::make_shared<MailDoor>(context, world, address));
        places_.smtp_port = mail_doors_.back()->open(places_.smtp_port, door);
        mail_doors_.back()->start(door);
      }
      return;
    } catch (const boost::system::system_error&) {
      for (const auto& door : mail_doors_) door->stop();
      if (wanted != 0 || tries == tries_to_find_a_port) throw;
    }
  }
}

LoopbackWorld::LoopbackWorld(Script script, const Places& places)
    : world_(std::move(script), Clock::now()),
      front_(context_, world_, places),
      thread_([this] { context_.run(); }) {}

LoopbackWorld::~LoopbackWorld() {
  context_.stop();
  thread_.join();
}

Counts LoopbackWorld::counts() {
  std::promise<Counts> promise;
  asio::post(context_, [&] { promise.set_value(world_.counts()); });
  return promise.get_future().get();
}

}  // namespace leadverify::world
