#include "app/base/descriptor.hpp"
#include "app/output/trace_file.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>

namespace leadverify::app {
namespace {

TraceLine line(std::string text) {
  return {.session = 1,
          .mx = "mx.example.org",
          .mx_ip = "192.0.2.1",
          .kind = TraceLine::Kind::sent,
          .text = std::move(text)};
}

TEST_CASE("a trace ends at its limit, and says so", "[app][trace]") {
  const TemporaryFolder folder;
  const Descriptor file(::open(folder.path("trace").c_str(), O_WRONLY | O_CREAT, 0600));
  TraceFile trace(file.number(), {.octets = 300});

  for (int i = 0; i < 100; ++i) trace.write(line("NOOP"));
  trace.close();

  const std::string text = folder.read("trace");
  CHECK(text.size() < 600);
  CHECK(text.find("NOOP") != std::string::npos);
  CHECK(text.ends_with("\"text\":\"the trace ends here: it is as large as it may be\"}\n"));
}

TEST_CASE("a trace that nobody empties holds nobody up", "[app][trace]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  Descriptor reader(ends[0]);
  const Descriptor end(ends[1]);
  std::signal(SIGPIPE, SIG_IGN);
  TraceFile trace(end.number(), {.unwritten = 100'000});

  for (int i = 0; i < 5'000; ++i) trace.write(line(std::string(400, 'x')));

  reader.close();
  trace.close();
  CHECK(trace.failure() == EPIPE);
}

/// Reads from `reader` what is there, or comes within 50 ms.
std::string read_some(const Descriptor& reader) {
  pollfd ready = {.fd = reader.number(), .events = POLLIN, .revents = 0};
  if (::poll(&ready, 1, 50) != 1) return {};
  std::string text(65536, '\0');
  const ssize_t count = ::read(reader.number(), text.data(), text.size());
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return text;
}

TEST_CASE("lines that a slow disk left out are counted", "[app][trace]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
  const Descriptor reader(ends[0]);
  const Descriptor end(ends[1]);
  const std::string page(4096, 'x');
  while (::write(end.number(), page.data(), page.size()) > 0) {
  }
  TraceFile trace(end.number(), {.unwritten = 1});
  // The first waits for room, so there is none for the others.
  for (const char* const text : {"one", "two", "three"}) trace.write(line(text));

  std::string text;
  while (text.find("\"one\"") == std::string::npos) text += read_some(reader);
  // Until the writer is done with that one, others are left out too.
  for (int left_out = 2; text.find("late") == std::string::npos; ++left_out) {
    trace.write(line("late, behind " + std::to_string(left_out)));
    text += read_some(reader);
  }
  trace.close();

  CHECK(text.find("\"two\"") == std::string::npos);
  const std::size_t late = text.find("late, behind ") + 13;
  const std::string count = text.substr(late, text.find('"', late) - late);
  CHECK(text.find("\"" + count + " lines are left out: the disk is too slow for them\"") <
        text.find("late"));
}

}  // namespace
}  // namespace leadverify::app
