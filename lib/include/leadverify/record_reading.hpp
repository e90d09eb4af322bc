// Records read back: what json_line() wrote of a Result, as a Result again.
//
// So one run's output tells the next what is known already. A key that is not known is
// passed over, since keys are only ever added; one whose value can't be what it says makes
// the line no record.
#pragma once

#include <leadverify/result.hpp>

#include <optional>
#include <string_view>

namespace leadverify {

/// The result record on `line`, which is without its line end; absent where that is none, or
/// not all of one. Texts are as the record shows them: made safe, and cut. Keys that are not
/// there, of those that say more than the verdict, read as null.
std::optional<Result> read_result(std::string_view line);

/// Is `line` a whole summary record?
bool is_summary(std::string_view line);

}  // namespace leadverify
