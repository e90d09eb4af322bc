#include "world/conversation.hpp"

#include <array>
#include <deque>
#include <string_view>
#include <utility>

namespace leadverify::world {
namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

class Conversation : public std::enable_shared_from_this<Conversation> {
 public:
  Conversation(tcp::socket socket, std::unique_ptr<ServerSession> session, ServerTls& server_tls)
      : socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        session_(std::move(session)),
        server_tls_(server_tls) {}

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
    const std::string_view octets(octets_.data(), count);
    if (tls_) {
      decipher(octets);
    } else {
      take(session_->on_octets(octets, Clock::now()));
    }
    if (socket_.is_open()) read();
  }

  void decipher(std::string_view octets) {
    tls_->feed(octets);
    if (!secured_) shake_hands();
    std::array<char, 2048> plain;
    while (secured_) {
      const TlsStream::Reading reading = tls_->read(plain);
      if (reading.step == TlsStream::Step::needs_octets) break;
      if (reading.step != TlsStream::Step::done) return hang_up();
      take(session_->on_octets({plain.data(), reading.length}, Clock::now()));
    }
    wire_ += tls_->take_output();
    pump();
  }

  void shake_hands() {
    const TlsStream::Step step = tls_->shake_hands();
    wire_ += tls_->take_output();
    if (step == TlsStream::Step::needs_octets) return;
    secured_ = step == TlsStream::Step::done;
    if (!secured_) return say_goodbye();
    take(session_->on_secured(Clock::now()));
  }

  void take(Outputs outputs) {
    for (Output& output : outputs) queue_.push_back(std::move(output));
    pump();
  }

  /// Sends what is due, and waits for what is not.
  void pump() {
    while (!waiting_ && socket_.is_open()) {
      if (written_ < wire_.size()) {
        write_some();
        continue;
      }
      act(std::exchange(end_, Output::End::keep));
      if (queue_.empty()) return;
      if (queue_.front().at > Clock::now()) return wait();
      put_on_wire(queue_.front());
      queue_.pop_front();
    }
  }

  void put_on_wire(Output& output) {
    written_ = 0;
    wire_ = std::move(output.octets);
    end_ = output.end;
    if (!tls_ || wire_.empty()) return;
    tls_->write(wire_);
    wire_ = tls_->take_output();
  }

  void act(Output::End end) {
    switch (end) {
      case Output::End::keep: return;
      case Output::End::close: return say_goodbye();
      case Output::End::reset: return reset();
      case Output::End::secure: tls_ = server_tls_.make_stream(); return;
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
    const std::string_view rest = std::string_view(wire_).substr(written_);
    error_code error;
    written_ += socket_.write_some(asio::buffer(rest.data(), rest.size()), error);
    if (error == asio::error::would_block) return wait_for_room();
    if (error) hang_up();
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
  std::string wire_;                     // octets on their way
  std::size_t written_ = 0;              // of them
  Output::End end_ = Output::End::keep;  // what comes after them
  ServerTls& server_tls_;
  std::unique_ptr<TlsStream> tls_;  // once the client was told to begin
  bool secured_ = false;            // the handshake is done
  bool waiting_ = false;            // for time or room
};

}  // namespace

void converse(tcp::socket socket, std::unique_ptr<ServerSession> session, ServerTls& tls) {
  std::make_shared<Conversation>(std::move(socket), std::move(session), tls)->start();
}

}  // namespace leadverify::world
