// leadverify run on one case, and what it said held against what is expected.
#pragma once

#include "servers/cases.hpp"
#include "servers/places.hpp"
#include "servers/witness.hpp"

namespace leadverify::servers {

/// Runs each case; checks each record, the number of sessions, and that the server has nothing to
/// complain of.
void check_all(const std::vector<Case>& cases, const Places& places, Witness witness);

/// Runs each case as deep as DNS, asking this resolver; checks each record.
void check_dns(const std::vector<Case>& cases, const Endpoint& resolver);

}  // namespace leadverify::servers
