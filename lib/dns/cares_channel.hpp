// One DNS server, as c-ares talks to it over the io_context's sockets.
//
// A channel of its own for each server, since c-ares 1.18 asks its servers always in the same
// order, knows no dead ones, and gives up EDNS for all of them once one does not understand it.
// A question is asked once; whether to ask again, and whom, is the resolver's to say.
#pragma once

#include "base/asio.hpp"
#include "base/expected.hpp"
#include "base/ip.hpp"
#include "base/time.hpp"
#include "dns/channel_sockets.hpp"

#include <ares.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace leadverify {

/// All of it belongs to the strand that it was made for.
class CaresChannel : public std::enable_shared_from_this<CaresChannel> {
 public:
  struct Reply {
    int status = ARES_ETIMEOUT;         // an ARES_ code
    int failure = 0;                    // errno of the call that failed, if one did
    std::vector<std::uint8_t> message;  // the answer's octets, whatever its response code; empty
                                        // if none came
  };
  using Done = std::function<void(const Reply&)>;
  using Strand = asio::strand<asio::any_io_executor>;

  /// The error is c-ares's own text.
  static Expected<std::shared_ptr<CaresChannel>, std::string> make(Strand strand,
                                                                   const Endpoint& server,
                                                                   Duration timeout);
  CaresChannel(const CaresChannel&) = delete;
  CaresChannel& operator=(const CaresChannel&) = delete;
  /// Questions under way end without a word.
  ~CaresChannel();

  /// Over UDP, over TCP if the answer is truncated, without EDNS if the server asks for that.
  /// `done` is called once, later, on the strand.
  void ask(const std::string& name, std::uint16_t type, Done done);

  /// Ends the questions whose time is up. To be called every now and then while any is under way:
  /// ares_timeout() would tell when, and takes a walk through all of them to do so.
  void end_overdue();

  /// Ends every question, with ARES_ECANCELLED.
  void cancel();

 private:
  struct Socket;
  struct Question;

  explicit CaresChannel(Strand strand) : strand_(std::move(strand)) {}

  static void on_socket_state(void* self, ares_socket_t fd, int wants_read, int wants_write);
  static void on_reply(void* question, int status, int timeouts, unsigned char* octets, int size);
  void watch(ares_socket_t fd, bool wants_read, bool wants_write);
  void wait(ares_socket_t fd, const std::shared_ptr<Socket>& socket);
  void forget(ares_socket_t fd);
  void take_up(ares_socket_t readable, ares_socket_t writable);

  Strand strand_;
  ares_channel channel_ = nullptr;
  ChannelSockets calls_;
  std::unordered_map<ares_socket_t, std::shared_ptr<Socket>> sockets_;
};

/// The servers that a resolv.conf(5) file names, in its order. A file that is not there or names
/// none stands for 127.0.0.1, as everywhere in the system. The error is c-ares's own text.
Expected<std::vector<Endpoint>, std::string> servers_in(const std::string& resolv_conf);

}  // namespace leadverify
