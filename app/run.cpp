#include "app/run.hpp"

#include "app/base/usage_error.hpp"
#include "app/batch_run.hpp"
#include "app/exit_status.hpp"
#include "app/open_files.hpp"
#include "app/output/output_file.hpp"
#include "app/settings/in_force.hpp"
#include "app/settings/option_table.hpp"
#include "app/settings/read_files.hpp"

#include <unistd.h>

#include <filesystem>

namespace leadverify::app {
namespace {

constexpr int never = -1;  // no event stops it

/// Throws UsageError where a file does not have the columns that are asked for, as far as that
/// can be seen before the run.
void check_first_rows(const Settings& settings) {
  for (const std::string& file : settings.files) {
    if (format_of(file, settings.dialect.format) != InputFormat::csv) continue;
    if (file == "-" || !std::filesystem::is_regular_file(file)) continue;
    LineSource source({file}, settings.dialect, never);
    source.next();
    if (source.is_misused()) throw UsageError(*source.fault());
  }
}

}  // namespace

int run(Settings settings) {
  if (settings.files.empty()) {
    if (::isatty(STDIN_FILENO) != 0) {
      write_all(STDERR_FILENO, short_help());
      return exit_usage;
    }
    settings.files = {"-"};
  }
  settings.options = options_of(settings);
  if (settings.verbose) static_cast<void>(write_all(STDERR_FILENO, not_typed(settings)));
  if (const std::optional<std::string> words = fault(settings.options)) {
    throw UsageError(place_of_fault(settings) + *words);
  }
  raise_open_files();
  check_open_files(settings);
  if (const std::optional<std::string> words = input_fault(settings.files)) {
    throw InputOutputError(*words);
  }
  check_first_rows(settings);
  Outputs outputs = open_outputs(settings);
  hold_back_signals();
  return BatchRun(settings, outputs).run();
}

}  // namespace leadverify::app
