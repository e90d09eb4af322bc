#include "bench/raw_client.hpp"

#include <unistd.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace leadverify::bench {
namespace {

constexpr std::string_view ehlo = "EHLO probe.example.net\r\n";
constexpr std::string_view quit = "QUIT\r\n";

struct RawSession {
  int socket = -1;
  int said = 0;             // of EHLO, MAIL with RCPTs, QUIT
  std::size_t awaited = 0;  // replies
  std::size_t column = 0;   // within the line
};

class RawClient {
 public:
  RawClient(const std::vector<Endpoint>& places, const SessionLoad& load)
      : places_(places), load_(load), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    transaction_ = "MAIL FROM:<>\r\n";
    for (std::size_t i = 0; i < load.recipients; ++i) {
      transaction_ += "RCPT TO:<user" + std::to_string(i) + "@example.org>\r\n";
    }
  }
  ~RawClient() { ::close(epoll_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  std::size_t run() {
    std::vector<RawSession> sessions(load_.at_once);
    for (RawSession& session : sessions) begin(session);
    std::array<epoll_event, 256> events{};
    while (open_ > 0) {
      const int ready = ::epoll_wait(epoll_, events.data(), int(events.size()), 10'000);
      if (ready <= 0) break;
      for (int i = 0; i < ready; ++i) {
        auto& session = *static_cast<RawSession*>(events[static_cast<std::size_t>(i)].data.ptr);
        on_octets(session);
      }
    }
    return done_;
  }

 private:
  void begin(RawSession& session) {
    if (begun_ == load_.sessions) return;
    const Endpoint& place = places_[begun_++ % places_.size()];
    session = {};
    session.awaited = 1;
    session.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(place.port);
    std::ranges::copy(place.address.octets(),
                      reinterpret_cast<std::uint8_t*>(&address.sin_addr.s_addr));
    ::connect(session.socket, reinterpret_cast<sockaddr*>(&address), sizeof address);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &session}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, session.socket, &event);
    ++open_;
  }

  void end(RawSession& session) {
    ::close(session.socket);
    --open_;
    begin(session);
  }

  void on_octets(RawSession& session) {
    std::array<char, 8192> buffer{};
    const ssize_t length = ::recv(session.socket, buffer.data(), buffer.size(), 0);
    if (length <= 0) return end(session);
    count_replies(session, {buffer.data(), static_cast<std::size_t>(length)});
    if (session.awaited > 0) return;
    switch (session.said++) {
      case 0: return say(session, ehlo, 1);
      case 1: return say(session, transaction_, 1 + load_.recipients);
      case 2: return say(session, quit, 1);
      default: ++done_; end(session);
    }
  }

  static void say(RawSession& session, std::string_view octets, std::size_t replies) {
    session.awaited = replies;
    static_cast<void>(::send(session.socket, octets.data(), octets.size(), MSG_NOSIGNAL));
  }

  /// A reply ends with the line that has a space behind its code.
  static void count_replies(RawSession& session, std::string_view octets) {
    for (const char octet : octets) {
      if (session.column == 3 && octet == ' ') --session.awaited;
      session.column = octet == '\n' ? 0 : session.column + 1;
    }
  }

  const std::vector<Endpoint>& places_;
  const SessionLoad load_;
  std::string transaction_;
  int epoll_;
  std::size_t begun_ = 0;
  std::size_t open_ = 0;
  std::size_t done_ = 0;
};

}  // namespace

std::size_t run_raw_sessions(const std::vector<Endpoint>& places, const SessionLoad& load) {
  return RawClient(places, load).run();
}

}  // namespace leadverify::bench
