// An output that fails: it is told, nothing torn is left where that can be helped, and the next
// run completes what is there.
#include "support/records.hpp"
#include "support/staged_list.hpp"
#include "support/traced.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>

namespace leadverify {
namespace {

constexpr const char* summary_line = "{\"type\":\"summary\"}\n";

TEST_CASE("a write that fails is told, counted and made up for", "[program][output_fault]") {
  struct Example {
    const char* error;
    const char* words;
    std::size_t calm;  // pieces that are written before
  };
  const auto example = GENERATE(values<Example>({{"ENOSPC", "No space left on device", 0},
                                                 {"ENOSPC", "No space left on device", 2},
                                                 {"EIO", "Input/output error", 1},
                                                 {"EDQUOT", "Disk quota exceeded", 1}}));
  CAPTURE(example.error, example.calm);
  const StagedList list;
  const std::string fault =
      std::string("write:error=") + example.error + ":when=" + std::to_string(example.calm + 1);

  const Outcome outcome =
      list.run(traced(list.call("out"), fault, list.folder.path("out")), example.calm);

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.starts_with("leadverify: cannot write " + list.folder.path("out") + ": " +
                                     example.words + "\n"));
  CHECK(outcome.messages.find("run again with --resume") != std::string::npos);
  const Records written = read_records(list.folder.read("out"));
  CHECK(written.results.size() == example.calm * StagedList::records_in_piece);
  const nlohmann::json summary = read_records(outcome.output).summary;
  CHECK(summary.at("complete") == false);
  CHECK(summary.at("total") == written.results.size());
  list.check_completed();
}

TEST_CASE("a write that is only put off changes nothing", "[program][output_fault]") {
  const auto error = GENERATE("EINTR", "EAGAIN");
  CAPTURE(error);
  const StagedList list;
  const std::string fault = std::string("write:error=") + error + ":when=1+2";

  const Outcome outcome =
      run_program(traced(list.call("out"), fault, list.folder.path("out")), StagedList::all());

  CHECK(outcome.exit_status == 0);
  CHECK(settled(list.folder.read("out")) == list.expected);
}

TEST_CASE("what does not reach the disk is no success", "[program][output_fault]") {
  struct Example {
    const char* fault;
    const char* words;
  };
  const auto example =
      GENERATE(values<Example>({{"fdatasync:error=EIO", "Input/output error"},
                                {"fdatasync:error=ENOSPC", "No space left on device"},
                                {"close:error=EIO", "Input/output error"},
                                {"close:error=EDQUOT", "Disk quota exceeded"}}));
  CAPTURE(example.fault);
  const StagedList list;

  const Outcome outcome = run_program(
      traced(list.call("out"), example.fault, list.folder.path("out")), StagedList::all());

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.find("cannot write " + list.folder.path("out") + ": " + example.words) !=
        std::string::npos);
  CHECK(read_records(outcome.output).summary.at("complete") == false);
  list.check_completed();
}

TEST_CASE("what is written is brought to the disk while the run goes on",
          "[program][output_fault]") {
  const StagedList list;
  Program program(traced(list.call("out"), "fdatasync:error=EIO", list.folder.path("out")));

  program.write(StagedList::pieces.front());

  CHECK(program.wait_for_message("Input/output error"));
  CHECK(program.finish().exit_status == 3);
}

TEST_CASE("a new file whose name does not reach the disk is told before the run",
          "[program][output_fault]") {
  const StagedList list;

  const Outcome outcome =
      run_program(traced(list.call("out"), "fsync:error=EIO", {}), StagedList::all());

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.output.empty());
  CHECK(list.folder.read("out").empty());
}

TEST_CASE("a file system that knows no sync and no locks is written all the same",
          "[program][output_fault]") {
  const auto fault = GENERATE("fdatasync:error=EINVAL", "flock:error=ENOLCK", "fsync:error=EINVAL");
  CAPTURE(fault);
  const StagedList list;

  const Outcome outcome = run_program(traced(list.call("out"), fault, {}), StagedList::all());

  CHECK(outcome.exit_status == 0);
  CHECK(settled(list.folder.read("out")) == list.expected);
}

