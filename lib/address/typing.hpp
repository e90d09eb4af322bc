// How easily one text becomes another under a person's fingers (pure).
#pragma once

#include <string_view>

namespace leadverify {

/// What it takes to type `typed` where `meant` was meant, in halves of a slip: a letter left out,
/// added or swapped with its neighbour is 2, one in the place of another 3, or 2 where the keys are
/// beside each other on a QWERTY, QWERTZ or AZERTY keyboard; a doubled letter once, or a single one
/// twice, is 1. More than `most` (0 to 8) is told as most + 1. Both are lower-case ASCII; text of
/// more than 64 octets is never near.
int typing_distance(std::string_view typed, std::string_view meant, int most);

}  // namespace leadverify
