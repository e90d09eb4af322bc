// A line for a person, safe to show on a terminal.
//
// What such a line tells of, names of files, values of options, records of an earlier run, is
// written by others: any octets.
#pragma once

#include <string>
#include <string_view>

namespace leadverify::app {

/// `words` as one line, with its end; what would mislead a terminal is replaced, and what goes
/// beyond 8 KiB is cut off.
std::string message_line(std::string_view words);

}  // namespace leadverify::app
