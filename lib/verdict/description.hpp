// What a record says of its address besides the verdict (pure).
#pragma once

#include <leadverify/result.hpp>

#include "address/lists.hpp"

namespace leadverify {

/// Fills in role, disposable, free and did_you_mean of a result whose domain, email and reason are
/// known; nothing where the input is no address. A slip that the lists name is told whatever the
/// reason; a domain that is only near a well-known one, where no mail can reach it: there is no
/// such domain, it has no mail server, or a null MX. Changes nothing else.
void describe(const Lists& lists, Result& result);

}  // namespace leadverify
