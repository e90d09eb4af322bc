#include "smtp/transport.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace leadverify {
namespace {

using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;

asio::ip::address to_asio(const IpAddress& address) {
  if (address.is_v4()) {
    asio::ip::address_v4::bytes_type octets{};
    std::ranges::copy(address.octets(), octets.begin());
    return asio::ip::address_v4(octets);
  }
  asio::ip::address_v6::bytes_type octets{};
  std::ranges::copy(address.octets(), octets.begin());
  return asio::ip::address_v6(octets);
}

IpAddress from_asio(const asio::ip::address& address) {
  if (address.is_v4()) return IpAddress::v4(address.to_v4().to_bytes());
  return IpAddress::v6(address.to_v6().to_bytes());
}

TransportFault fault_of(const error_code& error, TransportFault otherwise) {
  namespace errc = boost::system::errc;
  if (error == errc::too_many_files_open || error == errc::too_many_files_open_in_system ||
      error == errc::no_buffer_space || error == errc::address_not_available ||
      error == errc::not_enough_memory || error == errc::address_in_use ||
      error == errc::no_space_on_device || error == errc::interrupted) {
    return TransportFault::shortage;
  }
  if (error == errc::timed_out) return TransportFault::timed_out;
  return otherwise;
}

/// Closes a socket if an operation on it is not over by its due time. The timer's handler may
/// still be queued when the operation is over and the socket has gone to another strand: whoever
/// takes `armed` back to 0 first has won, and the other touches nothing.
struct Deadline {
  std::atomic<std::uint64_t> armed{0};  // which operation it is set for; 0: none

  bool disarm(std::uint64_t operation) { return armed.compare_exchange_strong(operation, 0); }
};

class TcpTransport final : public Transport {
 public:
  TcpTransport(asio::io_context& context, const Reach& reach)
      : reach_(reach), socket_(context.get_executor()), timer_(context.get_executor()) {}

  asio::awaitable<std::optional<TransportFault>> connect(Endpoint server, TimePoint due) override {
    if (!reach_.permits(server.address)) co_return TransportFault::not_permitted;
    const asio::ip::tcp::endpoint endpoint(to_asio(server.address), server.port);
    error_code error;
    socket_.open(endpoint.protocol(), error);
    if (error) co_return fault_of(error, TransportFault::refused);
    socket_.set_option(asio::ip::tcp::no_delay(true), error);

    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const std::uint64_t operation = arm(strand, due);
    co_await socket_.async_connect(endpoint, into(error));
    if (!deadline_->disarm(operation)) co_return TransportFault::timed_out;
    if (error) co_return fault_of(error, TransportFault::refused);

    socket_.non_blocking(true, error);
    const auto local = socket_.local_endpoint(error);
    if (!error) local_ = from_asio(local.address());
    co_return std::nullopt;
  }

  asio::awaitable<std::optional<TransportFault>> write(std::string octets, TimePoint due) override {
    // A few commands nearly always fit into the socket's buffer: no need to wait then.
    error_code error;
    const std::size_t written = socket_.write_some(asio::buffer(octets), error);
    if (error && error != asio::error::would_block)
      co_return fault_of(error, TransportFault::hung_up);
    if (written == octets.size()) co_return std::nullopt;

    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const std::uint64_t operation = arm(strand, due);
    const auto rest = asio::buffer(octets) + written;
    co_await asio::async_write(socket_, rest, into(error));
    if (!deadline_->disarm(operation)) co_return TransportFault::timed_out;
    if (error) co_return fault_of(error, TransportFault::hung_up);
    co_return std::nullopt;
  }

  asio::awaitable<Expected<std::string_view, TransportFault>> read(TimePoint due) override {
    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const std::uint64_t operation = arm(strand, due);
    error_code error;
    const auto space = asio::buffer(buffer_);
    const std::size_t length = co_await socket_.async_read_some(space, into(error));
    if (!deadline_->disarm(operation)) co_return Unexpected(TransportFault::timed_out);
    if (error) co_return Unexpected(fault_of(error, TransportFault::hung_up));
    co_return std::string_view(buffer_.data(), length);
  }

  bool has_octets() override {
    error_code ignored;
    return socket_.available(ignored) > 0;
  }

  std::optional<IpAddress> local_address() const override { return local_; }

  void close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  /// Sets the deadline for one operation of the coroutine that runs on `strand`.
  std::uint64_t arm(const asio::any_io_executor& strand, TimePoint due) {
    const std::uint64_t operation = ++operations_;
    deadline_->armed = operation;
    timer_.expires_at(due);
    timer_.async_wait(asio::bind_executor(
        strand, [this, operation, deadline = deadline_](const error_code& error) {
          // Aborted: the operation was over in time, or a later one has set the timer anew.
          if (!error && deadline->disarm(operation)) close();
        }));
    return operation;
  }

  const Reach& reach_;
  Socket socket_;
  Timer timer_;
  std::shared_ptr<Deadline> deadline_ = std::make_shared<Deadline>();
  std::uint64_t operations_ = 0;
  std::optional<IpAddress> local_;
  std::array<char, 1024> buffer_{};  // most replies are shorter
};

}  // namespace

TcpNetwork::TcpNetwork(asio::io_context& context, Reach reach)
    : context_(context), reach_(std::move(reach)) {}

std::unique_ptr<Transport> TcpNetwork::make_transport() {
  return std::make_unique<TcpTransport>(context_, reach_);
}

}  // namespace leadverify
