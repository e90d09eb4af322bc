// Records under the field names of the Reacher service, for programs that were written for its
// answers (docs/output.md has the mapping).
#pragma once

#include <leadverify/result.hpp>

#include <string>

namespace leadverify {

/// The record as one JSON object, without a line end.
std::string reacher_line(const Result& result);

}  // namespace leadverify
