#include "dns/cares_channel.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace leadverify {
namespace {

using asio::posix::stream_descriptor;

constexpr int edns_payload = 1232;  // fits into any IPv6 path's MTU, unfragmented
constexpr std::uint16_t dns_port = 53;
constexpr int class_in = 1;

ares_options options_for(Duration timeout) {
  ares_options options{};
  // NOCHECKRESP: else SERVFAIL and REFUSED come out as "connection refused".
  // Not STAYOPEN: an idle channel closes its sockets, and so holds up nobody who waits for the
  // io_context to run out of work; and its next question has another source port.
  options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_EDNS | ARES_FLAG_NOCHECKRESP;
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
  options.timeout = static_cast<int>(std::clamp<std::int64_t>(milliseconds, 1, 60'000));
  options.tries = 1;
  options.ndomains = 0;
  options.ednspsz = edns_payload;
  return options;
}

constexpr int option_mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                            ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_EDNSPSZ |
                            ARES_OPT_SOCK_STATE_CB | ARES_OPT_RESOLVCONF;

ares_addr_port_node node_for(const Endpoint& server) {
  ares_addr_port_node node{};
  const auto octets = server.address.octets();
  node.family = server.address.is_v4() ? AF_INET : AF_INET6;
  std::memcpy(&node.addr, octets.data(), octets.size());
  node.udp_port = server.port;
  node.tcp_port = server.port;
  return node;
}

Endpoint endpoint_of(const ares_addr_port_node& node) {
  std::array<std::uint8_t, 16> octets{};
  const std::span all(octets);
  const bool is_v4 = node.family == AF_INET;
  std::memcpy(octets.data(), &node.addr, is_v4 ? 4 : 16);
  return {.address = is_v4 ? IpAddress::v4(all.first<4>()) : IpAddress::v6(all),
          .port = node.udp_port == 0 ? dns_port : static_cast<std::uint16_t>(node.udp_port)};
}

}  // namespace

/// c-ares opens and closes the descriptor; here it is only waited for.
struct CaresChannel::Socket {
  explicit Socket(const Strand& strand) : descriptor(strand) {}

  stream_descriptor descriptor;
  bool wants_read = false;
  bool wants_write = false;
  bool awaits_read = false;
  bool awaits_write = false;
  bool is_closed = false;  // its number may by now be another socket's
};

struct CaresChannel::Question {
  CaresChannel* channel;
  Done done;
};

Expected<std::shared_ptr<CaresChannel>, std::string> CaresChannel::make(Strand strand,
                                                                        const Endpoint& server,
                                                                        Duration timeout) {
  std::shared_ptr<CaresChannel> made(new CaresChannel(std::move(strand)));
  ares_options options = options_for(timeout);
  std::array<char, 2> lookups{"b"};  // the DNS alone, never /etc/hosts
  std::array<char, 10> no_file{"/dev/null"};
  options.lookups = lookups.data();
  options.resolvconf_path = no_file.data();
  options.sock_state_cb = on_socket_state;
  options.sock_state_cb_data = made.get();
  if (const int status = ares_init_options(&made->channel_, &options, option_mask);
      status != ARES_SUCCESS) {
    return Unexpected<std::string>(ares_strerror(status));
  }
  ares_addr_port_node node = node_for(server);
  if (const int status = ares_set_servers_ports(made->channel_, &node); status != ARES_SUCCESS) {
    return Unexpected<std::string>(ares_strerror(status));
  }
  made->calls_.lend_to(made->channel_);
  return made;
}

CaresChannel::~CaresChannel() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

void CaresChannel::ask(const std::string& name, std::uint16_t type, Done done) {
  auto question = std::make_unique<Question>(Question{this, std::move(done)});
  calls_.failure = 0;
  ares_query(channel_, name.c_str(), class_in, type, on_reply, question.release());
}

void CaresChannel::end_overdue() {
  take_up(ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

void CaresChannel::cancel() {
  ares_cancel(channel_);
}

void CaresChannel::on_reply(
    void* question, int status, int /*timeouts*/, unsigned char* octets, int size) {
  const std::unique_ptr<Question> ours(static_cast<Question*>(question));
  if (status == ARES_EDESTRUCTION) return;
  Reply reply{.status = status, .failure = 0, .message = {}};
  if (status == ARES_ECONNREFUSED) reply.failure = ours->channel->calls_.failure;
  if (status == ARES_ENOMEM) reply.failure = ENOMEM;
  if (octets != nullptr && size > 0) reply.message.assign(octets, octets + size);
  // c-ares calls from inside its own doings, ares_query() included.
  asio::post(ours->channel->strand_,
             [done = std::move(ours->done), reply = std::move(reply)] { done(reply); });
}

void CaresChannel::on_socket_state(void* self, ares_socket_t fd, int wants_read, int wants_write) {
  auto* channel = static_cast<CaresChannel*>(self);
  if (wants_read == 0 && wants_write == 0) {
    channel->forget(fd);
  } else {
    channel->watch(fd, wants_read != 0, wants_write != 0);
  }
}

void CaresChannel::watch(ares_socket_t fd, bool wants_read, bool wants_write) {
  auto& socket = sockets_[fd];
  if (!socket) {
    socket = std::make_shared<Socket>(strand_);
    error_code error;  // a socket that cannot be waited for is a server that is silent
    socket->descriptor.assign(fd, error);
  }
  socket->wants_read = wants_read;
  socket->wants_write = wants_write;
  wait(fd, socket);
}

void CaresChannel::wait(ares_socket_t fd, const std::shared_ptr<Socket>& socket) {
  if (!socket->descriptor.is_open()) return;
  if (socket->wants_read && !socket->awaits_read) {
    socket->awaits_read = true;
    socket->descriptor.async_wait(stream_descriptor::wait_read,
                                  [self = shared_from_this(), fd, socket](error_code error) {
                                    socket->awaits_read = false;
                                    if (error || socket->is_closed) return;
                                    self->take_up(fd, ARES_SOCKET_BAD);
                                    if (!socket->is_closed) self->wait(fd, socket);
                                  });
  }
  if (socket->wants_write && !socket->awaits_write) {
    socket->awaits_write = true;
    socket->descriptor.async_wait(stream_descriptor::wait_write,
                                  [self = shared_from_this(), fd, socket](error_code error) {
                                    socket->awaits_write = false;
                                    if (error || socket->is_closed) return;
                                    self->take_up(ARES_SOCKET_BAD, fd);
                                    if (!socket->is_closed) self->wait(fd, socket);
                                  });
  }
}

/// Lets c-ares see what its sockets are ready for, and what is overdue.
void CaresChannel::take_up(ares_socket_t readable, ares_socket_t writable) {
  calls_.failure = 0;
  ares_process_fd(channel_, readable, writable);
}

void CaresChannel::forget(ares_socket_t fd) {
  const auto found = sockets_.find(fd);
  if (found == sockets_.end()) return;
  found->second->is_closed = true;
  if (found->second->descriptor.is_open()) found->second->descriptor.release();
  sockets_.erase(found);
}

Expected<std::vector<Endpoint>, std::string> servers_in(const std::string& resolv_conf) {
  std::string path = resolv_conf;
  ares_options options{};
  options.ndomains = 0;
  options.resolvconf_path = path.data();
  ares_channel channel = nullptr;
  if (const int status =
          ares_init_options(&channel, &options, ARES_OPT_DOMAINS | ARES_OPT_RESOLVCONF);
      status != ARES_SUCCESS) {
    return Unexpected<std::string>(ares_strerror(status));
  }
  ares_addr_port_node* nodes = nullptr;
  const int status = ares_get_servers_ports(channel, &nodes);
  ares_destroy(channel);
  if (status != ARES_SUCCESS) return Unexpected<std::string>(ares_strerror(status));

  std::vector<Endpoint> servers;
  for (const ares_addr_port_node* node = nodes; node != nullptr; node = node->next) {
    servers.push_back(endpoint_of(*node));
  }
  ares_free_data(nodes);
  return servers;
}

}  // namespace leadverify
