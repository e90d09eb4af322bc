#include "dns/channel_sockets.hpp"

#include "base/shortage.hpp"

#include <unistd.h>

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace leadverify {
namespace {

constexpr int receive_buffer = 4 << 20;  // octets; the system may grant less

/// Passes on what a call came to, and notes why if it failed.
template <class Result>
Result noted(Result result, void* sockets) {
  if (result < 0 && errno != EINPROGRESS) static_cast<ChannelSockets*>(sockets)->failure = errno;
  return result;
}

ares_socket_t open_socket(int family, int type, int protocol, void* sockets) {
  const int opened = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (opened < 0) return noted(opened, sockets);
  const int on = 1;
  ::setsockopt(opened, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  if (type == SOCK_STREAM) ::setsockopt(opened, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return opened;
}

int close_socket(ares_socket_t socket, void*) {
  return ::close(socket);
}

int connect_socket(ares_socket_t socket,
                   const sockaddr* server,
                   ares_socklen_t length,
                   void* sockets) {
  return noted(::connect(socket, server, length), sockets);
}

ares_ssize_t receive(ares_socket_t socket,
                     void* space,
                     size_t size,
                     int flags,
                     sockaddr* sender,
                     ares_socklen_t* length,
                     void* sockets) {
  const ares_ssize_t received = ::recvfrom(socket, space, size, flags, sender, length);
  // What has come stays there while this host is short of memory: it is looked for again soon.
  if (received < 0 && is_shortage(errno)) errno = EAGAIN;
  if (received < 0 && errno == EAGAIN) return received;
  return noted(received, sockets);
}

ares_ssize_t send_all(ares_socket_t socket, const iovec* pieces, int count, void* sockets) {
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(pieces);
  message.msg_iovlen = static_cast<std::size_t>(count);
  const ares_ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
  // Over UDP this is not waited out, but given up.
  if (sent < 0 && errno == EAGAIN) static_cast<ChannelSockets*>(sockets)->failure = ENOBUFS;
  return sent < 0 && errno == EAGAIN ? sent : noted(sent, sockets);
}

constexpr ares_socket_functions functions = {
    open_socket, close_socket, connect_socket, receive, send_all};

}  // namespace

void ChannelSockets::lend_to(ares_channel channel) {
  ares_set_socket_functions(channel, &functions, this);
}

}  // namespace leadverify
