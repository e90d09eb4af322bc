#include "support/program.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>

namespace leadverify {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto deadline = 20s;
constexpr auto step = 50ms;
constexpr int exec_failed = 127;

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return {.read_end = ends[0], .write_end = ends[1]};
}

void put_in_place(int stream, int descriptor) {
  if (descriptor == closed_stream) {
    ::close(stream);
  } else {
    ::dup2(descriptor, stream);
  }
}

int status_of(int waited) {
  return WIFSIGNALED(waited) ? -WTERMSIG(waited) : WEXITSTATUS(waited);
}

}  // namespace

Program::Program(const Call& call) {
  // A program that ends early is no end of the test.
  std::signal(SIGPIPE, SIG_IGN);
  const Pipe in = make_pipe();
  const Pipe out = make_pipe();
  const Pipe err = make_pipe();
  pid_ = ::fork();
  if (pid_ == 0) {
    become_program(call,
                   call.standard_input.value_or(in.read_end),
                   call.standard_output.value_or(out.write_end),
                   call.standard_error.value_or(err.write_end));
  }
  for (const int given : {in.read_end, out.write_end, err.write_end}) ::close(given);
  if (pid_ < 0) throw std::runtime_error("cannot start a program");
  input_ = in.write_end;
  output_.descriptor = out.read_end;
  messages_.descriptor = err.read_end;
  ::fcntl(input_, F_SETFL, O_NONBLOCK);
}

void Program::become_program(const Call& call, int input, int output, int messages) {
  std::signal(SIGPIPE, SIG_DFL);
  put_in_place(STDIN_FILENO, input);
  put_in_place(STDOUT_FILENO, output);
  put_in_place(STDERR_FILENO, messages);
  if (call.largest_file) {
    const rlimit limit = {.rlim_cur = *call.largest_file, .rlim_max = *call.largest_file};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  for (const auto& [name, value] : call.environment) ::setenv(name.c_str(), value.c_str(), 1);

  std::vector<std::string> words = call.under;
  words.emplace_back(LEADVERIFY_PROGRAM);
  words.insert(words.end(), call.arguments.begin(), call.arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execvp(pointers.front(), pointers.data());
  ::_exit(exec_failed);
}

Program::~Program() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  close(input_);
  close(output_.descriptor);
  close(messages_.descriptor);
}

void Program::write(std::string_view text) {
  const auto end = Clock::now() + deadline;
  while (!text.empty() && Clock::now() < end) {
    const ssize_t count = ::write(input_, text.data(), text.size());
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    if (count < 0 && errno != EAGAIN) return;
    take_in(input_, text.empty() ? 0ms : step);
  }
}

void Program::close_input() {
  close(input_);
}

void Program::close_output() {
  close(output_.descriptor);
}

void Program::send(int signal) {
  if (pid_ > 0) ::kill(pid_, signal);
}

bool Program::wait_for(Stream& stream, std::string_view text) {
  const auto end = Clock::now() + deadline;
  while (stream.text.find(text) == std::string::npos) {
    if (stream.descriptor < 0 || Clock::now() >= end) return false;
    pollfd ready = {.fd = stream.descriptor, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(step.count())) == 1) read_some(stream);
  }
  return true;
}

int Program::wait() {
  std::optional<int> status = wait_for_end(deadline);
  if (!status) send(SIGKILL);
  while (!status) status = wait_for_end(deadline);
  return *status;
}

std::optional<int> Program::wait_for_end(std::chrono::milliseconds patience) {
  const auto end = Clock::now() + patience;
  int waited = 0;
  while (::waitpid(pid_, &waited, WNOHANG) == 0) {
    if (Clock::now() >= end) return std::nullopt;
    ::poll(nullptr, 0, 1);
  }
  pid_ = -1;
  return status_of(waited);
}

Outcome Program::finish() {
  close(input_);
  const auto end = Clock::now() + deadline;
  while ((output_.descriptor >= 0 || messages_.descriptor >= 0) && Clock::now() < end) {
    take_in(-1, step);
  }
  Outcome outcome;
  outcome.exit_status = wait();
  outcome.output = output_.text;
  outcome.messages = messages_.text;
  return outcome;
}

/// Waits until there is something to take in, or room in `writable`.
void Program::take_in(int writable, std::chrono::milliseconds patience) {
  std::array<pollfd, 3> waits = {pollfd{.fd = output_.descriptor, .events = POLLIN, .revents = 0},
                                 pollfd{.fd = messages_.descriptor, .events = POLLIN, .revents = 0},
                                 pollfd{.fd = writable, .events = POLLOUT, .revents = 0}};
  if (::poll(waits.data(), waits.size(), static_cast<int>(patience.count())) <= 0) return;
  if (waits[0].revents != 0) read_some(output_);
  if (waits[1].revents != 0) read_some(messages_);
}

void Program::read_some(Stream& stream) {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::read(stream.descriptor, buffer.data(), buffer.size());
  if (count > 0) stream.text.append(buffer.data(), static_cast<std::size_t>(count));
  if (count == 0 || (count < 0 && errno != EINTR)) close(stream.descriptor);
}

void Program::close(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

Outcome run_program(const Call& call, std::string_view input) {
  Program program(call);
  program.write(input);
  return program.finish();
}

}  // namespace leadverify
