// The words on the command line: options and files.
#pragma once

#include "app/settings/given_option.hpp"
#include "app/settings/settings.hpp"

#include <string>
#include <vector>

namespace leadverify::app {

struct CommandLine {
  Layer options;                   // with --help, that one alone
  std::vector<std::string> files;  // "-" is standard input
};

/// Reads `arguments`, the program's own name left out. Long options are written in full,
/// each at most once unless it is repeatable. Throws UsageError with one line that says what to do
/// instead. Values are not looked at here, nor what the files are.
CommandLine read_command_line(const std::vector<std::string>& arguments);

/// What one option means for another: filled in. Throws UsageError where settings that are right
/// one by one don't go together.
void join_options(Settings& settings);

}  // namespace leadverify::app
