// What an enhanced status says by itself (RFC 3463, RFC 5248 and IANA's registry; and the ones
// that Exchange Online and Gmail put in places the registry leaves free).
#pragma once

#include "verdict/meanings.hpp"

namespace leadverify {

/// The claim that `enhanced` makes. Its class is not looked at but where a code's meaning hangs on
/// it.
Claim claim_of(const EnhancedStatus& enhanced);

/// The claim that a reply code alone makes (RFC 5321 §4.2.3, RFC 4954, RFC 7504).
Claim claim_of_code(int code);

}  // namespace leadverify
