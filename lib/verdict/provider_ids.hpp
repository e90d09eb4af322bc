// The ids that large providers put into their replies: terms of theirs with a published meaning.
//
// "IB607", "(S3140)", "[TSS04]", "OFR_416", "?p=OverQuotaTemp": whatever words stand around one,
// the id says which rule was applied. The lists of the unwanted are read here as well: who is
// shown to spamhaus.org is on one of its lists.
#pragma once

#include "verdict/meanings.hpp"

#include <optional>
#include <string_view>

namespace leadverify {

/// The claim of the first id in `text` that is known; absent where there is none.
std::optional<Claim> claim_of_provider_id(std::string_view text);

}  // namespace leadverify
