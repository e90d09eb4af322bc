// SMTP commands as a server reads them: verbs, paths, local parts.
#pragma once

#include "world/script.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace leadverify::world {

/// The event that a command with this verb is, in whatever case.
Event event_of(std::string_view verb);

/// Must the client wait for the reply before it says more (RFC 2920 §3.1; RFC 3207 §4)?
bool ends_group(Event command);

/// The path in `FROM:<path> parameters`, without its angle brackets; `keyword` is "FROM:".
std::optional<std::string> read_path(std::string_view argument, std::string_view keyword);

/// A local part without its quotes: "a b" in quotes and not name one mailbox (RFC 5321 §4.1.2).
std::string unquote(std::string_view local_part);

}  // namespace leadverify::world
