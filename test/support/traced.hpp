// The built program under strace, which makes system calls fail, or kills at them.
#pragma once

#include "support/program.hpp"

#include <string>
#include <vector>

namespace leadverify {

/// `call` with `fault`, as strace's "inject" reads it, at calls on `file` alone; on any where
/// that is empty.
inline Call traced(Call call, const std::string& fault, const std::string& file) {
  call.under = {"strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=" + fault};
  if (!file.empty()) call.under.insert(call.under.end(), {"-P", file});
  // Who is traced can't look for leaks.
  call.environment.emplace_back("ASAN_OPTIONS", "detect_leaks=0");
  return call;
}

}  // namespace leadverify
