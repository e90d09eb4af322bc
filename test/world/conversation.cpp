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

void converse(tcp::socket socket, std::unique_ptr<ServerSession> session) {
  std::make_shared<Conversation>(std::move(socket), std::move(session))->start();
}

}  // namespace leadverify::world
