#include <leadverify/json_line.hpp>

#include "app/base/descriptor.hpp"
#include "app/base/usage_error.hpp"
#include "app/output/output_file.hpp"
#include "app/resume/file_trim.hpp"
#include "app/resume/journal.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <fcntl.h>
#include <sys/stat.h>

namespace leadverify::app {
namespace {

using namespace std::string_literals;

std::string record(std::uint64_t line, Reason reason = Reason::not_checked) {
  Result result;
  result.input = {.text = "ada@example.org", .line = line, .file = std::nullopt};
  result.email = result.input.text;
  result.status = status_of(reason);
  result.reason = reason;
  return json_line(result) + "\n";
}

std::string summary() {
  return json_line(Summary{}) + "\n";
}

/// A file with `content`, as a journal.
struct File {
  explicit File(std::string_view content)
      : name(folder.write("out", content)), opened(::open(name.c_str(), O_RDWR | O_CLOEXEC)) {}

  /// The lines of the input that are finished.
  std::vector<std::uint64_t> finished() {
    Journal journal(opened.number(), name);
    std::vector<std::uint64_t> lines;
    while (const auto result = journal.next()) lines.push_back(result->input.line);
    kept = journal.kept();
    return lines;
  }

  TemporaryFolder folder;
  std::string name;
  Descriptor opened;
  std::vector<Span> kept;
};

using Lines = std::vector<std::uint64_t>;

TEST_CASE("a journal ends with its last whole line, wherever it was torn", "[app][journal]") {
  const std::string first = record(7);
  const std::string second = record(3);
  const std::string whole = first + second + record(9);
  File file(whole);
  for (std::size_t length = whole.size(); length + 1 > 0; --length) {
    CAPTURE(length);
    REQUIRE(::ftruncate(file.opened.number(), static_cast<off_t>(length)) == 0);
    Lines expected;
    if (length >= first.size()) expected.push_back(7);
    if (length >= first.size() + second.size()) expected.push_back(3);
    if (length == whole.size()) expected.push_back(9);

    REQUIRE(file.finished() == expected);

    const std::size_t lines_end = expected.empty() ? 0 : whole.rfind('\n', length - 1) + 1;
    const std::vector<Span> kept = {{.begin = 0, .end = lines_end}};
    CHECK(file.kept == (expected.empty() ? std::vector<Span>{} : kept));
  }
}

TEST_CASE("octets that never reached the disk are the end of a journal", "[app][journal]") {
  CHECK(File(record(1) + std::string(5000, '\0')).finished() == Lines{1});
  CHECK(File(record(1) + record(2).substr(0, 50) + std::string(50, '\0')).finished() == Lines{1});
}

TEST_CASE("a long journal is read piece by piece", "[app][journal]") {
  std::string whole;
  Lines expected;
  for (std::uint64_t line = 1; line <= 2000; ++line) {
    whole += record(line);
    expected.push_back(line);
  }
  File file(whole);

  CHECK(file.finished() == expected);
  CHECK(file.kept == std::vector<Span>{{.begin = 0, .end = whole.size()}});
}

TEST_CASE("summaries and interrupted records are not kept", "[app][journal]") {
  const std::string first = record(1);
  const std::string second = record(3);
  File file(first + summary() + record(2, Reason::interrupted) + second + summary());

  CHECK(file.finished() == Lines{1, 3});

  trim_file(file.opened, file.name, file.kept);
  CHECK(write_all(file.opened.number(), "next").octets == 4);
  CHECK(file.folder.read("out") == first + second + "next");
}

TEST_CASE("a file that only loses its end stays the same file", "[app][journal]") {
  File file(record(1) + summary() + "{\"type\":\"res");
  const auto before = regular_file(file.opened.number());

  CHECK(file.finished() == Lines{1});
  trim_file(file.opened, file.name, file.kept);

  CHECK(file.folder.read("out") == record(1));
  CHECK(regular_file(file.opened.number()) == before);
}

TEST_CASE("a file that is written anew keeps its mode and its lock", "[app][journal]") {
  File file(summary() + record(1));
  REQUIRE(::fchmod(file.opened.number(), 0640) == 0);
  REQUIRE(lock_file(file.opened.number()));

  CHECK(file.finished() == Lines{1});
  trim_file(file.opened, file.name, file.kept);

  CHECK(file.folder.read("out") == record(1));
  struct stat found {};
  REQUIRE(::stat(file.name.c_str(), &found) == 0);
  CHECK((found.st_mode & 07777) == 0640);
  const Descriptor other(::open(file.name.c_str(), O_RDWR | O_CLOEXEC));
  CHECK_FALSE(lock_file(other.number()));
}

TEST_CASE("what no run has written is no journal", "[app][journal]") {
  const std::vector<std::string> contents = {
      "hello",
      "hello\n",
      "\n",
      "email,status\nada@example.org,valid\n",
      record(1) + "garbage\n" + record(2),
      record(1) + record(2).substr(1),
      record(1) + std::string(50, '\0') + record(2),
      record(1) + "\n",
      record(1) + "torn",
      std::string(3'000'000, 'x'),
  };
  for (const std::string& content : contents) {
    CAPTURE(content.substr(0, 100));
    File file(content);

    CHECK_THROWS_AS(file.finished(), UsageError);
    CHECK(file.folder.read("out") == content);
  }
}

TEST_CASE("a line that is no record is named, and what to do about it", "[app][journal]") {
  File file(record(1) + record(2) + "garbage\n");

  try {
    file.finished();
    FAIL("nothing was thrown");
  } catch (const UsageError& error) {
    const std::string words = error.what();
    CHECK(words.find("line 3") != std::string::npos);
    CHECK(words.find("head -n 2") != std::string::npos);
  }
}

}  // namespace
}  // namespace leadverify::app
