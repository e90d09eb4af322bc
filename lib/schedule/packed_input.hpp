// An input as a few octets, while it waits (pure).
#pragma once

#include <leadverify/result.hpp>

#include <string>
#include <string_view>

namespace leadverify {

/// Appends `input` to `packed`. Broken ones do not wait: that they are is not kept.
/// REQUIRES: !input.is_broken.
void pack(const Input& input, std::string& packed);

/// Takes the input off the front of `packed`.
/// REQUIRES: pack() wrote it.
Input unpack(std::string_view& packed);

}  // namespace leadverify
