// A file of settings, read whole: small by nature, and checked to be so.
#pragma once

#include <optional>
#include <string>

namespace leadverify::app {

/// The octets of `file`, which `option` names ("--providers"). Throws UsageError where it can't be
/// read, or is larger than 1 MiB.
std::string read_small_file(const std::string& option, const std::string& file);

/// The same of a file that nobody named; absent where there is none.
std::optional<std::string> read_small_file_if_there(const std::string& file);

}  // namespace leadverify::app
