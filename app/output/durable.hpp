// What it takes that written octets outlast a crash of the machine (docs/reliability.md).
#pragma once

#include <optional>
#include <string>

namespace leadverify::app {

/// Has the system bring what was written to `descriptor` to the disk; why that failed, an
/// errno. Absent where it is done, or is nothing that can be done: to a pipe, or on a file
/// system that knows no such thing.
std::optional<int> sync_file(int descriptor);

/// The same for the folder that `file` stands in, so that a new file's name lasts too. Absent
/// also where this user may not open the folder.
std::optional<int> sync_folder_of(const std::string& file);

}  // namespace leadverify::app
