// How many files and sockets the system lets this program have open.
#pragma once

#include "app/settings/settings.hpp"

namespace leadverify::app {

/// Raises the soft limit to the hard one.
void raise_open_files();

/// Throws UsageError where `settings` allow more sessions than there can be sockets.
void check_open_files(const Settings& settings);

}  // namespace leadverify::app
