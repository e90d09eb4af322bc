#include "servers/server_process.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>

namespace leadverify::servers {
namespace {

using namespace std::chrono_literals;

constexpr auto step = 10ms;
constexpr int steps_to_start = 2000;
constexpr int steps_to_end = 500;

/// The address as /proc/net/tcp writes it: each 32 bits as the number that they are in memory.
std::string as_in_proc(const Endpoint& endpoint) {
  std::string text;
  const auto octets = endpoint.address.octets();
  std::array<char, 16> number{};
  for (std::size_t i = 0; i < octets.size(); i += 4) {
    std::snprintf(number.data(),
                  number.size(),
                  "%02X%02X%02X%02X",
                  octets[i + 3],
                  octets[i + 2],
                  octets[i + 1],
                  octets[i]);
    text += number.data();
  }
  std::snprintf(number.data(), number.size(), ":%04X", endpoint.port);
  return text + number.data();
}

/// Whether anybody listens there. To look is better than to connect: a server counts connections.
bool is_listened_at(const Endpoint& endpoint) {
  const std::string address = as_in_proc(endpoint);
  std::ifstream table(endpoint.address.is_v4() ? "/proc/net/tcp" : "/proc/net/tcp6");
  std::string row;
  while (std::getline(table, row)) {
    const std::size_t found = row.find(": " + address + ' ');
    // "  0: LOCAL REMOTE 0A ...": 0A is a socket that listens.
    if (found != std::string::npos && row.find(" 0A ", found) != std::string::npos) return true;
  }
  return false;
}

bool binds(int type, std::uint16_t& port) {
  const int descriptor = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof(address);
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  const bool bound =
      ::bind(descriptor, plain, size) == 0 && ::getsockname(descriptor, plain, &size) == 0;
  ::close(descriptor);
  port = ntohs(address.sin_port);
  return bound;
}

}  // namespace

ServerProcess::ServerProcess(const ServerRoot& root, Call call)
    : root_(root), call_(std::move(call)) {
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + call_.name);
  if (pid_ == 0) become_server();
  wait_until_it_listens();
}

ServerProcess::~ServerProcess() {
  if (ended_) return;
  ::kill(pid_, SIGTERM);
  if (!wait_for_end(steps_to_end)) end_at_once();
}

std::string ServerProcess::said() const {
  return root_.read("/var/log/" + call_.name + ".out");
}

void ServerProcess::become_server() const {
  ::setsid();
  // A test that is killed takes its servers along.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  std::vector<char*> words;
  for (const std::string& word : call_.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const std::string log = "/var/log/" + call_.name + ".out";
  char path[] = "PATH=/usr/sbin:/usr/bin";
  char language[] = "LC_ALL=C";
  char* environment[] = {path, language, nullptr};

  if (::chroot(root_.path().c_str()) != 0 || ::chdir("/") != 0) ::_exit(126);
  const int input = ::open("/dev/null", O_RDONLY);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  // What the test and other servers have open is none of its business.
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  ::execve(words.front(), words.data(), environment);
  ::_exit(127);
}

void ServerProcess::wait_until_it_listens() {
  for (int i = 0; i < steps_to_start; ++i) {
    if (std::ranges::all_of(call_.listens, is_listened_at)) return;
    if (wait_for_end(1)) break;
  }
  const bool ended = ended_;
  if (!ended) end_at_once();
  throw std::runtime_error(call_.name + (ended ? " has ended: " : " does not listen: ") + said());
}

/// Whether it has ended within so many steps.
bool ServerProcess::wait_for_end(int steps) {
  for (int i = 0; i < steps; ++i) {
    siginfo_t state{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &state, WEXITED | WNOHANG | WNOWAIT);
    if (state.si_pid == pid_) {
      end_at_once();
      return true;
    }
    std::this_thread::sleep_for(step);
  }
  return false;
}

/// Ends it and what it has left behind in its process group, which is named by its pid: so long as
/// that is not waited for, nobody else can have the name.
void ServerProcess::end_at_once() {
  ::kill(-pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  ended_ = true;
}

std::uint16_t free_port() {
  std::uint16_t port = 0;
  while (true) {
    port = 0;
    if (binds(SOCK_STREAM, port) && binds(SOCK_DGRAM, port)) return port;
  }
}

}  // namespace leadverify::servers
