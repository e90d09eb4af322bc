#include "support/virtual_network.hpp"

#include "support/allocation_faults.hpp"

#include <algorithm>
#include <deque>

namespace leadverify {
namespace {

class VirtualTransport final : public Transport {
 public:
  VirtualTransport(world::MailWorld& world,
                   FakeClock& clock,
                   VirtualNetwork::Params params,
                   VirtualNetwork::Open& open,
                   std::map<IpAddress, std::size_t>& most_read)
      : world_(world),
        clock_(clock),
        params_(std::move(params)),
        open_(open),
        most_read_(most_read) {}
  ~VirtualTransport() override { hang_up(); }
  VirtualTransport(const VirtualTransport&) = delete;
  VirtualTransport& operator=(const VirtualTransport&) = delete;

  asio::awaitable<std::optional<TransportFault>> connect(Endpoint server, TimePoint due) override {
    const world::MailServer::Door door = arrive(server);
    if (door == world::MailServer::Door::refuses) co_return TransportFault::refused;
    if (door == world::MailServer::Door::blackhole) {
      co_await sleep_until(due);
      co_return TransportFault::timed_out;
    }
    co_return std::nullopt;
  }

  asio::awaitable<std::optional<TransportFault>> write(std::string octets, TimePoint) override {
    send(octets);
    co_return std::nullopt;
  }

  /// The handshake in play: what a server does that can't TLS, it does at the client's hello.
  asio::awaitable<Expected<std::string, TlsFault>> secure(std::string, TimePoint due) override {
    if (session_ && std::exchange(awaits_handshake_, false)) {
      take(session_->on_secured(clock_.now()));
      co_return "TLS in play";
    }
    co_await write("\x16\x03\x01", due);
    const auto answer = co_await read(due);
    const bool silent = !answer && answer.error() == TransportFault::timed_out;
    co_return Unexpected(
        TlsFault{silent ? TransportFault::timed_out : TransportFault::tls_failed, "TLS in play"});
  }

  asio::awaitable<Expected<std::string_view, TransportFault>> read(TimePoint due) override {
    begin();
    while (!arrived()) {
      if (clock_.now() >= due) co_return Unexpected(TransportFault::timed_out);
      const TimePoint next = inbox_.empty() ? due : std::min(inbox_.front().at, due);
      co_await sleep_until(next);
    }
    if (inbox_.front().octets.empty()) co_return Unexpected(TransportFault::hung_up);
    co_return take_piece();
  }

  void send_at_once(std::string_view octets) override { send(octets); }

  bool has_octets() override { return arrived() && !inbox_.front().octets.empty(); }
  std::optional<IpAddress> local_address() const override {
    return IpAddress::parse(params_.client);
  }
  void close() override { hang_up(); }

 private:
  void begin() const {
    if (params_.before_each) params_.before_each();
  }

  world::MailServer::Door arrive(const Endpoint& server) {
    begin();
    const FaultShelter shelter;
    server_ = server.address;
    ++open_[server.address];
    auto arrival = world_.connect(server.address, params_.client, clock_.now());
    session_ = std::move(arrival.session);
    if (session_) take(session_->on_connect(clock_.now()));
    return arrival.door;
  }

  void send(std::string_view octets) {
    begin();
    const FaultShelter shelter;
    if (!session_ || session_->ended()) return;  // as a socket: the next read tells
    take(session_->on_octets(octets, clock_.now()));
  }

  std::string_view take_piece() {
    const FaultShelter shelter;
    world::Output& output = inbox_.front();
    const std::size_t length = std::min(params_.piece, output.octets.size());
    given_ = output.octets.substr(0, length);
    output.octets.erase(0, length);
    const bool goes_on =
        output.end == world::Output::End::keep || output.end == world::Output::End::secure;
    if (output.octets.empty() && goes_on) {
      awaits_handshake_ = output.end == world::Output::End::secure;
      inbox_.pop_front();
    }
    read_ += length;
    if (server_) most_read_[*server_] = std::max(most_read_[*server_], read_);
    return given_;
  }

  void take(world::Outputs outputs) {
    inbox_.insert(
        inbox_.end(), std::move_iterator(outputs.begin()), std::move_iterator(outputs.end()));
  }

  bool arrived() const { return !inbox_.empty() && inbox_.front().at <= clock_.now(); }

  void hang_up() {
    if (server_) --open_[*server_];
    server_.reset();
    if (session_) session_->on_end();
    session_.reset();
    inbox_.clear();
  }

  asio::awaitable<void> sleep_until(TimePoint due) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const std::unique_ptr<Alarm> alarm = clock_.make_alarm(executor);
    co_await alarm->wait_until(due);
  }

  world::MailWorld& world_;
  FakeClock& clock_;
  VirtualNetwork::Params params_;
  VirtualNetwork::Open& open_;
  std::map<IpAddress, std::size_t>& most_read_;
  std::size_t read_ = 0;             // octets so far
  std::optional<IpAddress> server_;  // once connected
  std::unique_ptr<world::ServerSession> session_;
  std::deque<world::Output> inbox_;
  std::string given_;
  bool awaits_handshake_ = false;  // the server does
};

}  // namespace

std::unique_ptr<Transport> VirtualNetwork::make_transport() {
  return std::make_unique<VirtualTransport>(world_, clock_, params_, open_, most_read_);
}

void VirtualResolver::lookup_mx(const std::string& domain, MxDone done) {
  answer_later(domain, [this, domain, done = std::move(done)] {
    const FaultShelter shelter;
    done(world_.mx(domain));
  });
}

void VirtualResolver::lookup_addresses(const std::string& host, AddressDone done) {
  answer_later(host, [this, host, done = std::move(done)] {
    const FaultShelter shelter;
    done(world_.addresses(host));
  });
}

void VirtualResolver::answer_later(const std::string& name, std::function<void()> answer) {
  const FaultShelter shelter;
  const Duration time = world_.names().time_to_answer(name, most_time_);
  asio::co_spawn(context_, wait_for(time), [answer = std::move(answer)](const auto&) { answer(); });
}

asio::awaitable<void> VirtualResolver::wait_for(Duration time) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const std::unique_ptr<Alarm> alarm = clock_.make_alarm(executor);
  co_await alarm->wait_until(clock_.now() + time);
}

ResolverCounts VirtualResolver::counts() const {
  return {.queries = world_.counts().dns_queries, .mx_hits = 0};
}

}  // namespace leadverify
