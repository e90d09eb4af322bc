#include "world/loopback_front.hpp"

#include "world/conversation.hpp"
#include "world/name_door.hpp"

#include <array>
#include <future>
#include <sys/socket.h>
#include <utility>
#include <vector>

namespace leadverify::world {
namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr int tries_to_find_a_port = 50;

asio::ip::address to_asio(const IpAddress& address) {
  return asio::ip::make_address(address.to_string());
}

bool is_loopback(const IpAddress& address) {
  return to_asio(address).is_loopback();
}

}  // namespace

/// The listener at one server's address.
class LoopbackFront::MailDoor : public std::enable_shared_from_this<MailDoor> {
 public:
  MailDoor(asio::io_context& context, MailWorld& world, IpAddress address, ServerTls& tls)
      : world_(world), address_(address), tls_(tls), acceptor_(context) {}

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
    converse(std::move(socket), std::move(arrival.session), tls_);
  }

  MailWorld& world_;
  IpAddress address_;
  ServerTls& tls_;
  tcp::acceptor acceptor_;
  std::array<tcp::socket, 2> fillers_ = {tcp::socket(acceptor_.get_executor()),
                                         tcp::socket(acceptor_.get_executor())};
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
        mail_doors_.push_back(std::make_shared<MailDoor>(context, world, address, tls_));
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
