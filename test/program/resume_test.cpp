// A run that ended, however it did, and the next one that takes its file up.
#include "support/program_in_world.hpp"
#include "support/staged_list.hpp"
#include "support/traced.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <sys/stat.h>

namespace leadverify {
namespace {

using Arguments = std::vector<std::string>;

TEST_CASE("a run that was killed before any of its writes is completed", "[program][resume]") {
  const StagedList list;
  for (std::size_t calm = 0; calm < StagedList::pieces.size(); ++calm) {
    CAPTURE(calm);
    std::filesystem::remove(list.folder.path("out"));
    const std::string fault = "write:signal=KILL:when=" + std::to_string(calm + 1);

    const Outcome killed = list.run(traced(list.call("out"), fault, list.folder.path("out")), calm);

    CHECK(killed.exit_status == -SIGKILL);
    CHECK(settled(list.folder.read("out")).size() == calm * StagedList::records_in_piece);
    list.check_completed();
  }
}

TEST_CASE("a resumed run that is killed at whatever it does to its file is completed",
          "[program][resume]") {
  const bool is_written_anew = GENERATE(false, true);
  const StagedList list;
  // A summary in front has the file written anew; a torn end alone has it cut.
  const std::string begun = (is_written_anew ? "{\"type\":\"summary\"}\n" : "") +
                            list.folder.read("whole").substr(0, 1200);
  int killed = 0;
  for (const std::string call : {"flock",
                                 "pread64",
                                 "ftruncate",
                                 "lseek",
                                 "fchmod",
                                 "fchown",
                                 "fsync",
                                 "fdatasync",
                                 "rename",
                                 "dup3",
                                 "write",
                                 "close"}) {
    const bool is_everywhere = call == "write" || call == "close";
    const std::string file = is_everywhere ? list.folder.path("out") : "";
    int exit_status = -SIGKILL;
    for (int time = 1; exit_status == -SIGKILL; ++time) {
      CAPTURE(call, time);
      list.folder.write("out", begun);
      const std::string fault = call + ":signal=KILL:when=" + std::to_string(time);

      const Call cursed = traced(list.call("out", {"--resume"}), fault, file);
      exit_status = run_program(cursed, StagedList::all()).exit_status;
      if (exit_status == -SIGKILL) ++killed;

      list.check_completed();
    }
    CHECK(exit_status == 0);
  }
  CHECK(killed > (is_written_anew ? 10 : 6));
}

constexpr const char* world_of_endings = R"(
template default
  users ada grace
domain example.test
  mx 10 mx.example.test
server mx.example.test 127.12.4.1
domain catch-all.test
  mx 10 mx.catch-all.test
server mx.catch-all.test 127.12.4.2
  users *
domain greylist.test
  mx 10 mx.greylist.test
server mx.greylist.test 127.12.4.3
  greylist 100ms
domain company.test
  mx 10 company-test.mail.protection.outlook.com
server company-test.mail.protection.outlook.com 127.12.4.4
)";

constexpr const char* first_half =
    "ada@example.test\nnobody@example.test\nada@greylist.test\nnot an address\n";
constexpr const char* second_half =
    "anyone@catch-all.test\n\nada@EXAMPLE.test\ngrace@company.test\nada@greylist.test\n"
    "nobody@example.test\n";

/// A summary's counts of records, without what the run has cost.
nlohmann::json counts_of(const Outcome& outcome) {
  nlohmann::json summary = read_records(outcome.output).summary;
  for (const char* cost :
       {"connections", "recipients_asked", "dns_queries", "mx_cache_hits", "elapsed_s"}) {
    summary.erase(cost);
  }
  return summary;
}

/// The records without what differs from visit to visit.
std::multiset<std::string> verdicts(const std::string& text) {
  std::multiset<std::string> verdicts;
  for (nlohmann::json record : read_lines(text)) {
    for (const char* key : {"elapsed_ms", "checked_at", "message", "attempts"}) record.erase(key);
    verdicts.insert(record.dump());
  }
  return verdicts;
}

/// The arguments of a run that comes back to greylisted recipients of `world`.
Arguments patient(const world::LoopbackWorld& world,
                  const std::string& out,
                  const Arguments& more = {}) {
  Arguments arguments = into(world, {"--greylist-delay", "150ms", "-o", out});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST_CASE("whatever ends a run, the next one completes its records", "[program][resume]") {
  struct Example {
    int signal;
    Arguments options;
    int exit_status;
  };
  const auto example = GENERATE(values<Example>({{SIGINT, {}, 130},
                                                 {SIGTERM, {}, 143},
                                                 {SIGHUP, {}, 129},
                                                 {SIGKILL, {}, -SIGKILL},
                                                 {0, {"--max-time", "700ms"}, 75}}));
  CAPTURE(example.signal);
  const TemporaryFolder folder;
  const std::string all = std::string(first_half) + second_half;
  const Outcome undisturbed = [&] {
    const world::LoopbackWorld world(read_world(world_of_endings));
    return run_program({.arguments = patient(world, folder.path("whole"))}, all);
  }();
  REQUIRE(undisturbed.exit_status == 0);

  world::LoopbackWorld world(read_world(world_of_endings));
  Program program({.arguments = patient(world, folder.path("out"), example.options)});
  program.write(first_half);
  if (example.signal != 0) {
    REQUIRE(wait_for_lines(folder, "out", 4));
    program.send(example.signal);
  }
  if (example.signal != SIGKILL) {
    REQUIRE(program.wait_for_message("run again with --resume for the others"));
  }
  CHECK(program.finish().exit_status == example.exit_status);
  const Outcome resumed =
      run_program({.arguments = patient(world, folder.path("out"), {"--resume"})}, all);

  CHECK(resumed.exit_status == 0);
  CHECK(resumed.messages.empty());
  if (example.signal == 0) {
    // How far it came is not known: a server may have met an address in the first run already.
    CHECK(read_lines(folder.read("out")).size() == read_lines(folder.read("whole")).size());
    return;
  }
  CHECK(verdicts(folder.read("out")) == verdicts(folder.read("whole")));
  CHECK(counts_of(resumed) == counts_of(undisturbed));
  CHECK(world.counts().asked("ada@example.test") == 1);
}

TEST_CASE("a run that is killed again and again comes to its end", "[program][resume]") {
  world::LoopbackWorld world(read_world(world_of_endings));
  const TemporaryFolder folder;
  std::string list;
  for (int number = 0; number < 60; ++number) {
    list += "ada" + std::to_string(number % 50) + "@catch-all.test\n" + "nobody" +
            std::to_string(number) + "@example.test\n";
  }
  folder.write("list", list);
  const Call call = {.arguments = into(world,
                                       {"--domain-rate",
                                        "50/s",
                                        "--domain-connections",
                                        "1",
                                        "--resume",
                                        "-o",
                                        folder.path("out"),
                                        folder.path("list")})};

  for (std::ptrdiff_t lines = 10; lines <= 70; lines += 20) {
    Program program(call);
    REQUIRE(wait_for_lines(folder, "out", lines));
    program.send(SIGKILL);
    CHECK(program.finish().exit_status == -SIGKILL);
  }
  const Outcome outcome = run_program(call);

  CHECK(outcome.exit_status == 0);
  const Records records = read_records(folder.read("out"));
  std::set<int> lines;
  for (const nlohmann::json& record : records.results) {
    lines.insert(record.at("line").get<int>());
    const bool is_repeated = record.at("line") > 100 && record.at("domain") == "catch-all.test";
    CHECK(record.at("duplicate_of").is_null() != is_repeated);
  }
  CHECK(records.results.size() == 120);
  CHECK(lines.size() == 120);
  CHECK(read_records(outcome.output).summary.at("total") == 120);
  CHECK(read_records(outcome.output).summary.at("duplicates") == 10);
}

TEST_CASE("records in the order of the input stay so over a resume", "[program][resume]") {
  const StagedList list;
  const Call killed =
      traced(list.call("out", {"--ordered"}), "write:signal=KILL:when=2", list.folder.path("out"));
  CHECK(list.run(killed, 1).exit_status == -SIGKILL);

  CHECK(run_program(list.call("out", {"--ordered", "--resume"}), StagedList::all()).exit_status ==
        0);

  std::vector<int> lines;
  for (const nlohmann::json& record : read_lines(list.folder.read("out"))) {
    lines.push_back(record.at("line").get<int>());
  }
  CHECK(lines == std::vector<int>{2, 3, 5, 6, 7, 8});
}

TEST_CASE("kept columns and remarks are the same after a resume", "[program][resume]") {
  const TemporaryFolder folder;
  const std::string list = folder.write(
      "list.csv",
      "id,email\n1,ada@example.test\n2,bob..b@example.test\n3\n4,carl@x.test,9\n5,d@x.test\n");
  const std::string out = folder.path("out");
  const Arguments arguments = {
      "--check", "syntax", "--keep", "all", "--ordered", "--summary", "none", "-o", out, list};
  REQUIRE(run_program({.arguments = arguments}).exit_status == 0);
  const std::string whole = folder.read("out");
  REQUIRE(verdicts(whole).size() == 5);
  // The last record alone: those before it are still to do, and their rows were read by then.
  folder.write("out", whole.substr(whole.rfind('\n', whole.size() - 2) + 1));

  Arguments resumed = arguments;
  resumed.emplace_back("--resume");
  CHECK(run_program({.arguments = resumed}).exit_status == 0);

  CHECK(verdicts(folder.read("out")) == verdicts(whole));
}

TEST_CASE("a file that is not there yet is a new one", "[program][resume]") {
  const TemporaryFolder folder;
  const std::string list = folder.write("list", "ada@example.org\n");

  const Outcome outcome =
      run_program({.arguments = {"--check", "syntax", "-o", folder.path("out"), "--resume", list}});

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(folder.read("out")).results.size() == 1);
}

TEST_CASE("what is complete is left as it is", "[program][resume]") {
  const StagedList list;
  const std::string whole = list.folder.read("whole");

  const Outcome outcome = run_program(list.call("whole", {"--resume"}), StagedList::all());

  CHECK(outcome.exit_status == 0);
  CHECK(list.folder.read("whole") == whole);
  CHECK(read_records(outcome.output).summary.at("duplicates") == 2);
  CHECK(read_records(outcome.output).summary.at("complete") == true);
}

TEST_CASE("without --resume a file is begun anew", "[program][resume]") {
  const StagedList list;
  list.folder.write("out", "something else\n");

  CHECK(run_program(list.call("out"), StagedList::all()).exit_status == 0);

  CHECK(settled(list.folder.read("out")) == list.expected);
}

TEST_CASE("what was redirected from standard output can be resumed", "[program][resume]") {
  const StagedList list;
  const std::string redirected =
      run_program({.arguments = {"--check", "syntax"}}, StagedList::all()).output;
  const std::size_t first_end = redirected.find('\n') + 1;
  const std::size_t second_end = redirected.find('\n', first_end) + 1;
  std::string interrupted = redirected.substr(first_end, second_end - first_end);
  const std::size_t reason = interrupted.find("\"reason\":\"") + 10;
  interrupted.replace(reason, interrupted.find('"', reason) - reason, "interrupted");
  // A run that was ended, and another that was appended.
  list.folder.write("out",
                    redirected.substr(0, first_end) + interrupted +
                        redirected.substr(redirected.rfind("{\"type\"")) +
                        redirected.substr(second_end, 700));

  list.check_completed();
}

TEST_CASE("an output that does not fit is refused and not touched", "[program][resume]") {
  const TemporaryFolder folder;
  const std::string list = folder.write("list", "ada@example.org\nbob@example.org\n# end\n");
  const std::string longer = folder.write("longer", "ada@example.org\n\n\nbob@example.org\n");
  REQUIRE(run_program({.arguments = {"--check", "syntax", "-o", folder.path("whole"), list}})
              .exit_status == 0);
  const std::string whole = folder.read("whole");
  struct Example {
    std::string content;
    Arguments inputs;
    std::string words;
  };
  const std::vector<Example> examples = {
      {whole, {folder.write("other", "ada@example.org\neve@example.org\n")}, "'eve@example.org'"},
      {whole, {folder.write("short", "ada@example.org\n")}, "the input ends before it"},
      {whole, {longer}, "line 2"},
      {whole, {list, list}, "names no input file"},
      {whole + whole, {list}, "twice"},
      {"email,status\nada@example.org,valid\n", {list}, "no record of leadverify"},
      {"do not lose", {list}, "no record of leadverify"},
      {whole + "garbage\n" + whole, {list}, "head -n 2"},
  };
  for (const Example& example : examples) {
    CAPTURE(example.words);
    const std::string out = folder.write("out", example.content);
    Arguments arguments = {"--check", "syntax", "-o", out, "--resume"};
    arguments.insert(arguments.end(), example.inputs.begin(), example.inputs.end());

    const Outcome outcome = run_program({.arguments = arguments});

    CHECK(outcome.exit_status == 2);
    CHECK(outcome.output.empty());
    CHECK(outcome.messages.find(example.words) != std::string::npos);
    CHECK(outcome.messages.find("name another output") != std::string::npos);
    CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
    CHECK(folder.read("out") == example.content);
  }
}

TEST_CASE("what --resume can't be asked of is refused", "[program][resume]") {
  const TemporaryFolder folder;
  const std::string list = folder.write("list", "ada@example.org\n");
  std::filesystem::create_symlink(folder.path("far"), folder.path("link"));
  REQUIRE(::mkfifo(folder.path("fifo").c_str(), 0600) == 0);
  const std::vector<Arguments> mistakes = {{"--resume", list},
                                           {"--resume", "-o", "-", list},
                                           {"--resume", "-o", list, list},
                                           {"--resume", "-o", folder.path("link"), list},
                                           {"--resume", "-o", folder.path("fifo"), list},
                                           {"--resume", "-o", "/dev/null", list}};
  for (const Arguments& arguments : mistakes) {
    CAPTURE(arguments);

    const Outcome outcome = run_program({.arguments = arguments});

    CHECK(outcome.exit_status == 2);
    CHECK(outcome.messages.starts_with("leadverify: "));
    CHECK(folder.read("list") == "ada@example.org\n");
  }
}

TEST_CASE("one file is written by one run at a time", "[program][resume]") {
  const TemporaryFolder folder;
  const Arguments arguments = {"--check", "syntax", "-o", folder.path("out")};
  Arguments resuming = arguments;
  resuming.emplace_back("--resume");
  Program first({.arguments = arguments});
  first.write("ada@example.org\n");
  REQUIRE(wait_for_lines(folder, "out", 1));
  const std::string begun = folder.read("out");

  for (const Arguments& second : {arguments, resuming}) {
    const Outcome outcome = run_program({.arguments = second}, "ada@example.org\n");
    CHECK(outcome.exit_status == 3);
    CHECK(outcome.messages.find("another run of leadverify is writing to it") != std::string::npos);
    CHECK(folder.read("out") == begun);
  }

  CHECK(first.finish().exit_status == 0);
  CHECK(run_program({.arguments = resuming}, "ada@example.org\n").exit_status == 0);
}

TEST_CASE("summary and trace are files of one run at a time too", "[program][resume]") {
  const TemporaryFolder folder;
  const std::string option = GENERATE("--summary", "--trace");
  CAPTURE(option);
  const auto arguments = [&](const char* records) {
    return Arguments{"--check", "syntax", "-o", folder.path(records), option, folder.path("other")};
  };
  Program first({.arguments = arguments("first")});
  first.write("ada@example.org\n");
  REQUIRE(wait_for_lines(folder, "first", 1));
  // As if it had been written already.
  folder.write("other", "of the first run\n");
  folder.write("second", "of an earlier run\n");

  const Outcome second = run_program({.arguments = arguments("second")}, "bob@example.org\n");

  CHECK(second.exit_status == 3);
  CHECK(second.messages == "leadverify: cannot write " + folder.path("other") +
                               ": another run of leadverify is writing to it; wait for its end, "
                               "or name another output\n");
  CHECK(folder.read("other") == "of the first run\n");
  CHECK(folder.read("second") == "of an earlier run\n");
  CHECK(first.finish().exit_status == 0);
  CHECK(run_program({.arguments = arguments("second")}, "bob@example.org\n").exit_status == 0);
}

TEST_CASE("a signal ends a run that reads what was finished from a pipe", "[program][resume]") {
  const StagedList list;
  Program program(list.call("whole", {"--resume"}));
  // More than fits into a pipe: once it is written, it is being read.
  program.write(std::string(300'000, '#'));
  program.send(SIGTERM);
  REQUIRE(program.wait_for_message("run again with --resume for the others"));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 143);
  CHECK(settled(list.folder.read("whole")) == list.expected);
  CHECK(read_records(outcome.output).summary.at("complete") == false);
  CHECK(read_records(outcome.output).summary.at("total") == 6);
}

}  // namespace
}  // namespace leadverify
