// What one call of the program asks for, put together from everywhere that may say so.
//
// The command line is stronger than LEADVERIFY_ variables, those are stronger than the file of
// --config or else the user's own, and that is stronger than the system's. The strongest that
// names an option decides on it.
#pragma once

#include "app/settings/environment.hpp"
#include "app/settings/settings.hpp"

#include <string>
#include <vector>

namespace leadverify::app {

/// Reads `arguments`, the program's own name left out, and what else holds. Throws UsageError with
/// one line that says where a mistake is and what to do instead. A call that verifies nothing
/// reads the command line alone.
Settings read_settings(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace leadverify::app
