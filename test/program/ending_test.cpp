// How a run ends early: by signals, and by --max-time.
#include "support/program.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>

namespace leadverify {
namespace {

TEST_CASE("the first signal ends a run that waits for input", "[program][ending]") {
  struct Example {
    int signal;
    int exit_status;
  };
  const auto example = GENERATE(values<Example>({{SIGINT, 130}, {SIGTERM, 143}, {SIGHUP, 129}}));
  CAPTURE(example.signal);
  Program program({.arguments = {"--check", "syntax"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.send(example.signal);
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == example.exit_status);
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == 1);
  CHECK(records.summary.at("complete") == false);
  CHECK(records.summary.at("total") == 1);
  CHECK(outcome.messages.find("run again") != std::string::npos);
}

TEST_CASE("a quiet run says nothing when it is ended", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax", "-q"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.send(SIGINT);
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 130);
  CHECK(outcome.messages.empty());
}

TEST_CASE("a second signal ends a run that can't write", "[program][ending]") {
  const TemporaryFolder folder;
  std::string list;
  for (int number = 0; number < 20'000; ++number) {
    list += "ada" + std::to_string(number) + "@example.org\n";
  }
  Program program({.arguments = {"--check", "syntax", folder.write("list", list)}});
  REQUIRE(program.wait_for_output("\n"));

  program.send(SIGTERM);
  REQUIRE(program.wait_for_message("leadverify: ending"));
  program.send(SIGINT);

  CHECK(program.wait() == 130);
}

TEST_CASE("SIGUSR1 is answered with one line, and the run goes on", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.send(SIGUSR1);
  REQUIRE(program.wait_for_message("\n"));
  program.write("bob@example.org\n");
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.starts_with("leadverify: 1  "));
  CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
  CHECK(read_records(outcome.output).results.size() == 2);
}

TEST_CASE("--max-time ends a run as incomplete", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax", "--max-time", "300ms"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 75);
  CHECK(read_records(outcome.output).results.size() == 1);
  CHECK(read_records(outcome.output).summary.at("complete") == false);
}

TEST_CASE("a run that is done within --max-time is complete", "[program][ending]") {
  const Outcome outcome =
      run_program({.arguments = {"--check", "syntax", "--max-time", "1h"}}, "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).summary.at("complete") == true);
}

}  // namespace
}  // namespace leadverify