TEST_CASE("a file that can't be emptied is not written", "[program][output_fault]") {
  const StagedList list;
  list.folder.write("out", "something else\n");

  const Outcome outcome =
      run_program(traced(list.call("out"), "ftruncate:error=EIO", list.folder.path("out")));

  CHECK(outcome.exit_status == 3);
  CHECK(list.folder.read("out") == "something else\n");
}

TEST_CASE("a torn end that can't be cut off is left for the next run", "[program][output_fault]") {
  const auto fault = GENERATE(
      "ftruncate:error=EIO", "fdatasync:error=EIO", "lseek:error=EIO", "pread64:error=EIO");
  CAPTURE(fault);
  const StagedList list;
  const std::string torn = list.folder.read("whole").substr(0, 700);
  const std::string out = list.folder.write("out", torn);

  const Outcome outcome =
      run_program(traced(list.call("out", {"--resume"}), fault, out), StagedList::all());

  CHECK(outcome.exit_status == 3);
  CHECK(torn.starts_with(list.folder.read("out")));
  list.check_completed();
}

TEST_CASE("a file that can't be written anew stays as it was", "[program][output_fault]") {
  const StagedList list;
  const std::string begun = summary_line + list.folder.read("whole").substr(0, 1200);
  list.folder.write("out", begun);
  Call limited = list.call("out", {"--resume"});
  limited.largest_file = 300;

  CHECK(run_program(limited, StagedList::all()).exit_status == 3);
  for (const char* const fault :
       {"rename:error=EIO", "fchmod:error=EPERM", "fdatasync:error=EIO"}) {
    CAPTURE(fault);
    const Call call = traced(list.call("out", {"--resume"}), fault, {});
    CHECK(run_program(call, StagedList::all()).exit_status == 3);
    CHECK(list.folder.read("out") == begun);
  }

  list.check_completed();
  // No file is left beside it.
  const auto names = std::filesystem::directory_iterator(list.folder.path(""));
  CHECK(std::distance(begin(names), end(names)) == 2);
}

TEST_CASE("a record that a full disk tore is taken back, or dropped by the next run",
          "[program][output_fault]") {
  const StagedList list;
  Call call = list.call("out");
  call.largest_file = 700;

  SECTION("where the file can be cut") {
    CHECK(run_program(call, StagedList::all()).exit_status == 3);
    CHECK(list.folder.read("out").ends_with("\n"));
  }
  SECTION("where it can't") {
    // A new file is not emptied: the only cut is the writer's own.
    call.arguments.emplace_back("--resume");
    const Call cursed = traced(call, "ftruncate:error=EIO", list.folder.path("out"));
    CHECK(run_program(cursed, StagedList::all()).exit_status == 3);
    CHECK(list.folder.read("out").size() == 700);
  }
  list.check_completed();
}

