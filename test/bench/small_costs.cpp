// The costs besides sessions: the start, reading addresses, writing records.
//
//   small_costs [--starts 21] [--lines 1000000] [--runs 3]
//
// Printed are the medians of: the time from the program's start to its first record, for one
// address whose server answers at once; addresses a second, processor time and peak memory of
// --check syntax over a long list; the processor time of one record as a JSON line; and the items
// a second that are read of a long list in each format, by processor time.
#include <leadverify/json_line.hpp>

#include "app/input/line_source.hpp"
#include "bench/arguments.hpp"
#include "bench/sample_list.hpp"
#include "bench/world_child.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <vector>

using namespace leadverify::bench;

namespace {

double median(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

void measure_starts(const Scratch& scratch, std::size_t starts) {
  std::ofstream(scratch.path("world")) << "domain d.test\n  mx 10 mx.test\n"
                                       << "server mx.test 127.4.0.1\n  users user\n";
  std::ofstream(scratch.path("one.txt")) << "user@d.test\n";
  WorldChild world(scratch.path("world"));
  std::vector<std::string> words = {LEADVERIFY_PROGRAM};
  for (const std::string& word : world.options()) words.push_back(word);
  words.push_back(scratch.path("one.txt"));

  std::vector<double> to_record;
  std::vector<double> to_end;
  for (std::size_t i = 0; i < starts; ++i) {
    Pipe said;
    const auto begun = std::chrono::steady_clock::now();
    Child program(words, {.input = -1, .output = said.write_end});
    said.close_write_end();
    const std::string record = read_line(said.read_end);
    const Seconds first = std::chrono::steady_clock::now() - begun;
    const Cost cost = program.wait();
    if (record.find("\"status\":\"valid\"") == record.npos) std::printf("!! %s\n", record.c_str());
    to_record.push_back(first.count() * 1e3);
    to_end.push_back(cost.wall.count() * 1e3);
  }
  std::printf(
      "start to first record %.1f ms, to the end %.1f ms\n", median(to_record), median(to_end));
  std::fflush(stdout);
}

void measure_syntax(const Scratch& scratch, std::size_t lines, std::size_t runs) {
  {
    SampleList list(lines);
    std::ofstream file(scratch.path("list.txt"));
    while (const auto address = list.next()) file << *address << '\n';
  }
  std::vector<double> speeds;
  std::vector<double> processor;
  std::vector<double> peaks;
  for (std::size_t i = 0; i < runs; ++i) {
    const Cost cost =
        Child({LEADVERIFY_PROGRAM, "--check", "syntax", scratch.path("list.txt")}, {}).wait();
    if (cost.exit_status != 0) std::printf("!! exit status %d\n", cost.exit_status);
    speeds.push_back(double(lines) / cost.wall.count());
    processor.push_back(cost.processor.count() * 1e6 / double(lines));
    peaks.push_back(double(cost.peak_rss) / 1e6);
  }
  std::printf("--check syntax, %zu lines: %.0f addresses/s, %.2f us CPU each, peak RSS %.1f MB\n",
              lines,
              median(speeds),
              median(processor),
              median(peaks));
  std::fflush(stdout);
}

leadverify::Result usual_result() {
  leadverify::Result result;
  result.input = {.text = "user4711@domain12.test", .line = 4711, .file = {}};
  result.email = "user4711@domain12.test";
  result.domain = "domain12.test";
  result.status = leadverify::Status::valid;
  result.reason = leadverify::Reason::accepted;
  result.confidence = leadverify::Confidence::high;
  result.catch_all = false;
  result.code = 250;
  result.enhanced = leadverify::parse_enhanced_status("2.1.5");
  result.message = "Ok";
  result.mx = "mx17.test";
  result.mx_ip = "127.1.0.18";
  result.stage = leadverify::Stage::rcpt;
  result.attempts = 1;
  result.elapsed = std::chrono::milliseconds(212);
  result.checked_at = std::chrono::system_clock::now();
  return result;
}

void measure_records(std::size_t runs) {
  constexpr std::size_t records = 200'000;
  const leadverify::Result result = usual_result();
  std::vector<double> costs;
  std::size_t octets = 0;
  for (std::size_t i = 0; i < runs; ++i) {
    octets = 0;
    const std::clock_t begun = std::clock();
    for (std::size_t j = 0; j < records; ++j) octets += json_line(result).size();
    costs.push_back(double(std::clock() - begun) * 1e6 / CLOCKS_PER_SEC / double(records));
  }
  std::printf(
      "a record as a JSON line of %zu octets: %.2f us CPU\n", octets / records, median(costs));
}

/// Writes `lines` of a list that a spreadsheet or a program might have made.
void write_lists(const Scratch& scratch, std::size_t lines) {
  std::ofstream text(scratch.path("items.txt"));
  std::ofstream csv(scratch.path("items.csv"));
  std::ofstream quoted(scratch.path("quoted.csv"));
  std::ofstream jsonl(scratch.path("items.jsonl"));
  csv << "id,name,company,email,phone,created\n";
  quoted << "id,name,company,email,phone,created\n";
  for (std::size_t i = 0; i < lines; ++i) {
    const std::string id = std::to_string(i);
    const std::string address = "user" + id + "@domain" + std::to_string(i % 2000) + ".test";
    text << address << '\n';
    csv << id << ",Ada Lovelace,Example and Sons," << address << ",+49 30 123456,2026-01-18\n";
    quoted << id << ",\"Lovelace, Ada\",\"Example \"\"and\"\" Sons\",\"" << address
           << "\",\"+49 30\n123456\",2026-01-18\n";
    jsonl << "{\"id\":" << id << ",\"name\":\"Ada Lovelace\",\"email\":\"" << address << "\"}\n";
  }
}

void measure_reading(const Scratch& scratch, std::size_t lines, std::size_t runs) {
  using leadverify::app::Dialect;
  write_lists(scratch, lines);
  const std::vector<std::pair<const char*, Dialect>> lists = {
      {"items.txt", {}},
      {"items.csv", {}},
      {"quoted.csv", {}},
      {"items.csv", {.keep = {.all = true}}},
      {"items.jsonl", {}},
      {"items.jsonl", {.keep = {.all = true}}}};
  for (const auto& [name, dialect] : lists) {
    std::vector<double> speeds;
    std::size_t items = 0;
    for (std::size_t i = 0; i < runs; ++i) {
      items = 0;
      leadverify::app::LineSource source({scratch.path(name)}, dialect, -1);
      const std::clock_t begun = std::clock();
      while (source.next()) ++items;
      speeds.push_back(double(items) * CLOCKS_PER_SEC / double(std::clock() - begun));
    }
    if (items != lines) std::printf("!! %zu items\n", items);
    std::printf("reading %s%s: %.0f items/s of CPU\n",
                name,
                dialect.keep.any() ? " --keep all" : "",
                median(speeds));
  }
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments(count, words);
  const std::size_t starts = arguments.number("starts", 21);
  const std::size_t lines = arguments.number("lines", 1'000'000);
  const std::size_t runs = arguments.number("runs", 3);
  arguments.refuse_others();

  const Scratch scratch;
  measure_starts(scratch, starts);
  measure_records(runs);
  measure_reading(scratch, lines, runs);
  measure_syntax(scratch, lines, runs);
  return 0;
}
