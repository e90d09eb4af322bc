#include "app/base/watched_output.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fcntl.h>
#include <thread>

namespace leadverify::app {
namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    reader = Descriptor(ends[0]);
    end = Descriptor(ends[1]);
  }

  /// Takes `count` octets out of it, waiting for them.
  void read(std::size_t count) const {
    std::array<char, 4096> octets{};
    while (count > 0) {
      const ssize_t taken = ::read(reader.number(), octets.data(), std::min(count, octets.size()));
      REQUIRE(taken > 0);
      count -= static_cast<std::size_t>(taken);
    }
  }

  Descriptor reader;
  Descriptor end;
};

/// Looks until `output` stands still; false after 20 seconds.
bool comes_to_stand(WatchedOutput& output) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    if (output.stands_still()) return true;
    std::this_thread::yield();
  }
  return false;
}

TEST_CASE("an output stands still while nobody takes anything, however little",
          "[app][watched_output]") {
  const Pipe pipe;
  WatchedOutput output(pipe.end.number());
  const std::string text(1'000'000, 'x');
  CHECK_FALSE(output.stands_still());

  std::thread writer([&] { output.write(text); });
  const bool came_to_stand = comes_to_stand(output);
  const bool still_stands = output.stands_still();
  pipe.read(1);
  const bool stands_after_an_octet = output.stands_still();
  const bool stands_again = comes_to_stand(output);
  pipe.read(text.size() - 1);
  writer.join();

  CHECK(came_to_stand);
  CHECK(still_stands);
  CHECK_FALSE(stands_after_an_octet);
  CHECK(stands_again);
  CHECK_FALSE(output.stands_still());
}

TEST_CASE("a full output that nothing is written to does not stand still",
          "[app][watched_output]") {
  const Pipe pipe;
  ::fcntl(pipe.end.number(), F_SETFL, O_NONBLOCK);
  const std::string page(4096, 'x');
  while (::write(pipe.end.number(), page.data(), page.size()) > 0) {
  }
  WatchedOutput output(pipe.end.number());

  CHECK_FALSE(output.stands_still());
  CHECK_FALSE(output.stands_still());
}

TEST_CASE("what is watched is written whole, to a pipe and to a file", "[app][watched_output]") {
  const TemporaryFolder folder;
  const Descriptor file(::open(folder.path("out").c_str(), O_WRONLY | O_CREAT, 0600));
  std::string text;
  for (int number = 0; number < 10'000; ++number) text += std::to_string(number);

  CHECK(WatchedOutput(file.number()).write(text).octets == text.size());
  CHECK(folder.read("out") == text);

  const Pipe pipe;
  const std::string part = text.substr(0, 10'000);
  CHECK(WatchedOutput(pipe.end.number()).write(part).octets == part.size());
  std::string found(part.size(), '\0');
  CHECK(::read(pipe.reader.number(), found.data(), found.size()) == ssize_t(found.size()));
  CHECK(found == part);
}

TEST_CASE("a watched write that fails tells how far it came", "[app][watched_output]") {
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));

  const Written written = WatchedOutput(full.number()).write(std::string(10'000, 'x'));

  CHECK(written.fault == ENOSPC);
  CHECK(written.octets == 0);
}

}  // namespace
}  // namespace leadverify::app
