// The folder of --lists: lists of a user's own in the place of the built-in ones.
#pragma once

#include <leadverify/options.hpp>

#include <string>

namespace leadverify::app {

/// The lists that `folder` has, which `named_by` names ("--lists"); the others are absent. Throws
/// UsageError where it has none of them, or one can't be read or is larger than 16 MiB.
ListTexts read_lists(const std::string& named_by, const std::string& folder);

}  // namespace leadverify::app
