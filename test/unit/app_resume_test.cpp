// What a run left in its file, cut anywhere, and taken up again: in one process, to be quick.
#include "app/base/usage_error.hpp"
#include "app/batch_run.hpp"
#include "app/output/output_file.hpp"
#include "app/signal_watch.hpp"
#include "support/settled.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <csignal>

namespace leadverify::app {
namespace {

/// Takes back on its way out what a run does to the signals of this thread.
class SignalMask {
 public:
  SignalMask() {
    ::pthread_sigmask(SIG_SETMASK, nullptr, &before_);
    hold_back_signals();
  }
  ~SignalMask() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalMask(const SignalMask&) = delete;
  SignalMask& operator=(const SignalMask&) = delete;

 private:
  sigset_t before_{};
};

struct Run {
  Run() {
    settings.options.depth = Depth::syntax;
    settings.files = {folder.write("list",
                                   "# a list\n"
                                   "Ada <ada@example.org>\n"
                                   "\xFF nonsense\n"
                                   "\n"
                                   "ada@EXAMPLE.org\n"
                                   "b\xC3\xB6rge@example.net\n")};
    settings.output = folder.path("out");
    settings.summary_place = SummaryPlace::none;
    settings.quiet = true;
  }

  int run() const {
    const SignalMask mask;
    Outputs outputs = open_outputs(settings);
    return BatchRun(settings, outputs).run();
  }
  std::string out() const { return folder.read("out"); }

  TemporaryFolder folder;
  Settings settings;
};

TEST_CASE("a file that was torn at any octet is completed to the same records", "[app][resume]") {
  Run run;
  REQUIRE(run.run() == 0);
  const std::string whole = run.out();
  REQUIRE(settled(whole).size() == 4);

  run.settings.resume = true;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    CAPTURE(length);
    run.folder.write("out", whole.substr(0, length));

    REQUIRE(run.run() == 0);

    REQUIRE(settled(run.out()) == settled(whole));
    // What is finished stays as it is.
    const std::size_t kept = length == 0 ? 0 : whole.rfind('\n', length - 1) + 1;
    REQUIRE(run.out().substr(0, kept) == whole.substr(0, kept));
  }
}

TEST_CASE("a file that lacks any of its records is completed", "[app][resume]") {
  Run run;
  REQUIRE(run.run() == 0);
  const std::string whole = run.out();
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < whole.size(); at += lines.back().size()) {
    lines.push_back(whole.substr(at, whole.find('\n', at) + 1 - at));
  }

  run.settings.resume = true;
  for (unsigned chosen = 0; chosen < (1U << lines.size()); ++chosen) {
    CAPTURE(chosen);
    // No record of a repetition is finished before that of the address's first occurrence.
    if ((chosen & 1U) == 0 && chosen != 0) continue;
    std::string some;
    for (std::size_t line = 0; line < lines.size(); ++line) {
      if ((chosen >> line & 1U) != 0) some += lines[line];
    }
    run.folder.write("out", some);

    REQUIRE(run.run() == 0);
    REQUIRE(settled(run.out()) == settled(whole));
  }
}

}  // namespace
}  // namespace leadverify::app
