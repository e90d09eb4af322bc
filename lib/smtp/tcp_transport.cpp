#include "base/shortage.hpp"
#include "smtp/transport.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>

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
  const bool is_the_systems = error.category() == boost::system::system_category();
  if (is_the_systems && is_shortage(error.value())) return TransportFault::shortage;
  if (error == errc::timed_out) return TransportFault::timed_out;
  if (error == errc::network_unreachable || error == errc::host_unreachable) {
    return TransportFault::unreachable;
  }
  return otherwise;
}

TlsFault handshake_fault(const error_code& error) {
  switch (const TransportFault kind = fault_of(error, TransportFault::tls_failed)) {
    case TransportFault::timed_out: return {kind, "the TLS handshake took too long"};
    case TransportFault::shortage: return {kind, std::string(to_string(kind))};
    default: return {kind, "the server hung up during the TLS handshake"};
  }
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
  TcpTransport(asio::io_context& context,
               const Reach& reach,
               const std::optional<IpAddress>& source,
               TlsContext& tls_context)
      : reach_(reach),
        source_(source),
        tls_context_(tls_context),
        socket_(context.get_executor()),
        timer_(context.get_executor()) {}

  asio::awaitable<std::optional<TransportFault>> connect(Endpoint server, TimePoint due) override {
    if (!reach_.permits(server.address)) co_return TransportFault::not_permitted;
    const asio::ip::tcp::endpoint endpoint(to_asio(server.address), server.port);
    error_code error;
    socket_.open(endpoint.protocol(), error);
    if (error) co_return fault_of(error, TransportFault::refused);
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
    if (source_) {
      error = bind_to_source();
      if (error) co_return fault_of(error, TransportFault::shortage);
    }

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
    if (tls_) {
      const bool enciphered = tls_->write(octets) == TlsStream::Step::done;
      if (!enciphered) co_return TransportFault::tls_failed;
      octets = tls_->take_output();
    }
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

  asio::awaitable<Expected<std::string, TlsFault>> secure(std::string host,
                                                          TimePoint due) override {
    tls_ = tls_context_.make_stream(host);
    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const std::uint64_t operation = arm(strand, due);
    error_code error;
    TlsStream::Step step = tls_->shake_hands();
    while (true) {
      error = co_await send_tls_output();
      if (error || step != TlsStream::Step::needs_octets) break;
      error = co_await take_tls_input();
      if (error) break;
      step = tls_->shake_hands();
    }
    if (!deadline_->disarm(operation))
      co_return Unexpected(handshake_fault(asio::error::timed_out));
    if (error) co_return Unexpected(handshake_fault(error));
    if (step != TlsStream::Step::done) {
      co_return Unexpected(TlsFault{.what = "the TLS handshake failed: " + tls_->fault()});
    }
    co_return tls_->describe();
  }

  asio::awaitable<Expected<std::string_view, TransportFault>> read(TimePoint due) override {
    return tls_ ? read_deciphered(due) : read_plain(due);
  }

  void send_at_once(std::string_view octets) override {
    std::string output(octets);
    if (tls_) {
      if (tls_->write(octets) != TlsStream::Step::done) return;
      output = tls_->take_output();
    }
    error_code error;  // nobody could do anything about it
    socket_.write_some(asio::buffer(output), error);
  }

  bool has_octets() override {
    error_code error;
    const bool some_came = socket_.available(error) > 0;
    if (!tls_) return some_came;
    // A ticket is not for us to read, and waits for nobody. Without end there are no more of them
    // than the stream takes.
    while (!tls_->has_octets()) {
      if (socket_.available(error) == 0) return false;
      const std::size_t length = socket_.read_some(asio::buffer(buffer_), error);
      if (error) return false;
      tls_->feed({buffer_.data(), length});
    }
    return true;
  }

  std::optional<IpAddress> local_address() const override { return local_; }

  void close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  asio::awaitable<Expected<std::string_view, TransportFault>> read_plain(TimePoint due) {
    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const std::uint64_t operation = arm(strand, due);
    error_code error;
    const auto space = asio::buffer(buffer_);
    const std::size_t length = co_await socket_.async_read_some(space, into(error));
    if (!deadline_->disarm(operation)) co_return Unexpected(TransportFault::timed_out);
    if (error) co_return Unexpected(fault_of(error, TransportFault::hung_up));
    co_return std::string_view(buffer_.data(), length);
  }

  asio::awaitable<Expected<std::string_view, TransportFault>> read_deciphered(TimePoint due) {
    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    const std::uint64_t operation = arm(strand, due);
    error_code error;
    TlsStream::Reading reading = tls_->read(buffer_);
    while (reading.step == TlsStream::Step::needs_octets && !error) {
      error = co_await send_tls_output();
      if (!error) error = co_await take_tls_input();
      if (!error) reading = tls_->read(buffer_);
    }
    if (!deadline_->disarm(operation)) co_return Unexpected(TransportFault::timed_out);
    if (error) co_return Unexpected(fault_of(error, TransportFault::hung_up));
    if (reading.step == TlsStream::Step::over) co_return Unexpected(TransportFault::hung_up);
    if (reading.step == TlsStream::Step::failed) co_return Unexpected(TransportFault::tls_failed);
    co_return std::string_view(buffer_.data(), reading.length);
  }

  /// Sends what TLS has to say of its own, within a deadline that is set already.
  asio::awaitable<error_code> send_tls_output() {
    const std::string output = tls_->take_output();
    error_code error;
    if (output.empty()) co_return error;
    const auto octets = asio::buffer(output);
    co_await asio::async_write(socket_, octets, into(error));
    co_return error;
  }

  /// Waits for what the server enciphered, within a deadline that is set already.
  asio::awaitable<error_code> take_tls_input() {
    error_code error;
    const auto space = asio::buffer(buffer_);
    const std::size_t length = co_await socket_.async_read_some(space, into(error));
    if (!error) tls_->feed({buffer_.data(), length});
    co_return error;
  }

  error_code bind_to_source() {
    error_code error;
    // The port is chosen once the server is known: ports that are in use towards others will do.
    const int on = 1;
    static_cast<void>(
        ::setsockopt(socket_.native_handle(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on));
    const asio::ip::tcp::endpoint source(to_asio(*source_), 0);
    socket_.bind(source, error);
    return error;
  }

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
  const std::optional<IpAddress>& source_;
  TlsContext& tls_context_;
  Socket socket_;
  Timer timer_;
  std::shared_ptr<Deadline> deadline_ = std::make_shared<Deadline>();
  std::uint64_t operations_ = 0;
  std::optional<IpAddress> local_;
  std::array<char, 1024> buffer_{};  // most replies are shorter
  std::unique_ptr<TlsStream> tls_;   // once secured
};

}  // namespace

TcpNetwork::TcpNetwork(asio::io_context& context, Reach reach, std::optional<IpAddress> source)
    : context_(context), reach_(std::move(reach)), source_(source) {}

std::unique_ptr<Transport> TcpNetwork::make_transport() {
  return std::make_unique<TcpTransport>(context_, reach_, source_, tls_);
}

}  // namespace leadverify
