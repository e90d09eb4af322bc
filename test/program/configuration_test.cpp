// Settings that are not typed: variables and files, who is stronger, and how mistakes are told.
#include "support/program.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

namespace leadverify {
namespace {

using Arguments = std::vector<std::string>;
using Variables = std::vector<std::pair<std::string, std::string>>;

/// A host with a folder for the user's configuration and one for the system's.
struct Host {
  Host() {
    for (const char* who : {"user/leadverify", "system/leadverify"}) {
      std::filesystem::create_directories(folder.path(who));
    }
  }

  std::string user(std::string_view content) const {
    return folder.write("user/leadverify/config", content);
  }
  std::string system(std::string_view content) const {
    return folder.write("system/leadverify/config", content);
  }

  Outcome run(const Arguments& arguments = {}, const Variables& variables = {}) const {
    Call call = {.arguments = arguments,
                 .environment = {{"XDG_CONFIG_HOME", folder.path("user")},
                                 {"XDG_CONFIG_DIRS", folder.path("system")}}};
    std::ranges::copy(variables, std::back_inserter(call.environment));
    return run_program(call, "ada@example.org\n");
  }

  TemporaryFolder folder;
};

/// What -v says is in force, line by line.
std::string in_force(const Outcome& outcome) {
  CHECK(outcome.exit_status == 0);
  return outcome.messages;
}

TEST_CASE("each place of settings overrules those that are farther away", "[program][config]") {
  const Host host;
  const Arguments told = {"-v", "--check", "syntax"};

  const std::string system = host.system("helo = system.example\nthreads = 2\nip = 4\n");
  CHECK(in_force(host.run(told)) == system + ":1: helo = system.example\n" + system +
                                        ":3: ip = 4\n" + system + ":2: threads = 2\n");

  const std::string user = host.user("helo = user.example\nthreads = 3\n");
  CHECK(in_force(host.run(told)) ==
        user + ":1: helo = user.example\n" + system + ":3: ip = 4\n" + user + ":2: threads = 3\n");

  const std::string named = host.folder.write("named", "helo = named.example\n");
  CHECK(in_force(host.run({"-v", "--check", "syntax", "--config", named})) ==
        named + ":1: helo = named.example\n" + system + ":3: ip = 4\n" + system +
            ":2: threads = 2\n");

  const Variables variables = {{"LEADVERIFY_HELO", "variable.example"},
                               {"LEADVERIFY_CONFIG", named}};
  CHECK(in_force(host.run(told, variables)) ==
        "LEADVERIFY_HELO = variable.example\n" + system + ":3: ip = 4\n" + system +
            ":2: threads = 2\nLEADVERIFY_CONFIG = " + named + "\n");

  CHECK(in_force(host.run({"-v", "--check=syntax", "--helo=a.example", "--ip=6", "--threads=1"},
                          variables)) == "LEADVERIFY_CONFIG = " + named + "\n");
}

TEST_CASE("a setting does the same wherever it stands", "[program][config]") {
  const Host host;
  const auto check_only_syntax = [](const Outcome& outcome) {
    CHECK(outcome.exit_status == 0);
    CHECK(outcome.messages.empty());
    const Records records = read_records(outcome.output);
    REQUIRE(records.results.size() == 1);
    CHECK(records.results[0].at("stage") == "syntax");
  };

  check_only_syntax(host.run({"--check", "syntax"}));
  check_only_syntax(host.run({}, {{"LEADVERIFY_CHECK", "syntax"}}));
  check_only_syntax(host.run({"--config", host.folder.write("named", "check = syntax\n")}));
  host.user("check = syntax\n");
  check_only_syntax(host.run());
}

TEST_CASE("the folder ~/.config is looked into where XDG names no folder", "[program][config]") {
  const TemporaryFolder home;
  std::filesystem::create_directories(home.path(".config/leadverify"));
  home.write(".config/leadverify/config", "check = syntax\nsummary = none\n");

  const Outcome outcome =
      run_program({.environment = {{"HOME", home.path("")}}}, "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(read_lines(outcome.output).size() == 1);
}

TEST_CASE("a flag is turned on and off with a word", "[program][config]") {
  struct Example {
    const char* word;
    bool on;
  };
  const auto example = GENERATE(values<Example>(
      {{"yes", true}, {"true", true}, {"1", true}, {"no", false}, {"false", false}, {"0", false}}));
  CAPTURE(example.word);
  const Host host;
  const std::string file = host.user("threads = 2\n");
  const std::string shown = file + ":1: threads = 2\n";

  const Outcome outcome = host.run({"--check", "syntax"}, {{"LEADVERIFY_VERBOSE", example.word}});

  CHECK(outcome.messages ==
        (example.on ? shown + "LEADVERIFY_VERBOSE = " + example.word + "\n" : ""));
}

TEST_CASE("a typed flag overrules its opposite in a file", "[program][config]") {
  const Host host;
  host.user("verbose = yes\nthreads = 2\n");

  CHECK(host.run({"--check", "syntax", "-q"}).messages.empty());
  CHECK(host.run({"--check", "syntax"}, {{"LEADVERIFY_QUIET", "yes"}}).messages.empty());
  CHECK_FALSE(host.run({"--check", "syntax"}, {{"LEADVERIFY_QUIET", "no"}}).messages.empty());
}

TEST_CASE("opposites in one place are refused", "[program][config]") {
  const Host host;
  host.user("verbose = yes\nquiet = yes\n");

  const Outcome outcome = host.run();

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages == "leadverify: choose one of -q and -v\n");
}

TEST_CASE("an option that may be repeated is a list in a file and in a variable",
          "[program][config]") {
  const Host host;
  const std::string file = host.user("probe-provider = yahoo, outlook\n");

  CHECK(host.run({"--check", "syntax"}).exit_status == 0);
  const Outcome outcome =
      host.run({"--check", "syntax"}, {{"LEADVERIFY_PROBE_PROVIDER", "yahoo,outlok"}});

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages ==
        "leadverify: LEADVERIFY_PROBE_PROVIDER: there is no provider 'outlok': those that are not "
        "asked by themselves are outlook, yahoo\n");
}

TEST_CASE("a mistake that was not typed is told with its place", "[program][config]") {
  struct Example {
    const char* content;
    const char* message;  // behind the name of the file
  };
  const auto example = GENERATE(values<Example>({
      {"\ndomain-rat = 3/s\n", ":2: unknown key 'domain-rat': did you mean 'domain-rate'?\n"},
      {"help = yes\n", ":1: help is for the command line alone\n"},
      {"smtp-port = x\n", ":1: smtp-port wants a number from 1 to 65535, not 'x'\n"},
      {"check = smpt\n", ":1: check wants one of syntax, dns, smtp, not 'smpt'\n"},
      {"quiet = maybe\n", ":1: quiet wants one of true, yes, 1, false, no, 0, not 'maybe'\n"},
      {"helo =\n", ":1: helo wants an argument that is not empty\n"},
      {"threads = 2\nconnect-timeout = 0s\n",
       ":2: connect-timeout: the connect timeout must be between a millisecond and a year\n"},
      {"providers = /nowhere/at/all\n",
       ":1: providers: cannot read /nowhere/at/all: No such file or directory\n"},
  }));
  CAPTURE(example.content);
  const Host host;
  const std::string file = host.user(example.content);

  const Outcome outcome = host.run();

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages == "leadverify: " + file + example.message);
}

