// What a clause comes to: the claim that is made where a state is said of a subject.
#pragma once

#include "verdict/meanings.hpp"

#include <optional>

namespace leadverify {

/// The claim that `state` makes of `subject`; absent: none.
std::optional<Claim> claim_of(Subject subject, State state);

}  // namespace leadverify
