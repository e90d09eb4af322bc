// A run from end to end: lines in, records out, and what the outside says meanwhile.
#pragma once

#include "app/settings/settings.hpp"

namespace leadverify::app {

/// Verifies what `settings` ask for and returns the exit status. Throws UsageError and
/// InputOutputError before anything is read or asked.
int run(Settings settings);

}  // namespace leadverify::app
