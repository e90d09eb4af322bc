// How the program is called: its own pages, and the answers to mistakes.
#include <leadverify/json_line.hpp>

#include "support/program.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <fcntl.h>
#include <pty.h>

namespace leadverify {
namespace {

TEST_CASE("the options --help and --version go to standard output", "[program][usage]") {
  const Outcome help = run_program({.arguments = {"--help"}});
  CHECK(help.exit_status == 0);
  CHECK(help.output.find("usage: leadverify [OPTIONS] [FILE]...") != std::string::npos);
  CHECK(help.output.find("--greylist-delay") != std::string::npos);
  CHECK(help.messages.empty());

  const Outcome version = run_program({.arguments = {"--version"}});
  CHECK(version.exit_status == 0);
  CHECK(version.output.starts_with("leadverify "));
  CHECK(version.messages.empty());
}

TEST_CASE("a mistake ends in one line and exit status 2, before anything is read",
          "[program][usage]") {
  struct Example {
    std::vector<std::string> arguments;
    std::string message;
  };
  const auto example = GENERATE(values<Example>({
      {{"--smtp-port", "x"}, "leadverify: --smtp-port wants a number from 1 to 65535, not 'x'\n"},
      {{"--proxy", "auto"}, "leadverify: unknown option '--proxy'\n"},
      {{"--sumary", "none"}, "leadverify: unknown option '--sumary': did you mean '--summary'?\n"},
      {{"--helo"}, "leadverify: --helo wants an argument\n"},
      {{"--source-ip", "203.0.113.77"},
       "leadverify: the source address '203.0.113.77' is none of this host's\n"},
      {{"--fallback-mail-from", "postmaster"},
       "leadverify: the fallback reverse-path 'postmaster' is no address: there is no @ (column "
       "11)\n"},
      {{"--probe-provider", "yahooo"},
       "leadverify: there is no provider 'yahooo': those that are not asked by themselves are "
       "outlook, yahoo\n"},
      {{"--providers", "/nowhere/at/all"},
       "leadverify: --providers: cannot read /nowhere/at/all: No such file or directory\n"},
      {{"--providers", "/"}, "leadverify: --providers: cannot read /: Is a directory\n"},
      {{"--providers", "/dev/zero"}, "leadverify: --providers: /dev/zero is larger than 1 MiB\n"},
      {{"--column", "2", "list.txt"},
       "leadverify: --column is for CSV and JSON lines, and no input is: give --input-format\n"},
      {{"--format", "csv", "--keep", "all", "list.jsonl"},
       "leadverify: --keep all with --format csv is for CSV inputs alone: name the columns\n"},
  }));
  CAPTURE(example.arguments);

  const Outcome outcome = run_program({.arguments = example.arguments}, "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages == example.message);
}

// What would write a title, beep, colour, turn the direction of writing and end the line.
constexpr const char* rude = "\033]0;pwn\a\033[31m\xC2\x9B\u202E\u2028\xFF\x7F\nnext";

void check_one_safe_line(const std::string& messages) {
  REQUIRE(messages.ends_with('\n'));
  const std::string line = messages.substr(0, messages.size() - 1);
  CHECK(safe_text(line, std::string::npos) == line);
  CHECK(line.find("]0;pwn") != std::string::npos);
}

TEST_CASE("a message is one line that a terminal can show, whatever it tells of",
          "[program][usage]") {
  const TemporaryFolder folder;
  const std::string list = folder.write("list", "ada@example.org\n");
  const std::string records = folder.write(
      "out",
      R"({"type":"result","line":1,"input":"\u001b]0;pwn\u0007","email":"","status":"unknown",)"
      R"("reason":"not_checked"})"
      "\n");
  const std::string table = folder.write("table", std::string("own ") + rude + "\n");
  const std::string config = folder.write("config", "helo = \"\xC2\x9B]0;pwn\u202E\"\n");
  const auto arguments = std::vector<std::vector<std::string>>{
      {rude},
      {std::string("--") + rude},
      {"--check", rude, list},
      {"--column", rude, "--input-format", "csv", list},
      {"--delimiter", rude, "--input-format", "csv", list},
      {"--helo", rude, list},
      {"--config", rude, list},
      {"--config", config, list},
      {"--providers", rude, list},
      {"--providers", table, list},
      {"--lists", rude, list},
      {"--explain", rude},
      {"-o", std::string("/nowhere/") + rude, list},
      {"--summary", std::string("/nowhere/") + rude, list},
      {"--trace", std::string("/nowhere/") + rude, list},
      {"--check", "syntax", "-o", records, "--resume", list},
  };
  for (const std::vector<std::string>& given : arguments) {
    CAPTURE(given);

    const Outcome outcome = run_program({.arguments = given});

    CHECK((outcome.exit_status == 2 || outcome.exit_status == 3));
    check_one_safe_line(outcome.messages);
  }
  const Outcome outcome =
      run_program({.arguments = {list}, .environment = {{"LEADVERIFY_SMTP_PORT", rude}}});
  check_one_safe_line(outcome.messages);
}

TEST_CASE("the settings that -v tells are safe to show, a line each", "[program][usage]") {
  const Outcome outcome =
      run_program({.arguments = {"-v", "--check", "syntax"},
                   .environment = {{"LEADVERIFY_KEEP", rude}, {"LEADVERIFY_INPUT_FORMAT", "csv"}}},
                  "email\nada@example.org\n");

  const std::size_t begin = outcome.messages.find("LEADVERIFY_KEEP = ");
  REQUIRE(begin != std::string::npos);
  const std::size_t end = outcome.messages.find('\n', begin) + 1;
  check_one_safe_line(outcome.messages.substr(begin, end - begin));
  CHECK(outcome.messages.substr(end).starts_with("leadverify: --keep: "));
}

TEST_CASE("values that the library finds fault with are refused too", "[program][usage]") {
  const auto arguments = GENERATE(values<std::vector<std::string>>(
      {{"--resolver", "nonsense"}, {"--allow-net", "10/8/8"}, {"--connect-timeout", "0s"}}));
  CAPTURE(arguments);

  const Outcome outcome = run_program({.arguments = arguments}, "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages.starts_with("leadverify: "));
}

TEST_CASE("a provider table with a mistake is refused with its line", "[program][usage]") {
  const TemporaryFolder folder;
  const std::string table =
      folder.write("providers.txt", "# mine\nown accepts-all example.org\nother maybe a.example\n");

  const Outcome outcome = run_program({.arguments = {"--providers", table}}, "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages ==
        "leadverify: line 3 of the provider table wants one of verifiable, accepts-all, forbids "
        "behind the name, not 'maybe'\n");
}

TEST_CASE("more sessions than there can be sockets are refused", "[program][usage]") {
  const Outcome outcome = run_program({.arguments = {"--max-connections", "1000000"}});

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages.find("open files") != std::string::npos);
}

TEST_CASE("without input on a terminal a short help is shown", "[program][usage]") {
  int person = -1;
  int terminal = -1;
  REQUIRE(::openpty(&person, &terminal, nullptr, nullptr, nullptr) == 0);

  const Outcome outcome = run_program({.standard_input = terminal});
  ::close(person);
  ::close(terminal);

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages.starts_with("usage: "));
  CHECK(outcome.messages.find("--help") != std::string::npos);
}

TEST_CASE("a reply is explained", "[program][usage]") {
  const Outcome outcome =
      run_program({.arguments = {"--explain", "550 5.1.1 <ada@example.org>: User unknown"}});

  CHECK(outcome.exit_status == 0);
  REQUIRE(read_lines(outcome.output).size() == 1);
  CHECK(read_lines(outcome.output)[0].at("status") == "invalid");
  CHECK(outcome.messages.empty());
}

TEST_CASE("what is no reply is not explained", "[program][usage]") {
  const Outcome outcome = run_program({.arguments = {"--explain", "hello"}});

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages ==
        "leadverify: --explain wants a reply such as '550 5.1.1 No such user', not 'hello'\n");
}

TEST_CASE("replies as JSON lines are explained one by one", "[program][usage]") {
  const Outcome outcome = run_program({.arguments = {"--explain", "-"}},
                                      "{\"id\":1,\"code\":550,\"text\":\"User unknown\"}\n\n"
                                      "{\"id\":2,\"code\":550,\"text\":\"User unknown\"}");

  CHECK(outcome.exit_status == 0);
  const auto lines = read_lines(outcome.output);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].at("id") == 1);
  CHECK(lines[1].at("id") == 2);
}

TEST_CASE("a line that is no reply is told, and the others are explained", "[program][usage]") {
  const Outcome outcome = run_program({.arguments = {"--explain", "-"}},
                                      "nonsense\n{\"id\":2,\"code\":550,\"text\":\"no\"}\n");

  CHECK(outcome.exit_status == 3);
  CHECK(read_lines(outcome.output).size() == 1);
  CHECK(outcome.messages.find("line 1") != std::string::npos);
}

}  // namespace
}  // namespace leadverify
