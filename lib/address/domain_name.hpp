// Domain names as mail uses them: LDH labels, lengths, A-labels.
#pragma once

#include "base/expected.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace leadverify {

struct DomainFault {
  std::string what;        // a sentence for a person
  std::size_t offset = 0;  // octet in the text where it shows
};

/// The domain in lower case and A-labels (IDNA2008 with UTS 46 mapping, non-transitional).
/// Refused: an empty label, one of more than 63 octets, other than letters, digits and inner
/// hyphens (RFC 5321 §4.1.2), a name without a dot, one of more than 255 octets, an all-numeric
/// top-level label, a trailing dot, and what IDNA does not allow.
Expected<std::string, DomainFault> normalise_domain(std::string_view text);

/// Is `name` one that a host can greet with: ASCII, labels of letters, digits and inner hyphens,
/// lengths in bounds, the last label not all digits? One label is enough.
bool is_helo_name(std::string_view name);

}  // namespace leadverify
