// --doctor: whether this host can verify, and will be listened to, before a long run.
#pragma once

#include <leadverify/doctor.hpp>

#include "app/settings/settings.hpp"

#include <string>
#include <vector>

namespace leadverify::app {

/// Examines this host and prints each check as it becomes known, for people or as JSON lines.
/// Returns the exit status: that a failure was found, or none. Throws UsageError for a mistake in
/// what was asked for, InputOutputError where an input can't be read or the output not written.
int doctor(const Settings& settings);

/// A check as lines of a table for people, with its end.
std::string table_line(const Check& check);

/// The last line of that table, with its end.
std::string table_end(const std::vector<Check>& checks);

}  // namespace leadverify::app
