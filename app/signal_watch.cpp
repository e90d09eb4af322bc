#include "app/signal_watch.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/signalfd.h>
#include <system_error>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Between two looks whether a run that is to end does: the second comes before the 10 seconds
// are over that open sessions have to close.
constexpr auto between_looks = 4500ms;

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGUSR1);
  // nohup means what it says. A SIGINT that was ignored, as a shell's script has it for what
  // it starts with '&', is taken nevertheless: only a person's kill sends one to it.
  if (!is_ignored(SIGHUP)) sigaddset(&signals, SIGHUP);
  return signals;
}

/// Milliseconds for poll() until the earlier of the two, rounded up; below 0 where there is none.
int wait_until(std::optional<Clock::time_point> due, std::optional<Clock::time_point> other) {
  if (!due || (other && *other < *due)) due = other;
  if (!due) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - Clock::now()).count();
  constexpr long an_hour = 3'600'000;
  return static_cast<int>(std::clamp(static_cast<long>(left), 0L, an_hour));
}

}  // namespace

void hold_back_signals() {
  const sigset_t signals = watched_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

SignalWatch::SignalWatch(std::optional<std::chrono::nanoseconds> patience, Callbacks callbacks)
    : callbacks_(std::move(callbacks)) {
  const sigset_t signals = watched_signals();
  signals_ = Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals_.is_open()) throw std::system_error(errno, std::generic_category());
  done_ = make_event();
  if (patience) deadline_ = Clock::now() + *patience;
  thread_ = std::thread([this] { run(); });
}

SignalWatch::~SignalWatch() {
  raise_event(done_);
  thread_.join();
}

void SignalWatch::run() {
  std::array<pollfd, 2> waits = {pollfd{.fd = signals_.number(), .events = POLLIN, .revents = 0},
                                 pollfd{.fd = done_.number(), .events = POLLIN, .revents = 0}};
  while (true) {
    const int ready = ::poll(waits.data(), waits.size(), wait_until(deadline_, next_look_));
    tell_time();
    if (ready <= 0) continue;
    if (waits[0].revents != 0) take_signal();
    if (waits[1].revents != 0) return;
  }
}

/// Calls what is due.
void SignalWatch::tell_time() {
  const auto now = Clock::now();
  if (deadline_ && now >= *deadline_) {
    deadline_.reset();
    if (!next_look_) next_look_ = now + between_looks;
    callbacks_.on_deadline();
  }
  if (!next_look_ || now < *next_look_) return;
  next_look_ = now + between_looks;
  callbacks_.on_wait_for_end();
}

void SignalWatch::take_signal() {
  signalfd_siginfo taken{};
  if (::read(signals_.number(), &taken, sizeof taken) != sizeof taken) return;
  const int signal = static_cast<int>(taken.ssi_signo);
  if (signal == SIGUSR1) {
    callbacks_.on_status();
    return;
  }
  if (!next_look_) next_look_ = Clock::now() + between_looks;
  callbacks_.on_end(signal);
}

}  // namespace leadverify::app
