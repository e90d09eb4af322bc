#include "app/input/line_source.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <fcntl.h>
#include <random>
#include <sys/stat.h>
#include <thread>
#include <vector>

namespace leadverify::app {
namespace {

using namespace std::string_literals;

constexpr int never = -1;  // no event stops it

std::vector<Input> read(LineSource& source) {
  std::vector<Input> inputs;
  while (std::optional<Input> input = source.next()) inputs.push_back(std::move(*input));
  return inputs;
}

TEST_CASE("each address comes with the number of its line", "[app][lines]") {
  TemporaryFolder folder;
  LineSource source(
      {folder.write("list", "# a list\nada@example.org\n\nbob@example.org")}, {}, never);

  const std::vector<Input> inputs = read(source);

  REQUIRE(inputs.size() == 2);
  CHECK(inputs[0].text == "ada@example.org");
  CHECK(inputs[0].line == 2);
  CHECK_FALSE(inputs[0].file.has_value());
  CHECK(inputs[1].line == 4);
  CHECK(source.skipped() == 2);
  CHECK(source.finished());
  CHECK_FALSE(source.fault().has_value());
}

TEST_CASE("of several files each is counted by itself and named", "[app][lines]") {
  TemporaryFolder folder;
  const std::string first = folder.write("first", "ada@example.org");
  const std::string second = folder.write("second",
                                          "\xEF\xBB\xBF"
                                          "bob@example.org\n");
  const std::string empty = folder.write("empty", "");
  LineSource source({first, empty, second}, {}, never);

  const std::vector<Input> inputs = read(source);

  REQUIRE(inputs.size() == 2);
  CHECK(inputs[0].file == first);
  CHECK(inputs[1].file == second);
  CHECK(inputs[1].text == "bob@example.org");
  CHECK(inputs[1].line == 1);
  CHECK(source.octets_read() == source.octets_in_all());
}

TEST_CASE("a line of megabytes is one input of a few KiB", "[app][lines]") {
  TemporaryFolder folder;
  const std::string text = "x" + std::string(3'000'000, 'y') + "\nada@example.org\n";
  LineSource source({folder.write("list", text)}, {}, never);

  const std::vector<Input> inputs = read(source);

  REQUIRE(inputs.size() == 2);
  CHECK(inputs[0].text.size() > 320);
  CHECK(inputs[0].text.size() <= 8192);
  CHECK(inputs[1].line == 2);
}

TEST_CASE("random octets give one input for each line that is not skipped", "[app][lines]") {
  std::mt19937 random(6531);
  std::string text = "begin\n";
  std::size_t expected = 1;
  for (int line = 0; line < 3000; ++line) {
    std::string octets;
    for (std::size_t i = random() % 100; i > 0; --i) {
      const char octet = static_cast<char>(random() % 256);
      if (octet != '\n') octets += octet;
    }
    text += octets + "\n";
    const std::size_t begin = octets.find_first_not_of(" \t\r\v\f");
    if (begin != std::string::npos && octets[begin] != '#') ++expected;
  }
  TemporaryFolder folder;
  LineSource source({folder.write("list", text)}, {}, never);

  CHECK(read(source).size() == expected);
  CHECK(source.skipped() == 3001 - expected);
}

TEST_CASE("a FIFO is read as it is written", "[app][lines]") {
  TemporaryFolder folder;
  const std::string fifo = folder.path("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::thread writer([&] {
    const Descriptor end(::open(fifo.c_str(), O_WRONLY));
    for (const char octet : "ada@example.org\nbob@exa"s) write_all(end.number(), {&octet, 1});
    write_all(end.number(), "mple.org");
  });
  LineSource source({fifo}, {}, never);

  const std::vector<Input> inputs = read(source);
  writer.join();

  REQUIRE(inputs.size() == 2);
  CHECK(inputs[1].text == "bob@example.org");
  CHECK_FALSE(source.octets_in_all().has_value());
}

TEST_CASE("a wait for input ends when the run is to stop", "[app][lines]") {
  TemporaryFolder folder;
  const std::string fifo = folder.path("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const Descriptor stop = make_event();
  raise_event(stop);
  LineSource source({fifo}, {}, stop.number());

  CHECK_FALSE(source.next().has_value());
  CHECK_FALSE(source.finished());
  CHECK_FALSE(source.fault().has_value());
}

TEST_CASE("a file that goes away before its turn ends the reading with a fault", "[app][lines]") {
  TemporaryFolder folder;
  const std::string good = folder.write("good", "ada@example.org\n");
  LineSource source({good, folder.path("gone"), good}, {}, never);

  CHECK(read(source).size() == 1);
  CHECK_FALSE(source.finished());
  CHECK(source.fault() == "cannot read " + folder.path("gone") + ": No such file or directory");
}

TEST_CASE("each file is read in the format that its name tells", "[app][lines]") {
  TemporaryFolder folder;
  const std::string text = folder.write("list.txt", "ada@example.org\n");
  const std::string csv = folder.write("list.CSV", "name;email\nBob;bob@example.org\n");
  const std::string tsv = folder.write("list.tsv", "name\temail\nCyd\tcyd@example.org\n");
  const std::string jsonl = folder.write("list.ndjson", "\n\"dan@example.org\"\n");
  LineSource source({text, csv, tsv, jsonl}, {}, never);

  const std::vector<Input> inputs = read(source);

  REQUIRE(inputs.size() == 4);
  CHECK(inputs[1].text == "bob@example.org");
  CHECK(inputs[1].line == 2);
  CHECK(inputs[2].text == "cyd@example.org");
  CHECK(inputs[3].text == "dan@example.org");
  CHECK(source.skipped() == 1);
  CHECK(source.octets_read() == source.octets_in_all());
}

TEST_CASE("a column that is not there ends the reading as a mistake of the call", "[app][lines]") {
  TemporaryFolder folder;
  const std::string good = folder.write("good.csv", "email\nada@example.org\n");
  const std::string bad = folder.write("bad.csv", "name\nAda\n");
  LineSource source({good, bad}, {}, never);

  CHECK(read(source).size() == 1);
  CHECK_FALSE(source.finished());
  CHECK(source.is_misused());
  CHECK(source.fault()->starts_with(bad + " has no column called email"));
}

TEST_CASE("with --keep an item of a text has a row of nothing", "[app][lines]") {
  TemporaryFolder folder;
  const std::string text = folder.write("list", "ada@example.org\n");
  LineSource source({text}, {.keep = {.all = true}}, never);

  const std::vector<Input> inputs = read(source);

  REQUIRE(inputs.size() == 1);
  REQUIRE(inputs[0].row.has_value());
  CHECK_FALSE(inputs[0].row->names);
}

}  // namespace
}  // namespace leadverify::app
