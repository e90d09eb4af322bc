// Standard error on a terminal: the bar, and what keeps it away.
#include "support/program.hpp"
#include "support/records.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>

namespace leadverify {
namespace {

/// A terminal of 60 columns, of which the test is the screen.
class Terminal {
 public:
  Terminal() {
    winsize size{};
    size.ws_col = 60;
    size.ws_row = 24;
    REQUIRE(::openpty(&screen_, &line_, nullptr, nullptr, &size) == 0);
    ::fcntl(screen_, F_SETFD, FD_CLOEXEC);
    ::fcntl(line_, F_SETFD, FD_CLOEXEC);
  }
  ~Terminal() {
    ::close(screen_);
    ::close(line_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// What a program is given as a standard stream.
  int line() const { return line_; }

  /// Waits until `text` was shown; false after 20 seconds.
  bool wait_for(std::string_view text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (shown_.find(text) == std::string::npos) {
      if (std::chrono::steady_clock::now() > end) return false;
      take_in(50);
    }
    return true;
  }

  /// All that was shown so far.
  const std::string& shown() {
    while (take_in(0)) {
    }
    return shown_;
  }

 private:
  bool take_in(int patience) {
    pollfd ready = {.fd = screen_, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, patience) != 1) return false;
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(screen_, buffer.data(), buffer.size());
    if (count <= 0) return false;
    shown_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  int screen_ = -1;
  int line_ = -1;
  std::string shown_;
};

Call watched(const Terminal& terminal, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--check", "syntax"});
  return {.arguments = std::move(arguments),
          .standard_error = terminal.line(),
          .environment = {{"TERM", "xterm"}}};
}

TEST_CASE("on a terminal a bar is redrawn in one line", "[program][terminal]") {
  Terminal terminal;
  Program program(watched(terminal, {"--color", "never"}));
  program.write("ada@example.org\n");

  REQUIRE(terminal.wait_for("\r\033[K"));
  CHECK(program.finish().exit_status == 0);

  const std::string shown = terminal.shown();
  CHECK(shown.find("unknown     1  100.0%   not_checked 1\r\n") != std::string::npos);
  std::size_t begin = 0;
  for (std::size_t end = shown.find("\r\033[K"); end != std::string::npos;
       end = shown.find("\r\033[K", begin)) {
    CHECK(end - begin < 60);
    begin = end + 4;
  }
}

TEST_CASE("a quiet run shows no bar", "[program][terminal]") {
  const auto arguments =
      GENERATE(values<std::vector<std::string>>({{"-q"}, {"-q", "--progress", "bar"}}));
  Terminal terminal;
  const Outcome outcome = run_program(watched(terminal, arguments), "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(terminal.shown().empty());
}

TEST_CASE("a terminal that can't redraw gets plain lines", "[program][terminal]") {
  Terminal terminal;
  Call call = watched(terminal, {});
  call.environment = {{"TERM", "dumb"}};

  CHECK(run_program(call, "ada@example.org\n").exit_status == 0);

  CHECK(terminal.shown().find('\033') == std::string::npos);
  CHECK(terminal.shown().find("unknown     1  100.0%") != std::string::npos);
}

TEST_CASE("colours are for terminals, and for those who want them", "[program][terminal]") {
  struct Example {
    std::vector<std::string> arguments;
    std::string no_colour;
    bool coloured;
  };
  const auto example = GENERATE(values<Example>({
      {{}, "", true},
      {{}, "1", false},
      {{"--color", "never"}, "", false},
      {{"--color", "always"}, "1", true},
  }));
  CAPTURE(example.arguments, example.no_colour);
  Terminal terminal;
  Call call = watched(terminal, example.arguments);
  call.environment.emplace_back("NO_COLOR", example.no_colour);

  CHECK(run_program(call, "ada@example.org\n").exit_status == 0);

  const bool coloured = terminal.shown().find("\033[32mvalid") != std::string::npos;
  CHECK(coloured == example.coloured);
}

TEST_CASE("records and bar on one terminal do not mix", "[program][terminal]") {
  Terminal terminal;
  Call call = watched(terminal, {});
  call.standard_output = terminal.line();
  Program program(call);
  program.write("ada@example.org\n");
  REQUIRE(terminal.wait_for("unknown 1"));

  program.write("bob@example.org\n");
  REQUIRE(terminal.wait_for("bob@example.org"));
  CHECK(program.finish().exit_status == 0);

  CHECK(terminal.shown().find("\r\033[K{\"type\":\"result\"") != std::string::npos);
}

TEST_CASE("a bar that was asked for without a terminal is plain lines", "[program][terminal]") {
  const Outcome outcome =
      run_program({.arguments = {"--check", "syntax", "--progress", "bar"}}, "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.find('\033') == std::string::npos);
  CHECK(outcome.messages.find("1/1 (100%)") != std::string::npos);
}

}  // namespace
}  // namespace leadverify