TEST_CASE("a mistake in a variable is told with its name", "[program][config]") {
  struct Example {
    Variables variables;
    const char* message;
  };
  const auto example = GENERATE(values<Example>({
      {{{"LEADVERIFY_DOMAIN_RAT", "3/s"}},
       "unknown variable 'LEADVERIFY_DOMAIN_RAT': did you mean 'LEADVERIFY_DOMAIN_RATE'?\n"},
      {{{"LEADVERIFY_EXPLAIN", "550"}},
       "LEADVERIFY_EXPLAIN: --explain is for the command line alone\n"},
      {{{"LEADVERIFY_DOMAIN_RATE", "3"}},
       "LEADVERIFY_DOMAIN_RATE wants a rate such as 5/s, 10/min or 100/h (0 lifts the limit), not "
       "'3'\n"},
      {{{"LEADVERIFY_CONFIG", "/nowhere"}},
       "LEADVERIFY_CONFIG: cannot read /nowhere: No such file or directory\n"},
      {{{"LEADVERIFY_HELO", "192.0.2.1"}},
       "LEADVERIFY_HELO: the HELO name '192.0.2.1' is an IP address: write it in brackets, as in "
       "[192.0.2.1]\n"},
  }));
  CAPTURE(example.message);

  const Outcome outcome = Host().run({}, example.variables);

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages == "leadverify: " + std::string(example.message));
}

TEST_CASE("more sessions than there can be sockets are told with their place",
          "[program][config]") {
  const Host host;
  const std::string file = host.user("max-connections = 1000000\n");

  const Outcome outcome = host.run();

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages.starts_with("leadverify: " + file + ":1: max-connections 1000000 needs "));
}

TEST_CASE("a mistake in a setting that is overruled does no harm", "[program][config]") {
  const Host host;
  host.user("threads = many\n");

  CHECK(host.run({"--check", "syntax", "--threads", "2"}).exit_status == 0);
}

TEST_CASE("a configuration file that can't be read is told", "[program][config]") {
  const Host host;
  std::filesystem::create_directory(host.folder.path("user/leadverify/config"));

  const Outcome outcome = host.run();

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages == "leadverify: cannot read " +
                                host.folder.path("user/leadverify/config") + ": Is a directory\n");
}

TEST_CASE("help, version and explanations are given whatever the configuration is",
          "[program][config]") {
  const Host host;
  host.user("nonsense\n");

  CHECK(host.run({"--help"}).exit_status == 0);
  CHECK(host.run({"--version"}).exit_status == 0);
  CHECK(host.run({"--explain", "250 fine"}).exit_status == 0);
}

}  // namespace
}  // namespace leadverify
