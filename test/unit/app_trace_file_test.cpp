#include "app/base/descriptor.hpp"
#include "app/output/trace_file.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fcntl.h>

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

TEST_CASE("lines that a slow disk left out are counted", "[app][trace]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  Descriptor reader(ends[0]);
  const Descriptor end(ends[1]);
  TraceFile trace(end.number(), {.unwritten = 1});
  trace.write(line("one"));
  trace.write(line("two"));
  trace.write(line("three"));

  std::array<char, 4096> octets{};
  std::string text(octets.data(), std::size_t(::read(reader.number(), octets.data(), 4096)));
  while (text.find("four") == std::string::npos) {
    trace.write(line("four"));
    text.append(octets.data(), std::size_t(::read(reader.number(), octets.data(), 4096)));
  }
  trace.close();

  CHECK(text.find("\"one\"") != std::string::npos);
  CHECK(text.find("\"two\"") == std::string::npos);
  CHECK(text.find("2 lines are left out: the disk is too slow for them") != std::string::npos);
}

}  // namespace
}  // namespace leadverify::app
