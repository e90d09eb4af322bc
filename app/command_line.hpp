// What the words on the command line ask for.
#pragma once

#include "app/settings.hpp"

#include <string>
#include <vector>

namespace leadverify::app {

/// Reads `arguments`, the program's own name left out. Long options are written in full,
/// each at most once unless it is repeatable. Throws UsageError with one line that says what to do
/// instead. What the files are is not looked at here.
Settings parse_command_line(const std::vector<std::string>& arguments);

}  // namespace leadverify::app
