// What goes in and out: pipes, files, and those that can't be read or written.
#include "support/program.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <set>
#include <sys/stat.h>

namespace leadverify {
namespace {

using namespace std::string_literals;
using Arguments = std::vector<std::string>;

Arguments check_syntax(const Arguments& more = {}) {
  Arguments arguments = {"--check", "syntax"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// `count` different addresses, one a line.
std::string addresses(int count) {
  std::string text;
  for (int number = 0; number < count; ++number) {
    text += "ada" + std::to_string(number) + "@example.org\n";
  }
  return text;
}

/// A descriptor for one call, closed after it.
class Opened {
 public:
  Opened(const std::string& path, int flags) : number_(::open(path.c_str(), flags, 0600)) {
    REQUIRE(number_ >= 0);
  }
  ~Opened() { ::close(number_); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

TEST_CASE("each address on standard input gets a record, and a summary follows",
          "[program][streams]") {
  const Outcome outcome = run_program(
      {.arguments = check_syntax()},
      "\xEF\xBB\xBF# a list\r\nAda <ada@example.org>\r\n\r\nmailto:bob@example.org\nnonsense");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  Records records = read_records(outcome.output);
  REQUIRE(records.results.size() == 3);
  std::ranges::sort(records.results, {}, [](const auto& record) { return record.at("line"); });
  CHECK(records.results[0].at("line") == 2);
  CHECK(records.results[0].at("input") == "ada@example.org");
  CHECK(records.results[0].at("reason") == "not_checked");
  CHECK_FALSE(records.results[0].contains("file"));
  CHECK(records.results[1].at("input") == "bob@example.org");
  CHECK(records.results[2].at("line") == 5);
  CHECK(records.results[2].at("reason") == "syntax");
  CHECK(records.summary.at("complete") == true);
  CHECK(records.summary.at("total") == 3);
  CHECK(records.summary.at("invalid") == 1);
  CHECK(records.summary.at("skipped") == 2);
}

TEST_CASE("an empty input gives a summary of nothing", "[program][streams]") {
  const Outcome outcome = run_program({.arguments = check_syntax()});

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  const Records records = read_records(outcome.output);
  CHECK(records.results.empty());
  CHECK(records.summary.at("complete") == true);
  CHECK(records.summary.at("total") == 0);
}

TEST_CASE("of several files each record names its own", "[program][streams]") {
  const TemporaryFolder folder;
  const std::string first = folder.write("first", "ada@example.org\n");
  const Outcome outcome =
      run_program({.arguments = check_syntax({first, "-"})}, "\nbob@example.org\n");

  CHECK(outcome.exit_status == 0);
  std::set<std::pair<std::string, int>> places;
  for (const auto& record : read_records(outcome.output).results) {
    places.emplace(record.at("file"), record.at("line"));
  }
  CHECK(places == std::set<std::pair<std::string, int>>{{first, 1}, {"-", 2}});
}

TEST_CASE("a long list goes through a pipe whole", "[program][streams]") {
  const Outcome outcome = run_program({.arguments = check_syntax()}, addresses(30'000));

  CHECK(outcome.exit_status == 0);
  const Records records = read_records(outcome.output);
  std::set<int> lines;
  for (const auto& record : records.results) lines.insert(record.at("line").get<int>());
  CHECK(records.results.size() == 30'000);
  CHECK(lines.size() == 30'000);
  CHECK(records.summary.at("total") == 30'000);
}

TEST_CASE("whatever octets come in, each line gets one record", "[program][streams]") {
  std::mt19937 random(5322);
  std::string text = "x";
  std::size_t expected = 0;
  for (int line = 0; line < 500; ++line) {
    for (std::size_t i = random() % 60; i > 0; --i) text += static_cast<char>(random() % 256);
    text += '\n';
  }
  text += "x" + std::string(2'000'000, 'y') + "@example.org\n";
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    const std::size_t first = text.find_first_not_of(" \t\r\v\f", begin);
    if (first < end && text[first] != '#') ++expected;
    begin = end + 1;
  }

  const Outcome outcome = run_program({.arguments = check_syntax()}, text);

  CHECK(outcome.exit_status == 0);
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == expected);
  for (const auto& record : records.results) {
    CHECK(record.at("input").get<std::string>().size() <= 320);
  }
}

TEST_CASE("an input that can't be read ends the run before it begins", "[program][streams]") {
  const TemporaryFolder folder;
  const std::string good = folder.write("good", "ada@example.org\n");
  const std::string utf_16 = folder.write("utf16",
                                          "\xFF\xFE"
                                          "a\0"s);
  for (const std::string& bad : {folder.path("none"), folder.path(""), utf_16}) {
    CAPTURE(bad);

    const Outcome outcome = run_program({.arguments = check_syntax({good, bad})});

    CHECK(outcome.exit_status == 3);
    CHECK(outcome.output.empty());
    CHECK(outcome.messages.starts_with("leadverify: "));
    CHECK(outcome.messages.find(bad) != std::string::npos);
  }
}

TEST_CASE("a closed standard input is no input", "[program][streams]") {
  const Outcome outcome =
      run_program({.arguments = check_syntax(), .standard_input = closed_stream});

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages == "leadverify: cannot read standard input: Bad file descriptor\n");
}

TEST_CASE("UTF-16 from a pipe is refused as soon as it is seen", "[program][streams]") {
  const Outcome outcome = run_program({.arguments = check_syntax()},
                                      "\xFF\xFE"
                                      "a\0@\0"s);

  CHECK(outcome.exit_status == 3);
  CHECK(read_records(outcome.output).summary.at("complete") == false);
  CHECK(outcome.messages.find("iconv") != std::string::npos);
}

TEST_CASE("the option -o writes records to its file, the summary stays on standard output",
          "[program][streams]") {
  const TemporaryFolder folder;
  folder.write("out", "an older and longer run's output" + std::string(5000, '\n'));

  const Outcome outcome =
      run_program({.arguments = check_syntax({"-o", folder.path("out")})}, "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  CHECK(read_records(outcome.output).summary.at("total") == 1);
  const Records records = read_records(folder.read("out"));
  CHECK(records.results.size() == 1);
  CHECK(records.summary.is_null());
}

TEST_CASE("the summary goes where it is wanted", "[program][streams]") {
  const TemporaryFolder folder;
  const std::string input = "ada@example.org\n";

  const Outcome to_error = run_program({.arguments = check_syntax({"--summary", "stderr"})}, input);
  CHECK(read_records(to_error.output).summary.is_null());
  CHECK(read_records(to_error.messages).summary.at("total") == 1);

  const Outcome to_nobody = run_program({.arguments = check_syntax({"--summary", "none"})}, input);
  CHECK(read_records(to_nobody.output).summary.is_null());
  CHECK(read_records(to_nobody.output).results.size() == 1);
  CHECK(to_nobody.messages.empty());

  const Outcome to_file =
      run_program({.arguments = check_syntax({"--summary", folder.path("sum")})}, input);
  CHECK(to_file.exit_status == 0);
  CHECK(read_records(to_file.output).summary.is_null());
  CHECK(read_records(folder.read("sum")).summary.at("total") == 1);
}

TEST_CASE("an output is never an input file", "[program][streams]") {
  const TemporaryFolder folder;
  const std::string list = folder.write("list", "ada@example.org\n");
  std::filesystem::create_hard_link(list, folder.path("link"));
  const std::vector<Arguments> mistakes = {{"-o", list, list},
                                           {"-o", folder.path("link"), list},
                                           {"-o", folder.path("out"), "--summary", list, list},
                                           {"--trace", list, list}};
  for (const Arguments& arguments : mistakes) {
    CAPTURE(arguments);

    const Outcome outcome = run_program({.arguments = check_syntax(arguments)});

    CHECK(outcome.exit_status == 2);
    CHECK(outcome.messages.find("is an input file too") != std::string::npos);
    CHECK(folder.read("list") == "ada@example.org\n");
  }
}

TEST_CASE("an output is not what the shell has made the input", "[program][streams]") {
  const TemporaryFolder folder;
  const std::string list = folder.write("list", "ada@example.org\n");
  const Opened input(list, O_RDONLY);
  const Opened output(list, O_WRONLY | O_APPEND);

  const Outcome by_name =
      run_program({.arguments = check_syntax({"-o", list}), .standard_input = input.number()});
  const Outcome appended = run_program({.arguments = check_syntax(),
                                        .standard_input = input.number(),
                                        .standard_output = output.number()});

  CHECK(by_name.exit_status == 2);
  CHECK(appended.exit_status == 2);
  CHECK(folder.read("list") == "ada@example.org\n");
}

TEST_CASE("an output is never written through a symbolic link", "[program][streams]") {
  const TemporaryFolder folder;
  folder.write("precious", "do not lose\n");
  std::filesystem::create_symlink(folder.path("precious"), folder.path("out"));
  const auto option = GENERATE("-o", "--summary", "--trace");
  CAPTURE(option);

  const Outcome outcome =
      run_program({.arguments = check_syntax({option, folder.path("out")})}, "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages.find("is a symbolic link") != std::string::npos);
  CHECK(folder.read("precious") == "do not lose\n");
}

TEST_CASE("records, summary and trace do not overwrite each other", "[program][streams]") {
  const TemporaryFolder folder;
  const std::string out = folder.path("out");
  const std::vector<Arguments> mistakes = {{"-o", out, "--summary", out},
                                           {"-o", out, "--trace", out},
                                           {"--summary", out, "--trace", out},
                                           {"--trace", "-"}};
  for (const Arguments& arguments : mistakes) {
    CAPTURE(arguments);

    const Outcome outcome =
        run_program({.arguments = check_syntax(arguments)}, "ada@example.org\n");

    CHECK(outcome.exit_status == 2);
  }
}

TEST_CASE("an output that can't be opened ends the run before it begins", "[program][streams]") {
  const TemporaryFolder folder;

  const Outcome outcome =
      run_program({.arguments = check_syntax({"-o", folder.path("none/out")})}, "a@example.org\n");

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages ==
        "leadverify: cannot write " + folder.path("none/out") + ": No such file or directory\n");
}

TEST_CASE("a full disk is told, with exit status 3", "[program][streams]") {
  const Opened full("/dev/full", O_WRONLY);

  const Outcome outcome = run_program(
      {.arguments = check_syntax(), .standard_output = full.number()}, "ada@example.org\n");

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages == "leadverify: cannot write standard output: No space left on device\n");
}

TEST_CASE("help for a full disk is no success", "[program][streams]") {
  const Opened full("/dev/full", O_WRONLY);

  CHECK(run_program({.arguments = {"--help"}, .standard_output = full.number()}).exit_status == 3);
}

TEST_CASE("a file that may grow no more ends with a whole record", "[program][streams]") {
  const TemporaryFolder folder;

  const Outcome outcome =
      run_program({.arguments = check_syntax({"-o", folder.path("out")}), .largest_file = 10'000},
                  addresses(2000));

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages ==
        "leadverify: cannot write " + folder.path("out") + ": File too large\n");
  const Records records = read_records(folder.read("out"));
  CHECK_FALSE(records.results.empty());
  CHECK(records.summary.is_null());
}

TEST_CASE("a closed standard output is told before the run", "[program][streams]") {
  const Outcome outcome = run_program(
      {.arguments = check_syntax(), .standard_output = closed_stream}, "ada@example.org\n");

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages == "leadverify: cannot write standard output: Bad file descriptor\n");
}

TEST_CASE("a closed standard error is nobody's concern", "[program][streams]") {
  const Outcome outcome = run_program(
      {.arguments = check_syntax({"-v"}), .standard_error = closed_stream}, "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).results.size() == 1);
}

TEST_CASE("what a closed standard error would have held is in no other file",
          "[program][streams]") {
  const TemporaryFolder folder;

  const Outcome outcome =
      run_program({.arguments = check_syntax({"--progress", "plain", "-o", folder.path("out")}),
                   .standard_error = closed_stream},
                  "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(folder.read("out")).results.size() == 1);
}

TEST_CASE("a reader that goes away ends the run quietly", "[program][streams]") {
  Program program({.arguments = check_syntax()});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.close_output();
  program.write("bob@example.org\n");
  REQUIRE_FALSE(program.wait_for_message("anything"));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.empty());
}

TEST_CASE("a record is there before the next address comes", "[program][streams]") {
  Program program({.arguments = check_syntax()});

  program.write("ada@example.org\n");
  CHECK(program.wait_for_output("ada@example.org"));
  program.write("bob@example.org\n");
  CHECK(program.wait_for_output("bob@example.org"));

  CHECK(program.finish().exit_status == 0);
}

}  // namespace
}  // namespace leadverify
