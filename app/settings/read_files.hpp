// The small files that options name, read into the library's options.
#pragma once

#include "app/settings/settings.hpp"

namespace leadverify::app {

/// settings.options, with the provider table and the lists that files replace. Throws UsageError
/// where one can't be read.
Options options_of(const Settings& settings);

}  // namespace leadverify::app