TEST_CASE("a full disk that gets room again loses nothing", "[program][output_fault]") {
  const TemporaryFolder folder;
  std::string addresses;
  for (int number = 0; number < 300; ++number) {
    addresses += "ada" + std::to_string(number) + "@example.org\n";
  }
  const std::string list = folder.write("list", addresses);
  const std::string disk = folder.path("disk");
  std::filesystem::create_directory(disk);
  // In a mount namespace of its own where that may be done; else with a file that may not grow.
  const bool may_mount = std::system("unshare --mount mount -t tmpfs tmpfs /mnt 2>/dev/null") == 0;
  const std::string small = may_mount ? "mount -t tmpfs -o size=64k tmpfs \"$disk\"" : "true";
  const std::string large = may_mount ? "mount -o remount,size=16m \"$disk\"" : "true";
  const std::string limit = may_mount ? "" : "ulimit -f 128; ";
  const std::string script =
      "set -e; disk=$1 out=$2 program=$3; shift 3; status=0\n" + small + "\n(" + limit +
      "exec \"$program\" \"$@\") || status=$?\n" + "cp \"$disk/out\" \"$out.full\"\n" + large +
      "\n\"$program\" \"$@\" --resume\n" + "cp \"$disk/out\" \"$out\"; exit $status";
  Call call = {.arguments = {"--check", "syntax", "-o", disk + "/out", list}};
  if (may_mount) call.under = {"unshare", "--mount"};
  call.under.insert(call.under.end(), {"sh", "-c", script, "sh", disk, folder.path("out")});

  const Outcome outcome = run_program(call);

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.find(may_mount ? "No space left on device" : "File too large") !=
        std::string::npos);
  const auto full = settled(folder.read("out.full"));
  CHECK_FALSE(full.empty());
  CHECK(full.size() < 300);
  const auto all = settled(folder.read("out"));
  CHECK(all.size() == 300);
  CHECK(std::ranges::includes(all, full));
}

TEST_CASE("a standard output that fails late is told", "[program][output_fault]") {
  const auto fault = GENERATE("write:error=EIO:when=1+", "close:error=EDQUOT:when=1+");
  const auto [with_file, wants_help] =
      GENERATE(table<bool, bool>({{false, false}, {true, false}, {false, true}}));
  CAPTURE(fault, with_file, wants_help);
  const StagedList list;
  const std::string out = list.folder.write("out", "");
  Call call = with_file ? list.call("other") : Call{.arguments = {"--check", "syntax"}};
  if (wants_help) call.arguments = {"--help"};
  const int descriptor = ::open(out.c_str(), O_WRONLY | O_CLOEXEC);
  REQUIRE(descriptor >= 0);
  call.standard_output = descriptor;

  const Outcome outcome = run_program(traced(call, fault, out), StagedList::all());
  ::close(descriptor);

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.starts_with("leadverify: cannot write standard output: "));
}

TEST_CASE("records that an output took none of are not counted", "[program][output_fault]") {
  const bool with_file = GENERATE(true, false);
  CAPTURE(with_file);
  Call call = {.arguments = {"--check", "syntax", "--summary", "stderr"}};
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (with_file) call.arguments.insert(call.arguments.end(), {"-o", "/dev/full"});
  if (!with_file) call.standard_output = full;

  const Outcome outcome = run_program(call, StagedList::all());
  ::close(full);

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.find("\"complete\":false,\"total\":0,") != std::string::npos);
  const bool tells_settled =
      outcome.messages.find("of 6 addresses read, 0 are settled; run again for the others") !=
      std::string::npos;
  CHECK(tells_settled == with_file);
}

TEST_CASE("a summary that standard error does not take is no success", "[program][output_fault]") {
  const StagedList list;
  const bool is_full = GENERATE(true, false);
  CAPTURE(is_full);
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  ::close(ends[0]);
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  Call call = list.call("out", {"--summary", "stderr"});
  call.standard_error = is_full ? full : ends[1];
  Call without_summary = list.call("out", {"--summary", "none"});
  without_summary.standard_error = call.standard_error;

  CHECK(run_program(call, StagedList::all()).exit_status == 3);
  CHECK(run_program(without_summary, StagedList::all()).exit_status == 0);
  ::close(full);
  ::close(ends[1]);
}

TEST_CASE("a closed standard output is told before a run whose summary goes there",
          "[program][output_fault]") {
  const StagedList list;
  Call call = list.call("out");
  call.standard_output = closed_stream;
  Call without_summary = list.call("out", {"--summary", "none"});
  without_summary.standard_output = closed_stream;

  const Outcome refused = run_program(call, StagedList::all());

  CHECK(refused.exit_status == 3);
  CHECK(refused.messages == "leadverify: cannot write standard output: Bad file descriptor\n");
  CHECK(run_program(without_summary, StagedList::all()).exit_status == 0);
}

}  // namespace
}  // namespace leadverify
