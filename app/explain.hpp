// --explain: what an SMTP reply means, without asking anybody.
#pragma once

#include <string>

namespace leadverify::app {

/// Prints the meaning of `reply`, or of each JSON line on standard input where it is "-".
/// Returns the exit status; throws UsageError where `reply` is none.
int explain(const std::string& reply);

}  // namespace leadverify::app
