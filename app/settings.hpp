// What one call of the program asks for: the library's options and the program's own.
#pragma once

#include <leadverify/options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadverify::app {

enum class Task : std::uint8_t { verify, help, version, explain };

enum class InputFormat : std::uint8_t {
  by_name,  // `auto`: by the extension of each file's name
  text,     // one address a line
};

enum class ProgressStyle : std::uint8_t {
  by_terminal,  // `auto`: a bar on a terminal, else nothing
  bar,          // plain lines where standard error is no terminal
  plain,        // a line every ten seconds
  none,
};

enum class SummaryPlace : std::uint8_t {
  standard_output,  // behind the records, if they go there too
  standard_error,
  none,
  file,
};

struct Settings {
  Task task = Task::verify;
  Options options;

  std::optional<std::string> provider_file;  // its text becomes options.providers; absent: none

  std::vector<std::string> files;  // "-" is standard input; none given: empty
  InputFormat input_format = InputFormat::by_name;

  std::optional<std::string> output;  // absent: standard output
  SummaryPlace summary_place = SummaryPlace::standard_output;
  std::string summary_file;  // with SummaryPlace::file

  std::optional<std::string> trace;  // the file of the trace; absent: none

  ProgressStyle progress = ProgressStyle::by_terminal;
  bool quiet = false;    // nothing but errors on standard error
  bool verbose = false;  // a line there for each step

  std::optional<std::chrono::nanoseconds> max_time;  // absent: as long as it takes

  std::string reply;  // with Task::explain; "-" reads JSON lines on standard input
};

}  // namespace leadverify::app
