#include "app/input/octet_source.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

namespace leadverify::app {
namespace {

using namespace std::string_literals;

constexpr int never = -1;  // no event stops it

const std::string mark = "\xEF\xBB\xBF";

std::string read(OctetSource& source) {
  std::string text;
  for (auto octets = source.next(); !octets.empty(); octets = source.next()) text += octets;
  return text;
}

TEST_CASE("a byte-order mark in front of the text is no part of it", "[app][octets]") {
  struct Example {
    std::string content;
    std::string text;
  };
  const auto example = GENERATE(values<Example>({
      {"", ""},
      {"ada", "ada"},
      {mark, ""},
      {mark + "ada" + mark, "ada" + mark},
      {"\xEF\xBB", "\xEF\xBB"},
      {"\xEF\xBB\n", "\xEF\xBB\n"},
      {"\xEF" + mark, "\xEF" + mark},
      {"\xFF", "\xFF"},
  }));
  CAPTURE(example.content);
  TemporaryFolder folder;
  OctetSource source(folder.write("list", example.content), never);

  CHECK(read(source) == example.text);
  CHECK(source.ended());
  CHECK(source.octets_read() == example.content.size());
}

TEST_CASE("a byte-order mark may come octet by octet", "[app][octets]") {
  TemporaryFolder folder;
  const std::string fifo = folder.path("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::thread writer([&] {
    const Descriptor end(::open(fifo.c_str(), O_WRONLY));
    for (const char octet : mark + "ada") write_all(end.number(), {&octet, 1});
  });
  OctetSource source(fifo, never);

  const std::string text = read(source);
  writer.join();

  CHECK(text == "ada");
}

TEST_CASE("a file that can't be read is told before the run", "[app][octets]") {
  TemporaryFolder folder;
  const std::string good = folder.write("good", "ada@example.org\n");
  const std::string folder_path = folder.path("");

  CHECK_FALSE(input_fault({good}).has_value());
  CHECK(input_fault({good, folder.path("none")}) ==
        "cannot read " + folder.path("none") + ": No such file or directory");
  CHECK(input_fault({folder_path}) == "cannot read " + folder_path + ": Is a directory");
}

TEST_CASE("UTF-16 is refused with the way to convert it", "[app][octets]") {
  TemporaryFolder folder;
  const auto beginning = GENERATE(
      "\xFF\xFE"
      "a\0"s,
      "\xFE\xFF\0a"s);
  const std::string list = folder.write("list", beginning);
  const std::string words = list + " is UTF-16: convert it with iconv -f UTF-16 -t UTF-8";

  CHECK(input_fault({list}) == words);

  OctetSource source(list, never);
  CHECK(source.next().empty());
  CHECK(source.fault() == words);
}

}  // namespace
}  // namespace leadverify::app
