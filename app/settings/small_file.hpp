// A file of settings, read whole: small by nature, and checked to be so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace leadverify::app {

/// The octets of `file`, which `named_by` names ("--providers"; empty: nobody did). Throws
/// UsageError where it can't be read, or is larger than `most_mebibytes`.
std::string read_small_file(const std::string& named_by,
                            const std::string& file,
                            std::size_t most_mebibytes = 1);

/// Likewise, of a file that need not be there: absent where it is not.
std::optional<std::string> read_small_file_if_there(const std::string& named_by,
                                                    const std::string& file,
                                                    std::size_t most_mebibytes = 1);

}  // namespace leadverify::app
