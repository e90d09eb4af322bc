// What this host can run out of: a system call that fails for want of it says nothing of anybody
// else, and is worth another try.
#pragma once

namespace leadverify {

/// Does this value of errno say that descriptors, ports, buffers or memory ran out, or that a
/// signal came in between?
bool is_shortage(int system_error);

}  // namespace leadverify
