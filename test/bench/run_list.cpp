// The whole program against a mail world on loopback: speed, cost and manners of verifying a list.
//
//   run_list [--addresses 10000] [--seed 1] [--runs 3]
//            [--sessions N --latency MILLISECONDS]
//            [--program LEADVERIFY] [-- LEADVERIFY-OPTIONS...]
//
// Prints a row for 50 sessions without latency, for 50 and for 500 sessions with replies that take
// 50 ms; or the one row that --sessions and --latency ask for. Each run has a world of its
// own. "/ bound" is the time over the least that the limits and the manners allow (lower_bound.hpp;
// for the standard limits). Each figure is the median of its runs, but for the most sessions at
// once and the faults, which are the worst. Sessions, connections and queries are the servers' own
// counts.
#include "bench/arguments.hpp"
#include "bench/sample_list.hpp"
#include "bench/world_child.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <vector>

using namespace leadverify::bench;

namespace {

struct Setting {
  std::uint64_t sessions = 50;
  std::chrono::milliseconds latency{0};
};

struct Run {
  Cost cost;
  Witness witness;
  std::size_t wrong = 0;  // records that are not as the list was made
};

double median(const std::vector<Run>& runs, const auto& figure) {
  std::vector<double> figures;
  for (const Run& run : runs) figures.push_back(figure(run));
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

std::uint64_t most(const std::vector<Run>& runs, std::uint64_t Witness::*count) {
  std::uint64_t most = 0;
  for (const Run& run : runs) most = std::max(most, run.witness.*count);
  return most;
}

/// Speed is worth nothing if the verdicts are wrong: how many addresses have another one than the
/// list was made for, or none.
std::size_t count_wrong(const std::string& records, const SampleList::Census& census) {
  std::size_t addresses = 0;
  for (const auto& domain : census.of_rank) addresses += domain.addresses;
  std::ptrdiff_t valid = 0;
  std::ptrdiff_t invalid = 0;
  std::ptrdiff_t catch_all = 0;
  std::ifstream file(records);
  for (std::string line; std::getline(file, line);) {
    valid += line.find("\"status\":\"valid\"") != line.npos;
    invalid += line.find("\"status\":\"invalid\"") != line.npos;
    catch_all += line.find("\"status\":\"catch_all\"") != line.npos;
  }
  const std::size_t expected_valid = addresses - census.unknown - census.catch_all;
  const auto distance = [](std::ptrdiff_t seen, std::size_t expected) {
    return static_cast<std::size_t>(std::abs(seen - static_cast<std::ptrdiff_t>(expected)));
  };
  return std::max({distance(valid, expected_valid),
                   distance(invalid, census.unknown),
                   distance(catch_all, census.catch_all)});
}

class Bench {
 public:
  /// `command` is the program and options for each run.
  Bench(std::size_t addresses, std::uint64_t seed, std::vector<std::string> command)
      : addresses_(addresses), list_(addresses, seed), command_(std::move(command)) {
    census_ = list_.count();
    std::ofstream lines(scratch_.path("list.txt"));
    while (const auto address = list_.next()) lines << *address << '\n';
  }

  void print_row(const Setting& setting, std::size_t runs_wanted) {
    std::ofstream script(scratch_.path("world"));
    list_.write_world(script, census_, setting.latency);
    script.close();
    std::vector<Run> runs;
    for (std::size_t i = 0; i < runs_wanted; ++i) runs.push_back(run(setting));

    const double addresses = double(addresses_);
    const double seconds = median(runs, [](const Run& run) { return run.cost.wall.count(); });
    const Seconds bound = find_bound(setting);
    std::size_t wrong = 0;
    for (const Run& run : runs) wrong = std::max(wrong, run.wrong);
    std::printf(
        "%8llu %8lld %8.2f %8.2f %9.0f %8.1f %7.1f %10.3f %9.3f %9.3f %6llu %6llu %6llu %7llu "
        "%6zu\n",
        static_cast<unsigned long long>(setting.sessions),
        static_cast<long long>(setting.latency.count()),
        seconds,
        bound > Seconds(0) ? seconds / bound.count() : 0,
        median(runs, [&](const Run& run) { return addresses / run.cost.wall.count(); }),
        median(runs, [&](const Run& run) { return run.cost.processor.count() * 1e6 / addresses; }),
        median(runs, [](const Run& run) { return double(run.cost.peak_rss) / 1e6; }),
        median(runs, [&](const Run& run) { return double(run.witness.connections) / addresses; }),
        median(runs, [&](const Run& run) { return double(run.witness.dns_queries) / addresses; }),
        median(runs, [&](const Run& run) { return double(run.witness.rcpt) / addresses; }),
        static_cast<unsigned long long>(most(runs, &Witness::most_sessions_to_one_server)),
        static_cast<unsigned long long>(most(runs, &Witness::most_sessions)),
        static_cast<unsigned long long>(most(runs, &Witness::most_sessions_for_one_domain)),
        static_cast<unsigned long long>(most(runs, &Witness::faults)),
        wrong);
    std::fflush(stdout);
  }

  static void print_head() {
    std::printf("%8s %8s %8s %8s %9s %8s %7s %10s %9s %9s %6s %6s %6s %7s %6s\n",
                "sessions",
                "ms/reply",
                "seconds",
                "/ bound",
                "addr/s",
                "CPU us/a",
                "RSS MB",
                "connects/a",
                "queries/a",
                "RCPT/a",
                "one MX",
                "in all",
                "domain",
                "faults",
                "wrong");
  }

 private:
  Seconds find_bound(const Setting& setting) const {
    const auto work = SampleList::work(census_, setting.latency);
    leadverify::Options options;
    options.domain_rate.count = 0;
    options.max_connections = static_cast<int>(setting.sessions);
    return find_lower_bound(work, options, Manners{}).time;
  }

  Run run(const Setting& setting) {
    WorldChild world(scratch_.path("world"));
    std::vector<std::string> words = command_;
    for (const std::string& word : world.options()) words.push_back(word);
    const std::string sessions = std::to_string(setting.sessions);
    words.insert(words.end(), {"--domain-rate", "0", "--max-connections", sessions});
    words.push_back(scratch_.path("list.txt"));

    const std::string records = scratch_.path("records.jsonl");
    const int output =
        ::open(records.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    Run run;
    run.cost = Child(words, {.input = -1, .output = output}).wait();
    ::close(output);
    run.witness = world.finish();
    run.wrong = count_wrong(records, census_);
    return run;
  }

  std::size_t addresses_;
  SampleList list_;
  SampleList::Census census_;
  std::vector<std::string> command_;
  Scratch scratch_;
};

}  // namespace

int main(int count, char** words) {
  Arguments arguments(count, words);
  const std::size_t addresses = arguments.number("addresses", 10'000);
  const std::uint64_t seed = arguments.number("seed", 1);
  const std::size_t runs = arguments.number("runs", 3);
  const bool one_row = arguments.has("sessions") || arguments.has("latency");
  const Setting asked{.sessions = arguments.number("sessions", 50),
                      .latency = std::chrono::milliseconds(arguments.number("latency", 0))};
  std::vector<std::string> command = {arguments.word("program", LEADVERIFY_PROGRAM)};
  command.insert(command.end(), arguments.rest().begin(), arguments.rest().end());
  arguments.refuse_others();

  Bench bench(addresses, seed, std::move(command));
  Bench::print_head();
  if (one_row) {
    bench.print_row(asked, runs);
    return 0;
  }
  using std::chrono::milliseconds;
  bench.print_row({.sessions = 50, .latency = milliseconds(0)}, runs);
  bench.print_row({.sessions = 50, .latency = milliseconds(50)}, runs);
  bench.print_row({.sessions = 500, .latency = milliseconds(50)}, runs);
  return 0;
}
