#include "bench/mail_sink.hpp"

#include <unistd.h>

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace leadverify::bench {
namespace {

constexpr std::string_view banner = "220 sink.test ESMTP\r\n";
constexpr std::string_view ehlo_reply =
    "250-sink.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-ENHANCEDSTATUSCODES\r\n"
    "250 8BITMIME\r\n";
constexpr std::string_view taken = "250 2.1.5 Ok\r\n";
constexpr std::string_view goodbye = "221 2.0.0 Bye\r\n";

sockaddr_in socket_address(std::size_t number, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(static_cast<std::uint32_t>(0x7f020001 + number));  // 127.2.0.1
  return address;
}

int listen_at(std::size_t number, std::uint16_t& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = socket_address(number, port);
  auto* const place = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener, place, sizeof address) != 0 || ::listen(listener, 4096) != 0) {
    throw std::runtime_error("the mail sink cannot listen");
  }
  socklen_t length = sizeof address;
  ::getsockname(listener, place, &length);
  port = ntohs(address.sin_port);
  return listener;
}

void say(int socket, std::string_view octets) {
  static_cast<void>(::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL));
}

/// Answers whole commands; clients here send no parts of any. False: the session is over.
bool answer(int socket) {
  std::array<char, 16384> buffer{};
  const ssize_t length = ::recv(socket, buffer.data(), buffer.size(), 0);
  if (length <= 0) return false;
  std::string_view commands(buffer.data(), static_cast<std::size_t>(length));
  std::string replies;
  bool open = true;
  while (!commands.empty()) {
    switch (commands.front()) {
      case 'E': replies += ehlo_reply; break;
      case 'Q':
        replies += goodbye;
        open = false;
        break;
      default: replies += taken; break;
    }
    const auto end = commands.find('\n');
    commands.remove_prefix(end == commands.npos ? commands.size() : end + 1);
  }
  say(socket, replies);
  return open;
}

void accept_all(int epoll, int listener) {
  while (true) {
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    if (socket < 0) return;
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
    say(socket, banner);
  }
}

[[noreturn]] void serve(const std::vector<int>& listeners) {
  const int epoll = ::epoll_create1(0);
  for (const int listener : listeners) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = listener}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  }
  const int last_listener = listeners.back();  // descriptors rise: what is above is a session
  std::array<epoll_event, 256> events{};
  while (true) {
    const int ready = ::epoll_wait(epoll, events.data(), int(events.size()), -1);
    for (int i = 0; i < ready; ++i) {
      const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
      if (descriptor <= last_listener) {
        accept_all(epoll, descriptor);
      } else if (!answer(descriptor)) {
        ::close(descriptor);
      }
    }
  }
}

}  // namespace

MailSink::MailSink(std::size_t addresses) {
  std::vector<int> listeners;
  std::uint16_t port = 0;
  for (std::size_t number = 0; number < addresses; ++number) {
    listeners.push_back(listen_at(number, port));
    places_.push_back({*IpAddress::parse("127.2.0." + std::to_string(number + 1)), port});
  }
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    serve(listeners);
  }
  for (const int listener : listeners) ::close(listener);
  if (pid_ < 0) throw std::runtime_error("cannot start the mail sink");
}

MailSink::~MailSink() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace leadverify::bench
