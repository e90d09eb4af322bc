// What a server does on an event, read from a script: `550 5.1.1 No such user`,
// `220-Welcome | after 6s 220 ready`, `drip 1s 250 Ok`, `close`.
#pragma once

#include "base/expected.hpp"
#include "world/script.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::world {

/// The steps of an act, separated by " | ". The error is a sentence.
Expected<std::vector<Step>, std::string> read_act(std::string_view text);

/// A rule: the words behind `on`. The error is a sentence.
Expected<Rule, std::string> read_rule(std::string_view text);

/// The event that a script calls `word`.
std::optional<Event> read_event(std::string_view word);

/// Does `text` begin with a reply code, and then ' ', '-' or nothing?
bool is_reply_line(std::string_view text);

}  // namespace leadverify::world
