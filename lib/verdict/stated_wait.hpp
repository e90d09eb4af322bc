// The wait that a server asks for in a temporary refusal: "try again in 5 minutes".
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace leadverify {

/// The wait stated in `text`, at least one second; no margin is added. A number counts where it
/// has a unit and a word such as "in", "for", "after" or "wait" before it, or is written HH:MM:SS
/// or MM:SS. Rates and the past ("20 per minute", "within the last 10 minutes") are no waits.
/// Absent where none is stated, and for more than a week.
std::optional<std::chrono::seconds> stated_wait(std::string_view text);

}  // namespace leadverify
