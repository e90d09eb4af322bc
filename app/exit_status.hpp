// What the program's exit status says (docs/output.md).
#pragma once

namespace leadverify::app {

inline constexpr int exit_complete = 0;      // whatever the verdicts
inline constexpr int exit_usage = 2;         // usage or configuration
inline constexpr int exit_input_output = 3;  // input not readable, output not writable
inline constexpr int exit_unwell = 4;        // --doctor found a failure
inline constexpr int exit_incomplete = 75;   // --max-time passed, or a fault of our own
inline constexpr int exit_by_signal = 128;   // plus the signal's number

}  // namespace leadverify::app
