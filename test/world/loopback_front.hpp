// A mail world on loopback: DNS over UDP and TCP, and a listener at each server's address.
#pragma once

#include "base/asio.hpp"
#include "base/ip.hpp"
#include "world/mail_world.hpp"
#include "world/server_tls.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace leadverify::world {

class NameDoor;

/// Where a world is to be found; port 0 is chosen.
struct Places {
  std::uint16_t smtp_port = 0;  // the same at each server's address
  Endpoint dns{.address = *IpAddress::parse("127.0.0.1"), .port = 0};
};

/// Acts `world` out on `context`, in real time. Both outlive it, and it what `context` has
/// queued for it: stop and drain the context first. Servers whose address is not a loopback
/// one are not acted out. Throws system_error if a place is taken.
class LoopbackFront {
 public:
  LoopbackFront(asio::io_context& context, MailWorld& world, const Places& places);
  ~LoopbackFront();

  /// With the ports as chosen.
  const Places& places() const { return places_; }

  /// "dns=127.0.0.1:5353 smtp_port=2525"
  std::string describe_places() const;

  /// Takes no more clients and lets those there are go.
  void stop();

 private:
  class MailDoor;

  void open_mail(asio::io_context& context, MailWorld& world);

  Places places_;
  ServerTls tls_;
  std::shared_ptr<NameDoor> name_door_;
  std::vector<std::shared_ptr<MailDoor>> mail_doors_;
};

/// A world on loopback with a thread of its own: what a test puts up in one line.
class LoopbackWorld {
 public:
  explicit LoopbackWorld(Script script, const Places& places = {});
  ~LoopbackWorld();

  const Places& places() const { return front_.places(); }
  /// As they stand now.
  Counts counts();

 private:
  MailWorld world_;
  asio::io_context context_{1};
  LoopbackFront front_;
  std::thread thread_;
};

}  // namespace leadverify::world
