// The counts of a run as a table, for the person who waited for it.
#pragma once

#include <leadverify/summary.hpp>

#include "app/terminal/look.hpp"

#include <string>

namespace leadverify::app {

/// Several lines, each with its end, and an empty one before them.
std::string summary_table(const Summary& summary, const Look& look);

}  // namespace leadverify::app
