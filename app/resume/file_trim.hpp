// A file cut down to the parts that are to stay.
#pragma once

#include "app/base/descriptor.hpp"
#include "app/resume/journal.hpp"

#include <string>
#include <vector>

namespace leadverify::app {

/// Leaves in `file`, which `opened` is open on for reading and writing, nothing but `kept`,
/// and the next write behind that, once it has reached the disk. A file that only loses its
/// end is cut; any other is written anew beside itself and put in place at once, so that at
/// each moment either the old one is there or the new one. `opened` then is open on the new
/// one, and holds the lock of the old. Throws InputOutputError where that fails.
void trim_file(const Descriptor& opened, const std::string& file, const std::vector<Span>& kept);

}  // namespace leadverify::app
