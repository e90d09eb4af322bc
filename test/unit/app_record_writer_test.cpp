#include "app/base/descriptor.hpp"
#include "app/output/record_writer.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <fcntl.h>

namespace leadverify::app {
namespace {

TEST_CASE("records are written as whole lines in their order", "[app][writer]") {
  TemporaryFolder folder;
  const Descriptor file(::open(folder.path("out").c_str(), O_WRONLY | O_CREAT, 0600));
  std::string expected;
  RecordWriter writer(file.number(), {});

  for (int number = 0; number < 50'000; ++number) {
    const std::string record = "record " + std::to_string(number);
    writer.wait_for_room();
    writer.write(record);
    expected += record + "\n";
  }
  writer.close();

  CHECK(folder.read("out") == expected);
  CHECK_FALSE(writer.failure().has_value());
}

TEST_CASE("a record is written soon although no other follows", "[app][writer]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const Descriptor reader(ends[0]);
  const Descriptor end(ends[1]);
  RecordWriter writer(end.number(), {});

  writer.write("alone");

  std::array<char, 16> octets{};
  CHECK(::read(reader.number(), octets.data(), octets.size()) == 6);
}

TEST_CASE("a pipe that nobody empties holds up new work until its reader goes", "[app][writer]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  Descriptor reader(ends[0]);
  const Descriptor end(ends[1]);
  std::signal(SIGPIPE, SIG_IGN);
  RecordWriter writer(end.number(), {});
  for (int number = 0; number < 2000; ++number) writer.write(std::string(1000, 'x'));

  std::atomic<bool> has_room = false;
  std::thread reading([&] {
    writer.wait_for_room();
    has_room = true;
  });
  CHECK_FALSE(has_room);
  reader.close();
  reading.join();

  CHECK(has_room);
  writer.close();
  CHECK(writer.failure() == EPIPE);
}

TEST_CASE("an end that can't wait has all that was handed over written, if it can be",
          "[app][writer]") {
  TemporaryFolder folder;
  const Descriptor file(::open(folder.path("out").c_str(), O_WRONLY | O_CREAT, 0600));
  RecordWriter writer(file.number(), {});
  writer.write("one");
  writer.write("two");

  writer.close_within(std::chrono::seconds(20));

  CHECK(folder.read("out") == "one\ntwo\n");
}

TEST_CASE("an end that can't wait leaves an output that takes nothing", "[app][writer]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  Descriptor reader(ends[0]);
  const Descriptor end(ends[1]);
  std::signal(SIGPIPE, SIG_IGN);
  RecordWriter writer(end.number(), {});
  for (int number = 0; number < 2000; ++number) writer.write(std::string(1000, 'x'));

  writer.close_within(std::chrono::milliseconds(10));

  CHECK(writer.unwritten() > 0);
  reader.close();
}

TEST_CASE("an output that takes no more is reported once", "[app][writer]") {
  const Descriptor full(::open("/dev/full", O_WRONLY));
  std::atomic<int> failures = 0;
  RecordWriter writer(full.number(), {.on_failure = [&] { ++failures; }});

  writer.write("one");
  writer.close();
  writer.write("two");

  CHECK(failures == 1);
  CHECK(writer.failure() == ENOSPC);
}

}  // namespace
}  // namespace leadverify::app
