// The random recipient that a domain is asked for, to tell catch-all domains apart (pure).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadverify {

/// A local part that nobody has: 20 characters of a-z and 0-9, beginning with a letter, of which
/// the last seven are `begun` in base 36, so that a postmaster who finds it in a log can tell when
/// it was made. The same `seed`, `domain` and `begun` give the same name: a greylisting server
/// knows it again at the retry.
std::string random_local_part(std::uint64_t seed,
                              std::string_view domain,
                              std::chrono::sys_seconds begun);

}  // namespace leadverify
