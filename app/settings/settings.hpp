// What one call of the program asks for: the library's options and the program's own.
#pragma once

#include <leadverify/options.hpp>

#include "app/input/dialect.hpp"
#include "app/settings/given_option.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadverify::app {

enum class Task : std::uint8_t { verify, help, version, explain, doctor };

enum class RecordFormat : std::uint8_t {
  jsonl,    // one JSON object a line
  csv,      // for spreadsheets
  reacher,  // JSON lines with that service's field names
};

enum class ProgressStyle : std::uint8_t {
  by_terminal,  // `auto`: a bar on a terminal, else nothing
  bar,          // plain lines where standard error is no terminal
  plain,        // a line every ten seconds
  none,
};

enum class ColourStyle : std::uint8_t {
  by_terminal,  // `auto`: on a terminal, unless NO_COLOR is set
  always,
  never,
};

enum class SummaryPlace : std::uint8_t {
  by_format,        // standard output; standard error where the records are CSV
  standard_output,  // behind the records, if they go there too
  standard_error,
  none,
  file,
};

struct Settings {
  Task task = Task::verify;
  Options options;

  Layer in_force;                          // the options that hold, and who gave them
  std::optional<std::string> config_file;  // in the place of the user's own; absent: that one

  std::optional<std::string> provider_file;  // its text becomes options.providers; absent: none
  std::optional<std::string> list_folder;    // whose files become options.lists; absent: none

  std::vector<std::string> files;  // "-" is standard input; none given: empty
  Dialect dialect;

  std::optional<std::string> output;  // absent: standard output
  RecordFormat format = RecordFormat::jsonl;
  bool ordered = false;  // records in the order of the input
  bool resume = false;   // keep the finished records of `output`; it is there then
  SummaryPlace summary_place = SummaryPlace::by_format;
  std::string summary_file;  // with SummaryPlace::file

  std::optional<std::string> trace;  // the file of the trace; absent: none

  ProgressStyle progress = ProgressStyle::by_terminal;
  ColourStyle colour = ColourStyle::by_terminal;
  bool quiet = false;    // nothing but errors on standard error
  bool verbose = false;  // a line there for each step

  std::optional<std::chrono::nanoseconds> max_time;  // absent: as long as it takes

  std::string reply;  // with Task::explain; "-" reads JSON lines on standard input

  // With Task::doctor.
  std::optional<std::string> probe_host;  // absent: the exchanges of the first domains in files
  std::vector<std::string> blocklists;    // zones; none: those built in
};

}  // namespace leadverify::app
