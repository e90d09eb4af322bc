// What a misspelt word was most likely to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace leadverify::app {

/// The one of `names` that `word` begins, or that is one or two slips of the finger away from it:
/// a letter changed, added, left out or swapped with its neighbour. Empty where none is near.
std::string_view nearest_name(std::string_view word, std::span<const std::string> names);

/// ": did you mean 'NAME'?" with the nearest name in front of which `before` stands; empty where
/// none is near.
std::string suggestion(std::string_view word,
                       std::span<const std::string> names,
                       std::string_view before = "");

}  // namespace leadverify::app
