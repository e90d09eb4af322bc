// leadverify run on one case, and what it said held against what is expected.
#pragma once

#include "servers/cases.hpp"
#include "servers/places.hpp"
#include "servers/witness.hpp"

namespace leadverify::servers {

/// Runs each case; checks each record, the number of sessions, and that the server has nothing to
/// complain of.
void check_all(const std::vector<Case>& cases, const Places& places, Witness witness);

}  // namespace leadverify::servers
