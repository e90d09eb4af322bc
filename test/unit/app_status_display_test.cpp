#include "app/base/descriptor.hpp"
#include "app/terminal/status_display.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fcntl.h>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

/// A standard error that the test reads.
class Screen {
 public:
  Screen() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
    reader_ = Descriptor(ends[0]);
    writer_ = Descriptor(ends[1]);
  }
  int writer() const { return writer_.number(); }

  /// What was written since the last call.
  std::string text() const {
    std::string text(65536, '\0');
    const ssize_t count = ::read(reader_.number(), text.data(), text.size());
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }

  void fill() const {
    const std::string block(4096, 'x');
    while (::write(writer_.number(), block.data(), block.size()) > 0) {
    }
  }

 private:
  Descriptor reader_;
  Descriptor writer_;
};

RunStatus after(std::chrono::nanoseconds elapsed) {
  RunStatus status;
  status.elapsed = elapsed;
  return status;
}

TEST_CASE("a plain line is added every ten seconds", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::plain, {});

  for (const auto elapsed : {0s, 5s, 9s}) display.show(after(elapsed));
  CHECK(screen.text().empty());

  for (const auto elapsed : {10s, 11s, 19s, 20s}) display.show(after(elapsed));
  const std::string shown = screen.text();
  CHECK(std::count(shown.begin(), shown.end(), '\n') == 2);
}

TEST_CASE("a bar changes at most five times a second", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::bar, {});

  for (int step = 0; step < 100; ++step) display.show(after(step * 10ms));

  const std::string shown = screen.text();
  CHECK(std::count(shown.begin(), shown.end(), '\r') == 4);
}

TEST_CASE("a line stands above the bar, which follows it", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::bar, {});
  display.show(after(0s));
  const std::string bar = screen.text();

  display.say("news");

  CHECK(screen.text() == "\r\033[Knews\n" + bar);
}

TEST_CASE("the bar is taken away while something else is written", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::bar, {});
  display.lift();
  display.put_back();
  CHECK(screen.text().empty());

  display.show(after(0s));
  const std::string bar = screen.text();
  display.lift();
  CHECK(screen.text() == "\r\033[K");
  display.put_back();
  CHECK(screen.text() == bar);
}

TEST_CASE("without a style nothing is shown but what is said", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::none, {});

  display.show(after(100s));
  display.finish(after(100s));
  display.say("news");

  CHECK(screen.text() == "news\n");
}

TEST_CASE("what is said is safe to show, and one line", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::none, {});

  display.say("cannot read \033]0;pwn\a\xC2\x9B\u202E\xFF\nnext");
  display.say_if_free("\033[31m");

  CHECK(screen.text() == "cannot read \uFFFD]0;pwn\uFFFD\uFFFD\uFFFD\uFFFD next\n\uFFFD[31m\n");
}

TEST_CASE("an answer has the colours of the terminal", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::none, {.colours = true});

  display.answer_if_free(after(1s));

  CHECK(screen.text().find("\033[32mvalid 0\033[0m") != std::string::npos);
}

TEST_CASE("who must not be held up leaves a line out", "[app][display]") {
  const Screen screen;
  StatusDisplay display(screen.writer(), StatusDisplay::Style::none, {});
  screen.fill();

  display.say_if_free("news");

  std::string shown = screen.text();
  CHECK(shown.find("news") == std::string::npos);
}

}  // namespace
}  // namespace leadverify::app
