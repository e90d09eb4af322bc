// What has to be true of the items of any octets, in whatever format they are read.
#pragma once

#include "app/input/dialect.hpp"
#include "support/items.hpp"

#include <optional>
#include <string_view>

namespace leadverify::fuzz {

/// The items of `text`, held to what is true of all; absent where the call is refused, for a column
/// that the text does not have.
std::optional<app::Items> promised_items(const app::Dialect& dialect, std::string_view text);

}  // namespace leadverify::fuzz
