// A mail server between its sessions: who may come in, and what it remembers of them.
#pragma once

#include "base/ip.hpp"
#include "base/time.hpp"
#include "world/counts.hpp"
#include "world/script.hpp"
#include "world/server_session.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace leadverify::world {

class MailServer {
 public:
  /// What the server may know of the world around it.
  struct Surroundings {
    Counts& counts;
    TimePoint began;
    /// The household of a mail domain, if this server serves it; absent: relay denied.
    std::function<const Household*(const MailServer&, const std::string& domain)> household;
  };

  MailServer(const Server& script, Surroundings surroundings)
      : script_(script), around_(std::move(surroundings)) {}

  /// What becomes of a client that connects.
  enum class Door : std::uint8_t { open, refuses, blackhole };
  struct Arrival {
    Door door = Door::open;
    std::unique_ptr<ServerSession> session;  // if open
  };
  Arrival connect(const IpAddress& address, const std::string& client, TimePoint now);

  /// What the port does for every client, at any time: open if it depends.
  Door door() const;

  const Server& script() const { return script_; }

 private:
  friend class ServerSession;

  bool holds(const Rule& rule, const std::string& client, TimePoint now) const;
  /// Has `rule` been used less often than it may? Counts one use.
  bool use(const Rule& rule, const std::string& key);

  const Server& script_;
  Surroundings around_;
  std::map<std::pair<const Rule*, std::string>, std::size_t> uses_;
  std::unordered_map<std::string, TimePoint> triplets_;  // when each was first seen
  std::map<std::string, std::size_t> sessions_;          // open now, by client
};

}  // namespace leadverify::world
