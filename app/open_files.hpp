// How many files and sockets the system lets this program have open.
#pragma once

#include <leadverify/options.hpp>

namespace leadverify::app {

/// Raises the soft limit to the hard one.
void raise_open_files();

/// Throws UsageError where `options` allow more sessions than there can be sockets.
void check_open_files(const Options& options);

}  // namespace leadverify::app
