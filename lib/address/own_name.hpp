// What this host calls itself, as far as its own files tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// The fully qualified name of the host whose system calls it `host_name` (gethostname(2)):
/// that name if it has a dot, else the canonical name that `hosts`, the text of its hosts(5)
/// file, gives it. Absent where neither has a dot, and where the name is one of those that every
/// host has for itself, as localhost.localdomain.
std::optional<std::string> own_name(std::string_view host_name, std::string_view hosts);

}  // namespace leadverify
