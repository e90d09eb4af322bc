// Which leadverify this is.
#pragma once

#include <string_view>

namespace leadverify {

/// The version of this library, "0.1.0".
std::string_view version();

}  // namespace leadverify
