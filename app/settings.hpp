// What one call of the program asks for: the library's options and the program's own.
#pragma once

#include <leadverify/options.hpp>

#include "app/dialect.hpp"

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

  std::optional<std::string> provider_file;  // its text becomes options.providers; absent: none
  std::optional<std::string> list_folder;    // whose files become options.lists; absent: none

  std::vector<std::string> files;  // "-" is standard input; none given: empty
  Dialect dialect;

  std::optional<std::string> output;  // absent: standard output
  RecordFormat format = RecordFormat::jsonl;
  bool format_given = false;  // was it asked for? The checks of --doctor are a table if not
  SummaryPlace summary_place = SummaryPlace::by_format;
  std::string summary_file;  // with SummaryPlace::file

  ProgressStyle progress = ProgressStyle::by_terminal;
  bool quiet = false;    // nothing but errors on standard error
  bool verbose = false;  // a line there for each step

  std::optional<std::chrono::nanoseconds> max_time;  // absent: as long as it takes

  std::string reply;  // with Task::explain; "-" reads JSON lines on standard input

  // With Task::doctor.
  std::optional<std::string> probe_host;  // absent: the exchanges of the first domains in files
  std::vector<std::string> blocklists;    // zones; none: those built in
};

}  // namespace leadverify::app
