// The lines of a script's blocks: what each directive means for a name or a server.
#pragma once

#include "world/script.hpp"
#include "world/words.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::world {

/// What is wrong with a line, in a sentence; or nothing.
using Complaint = std::optional<std::string>;

/// What a directive may be about: a name alone, or a server and its name.
struct Subject {
  Name& name;
  Server* server = nullptr;  // absent in the block of a domain or host

  Household& household() const { return server ? server->household : name.household; }
};

/// Does what the directive says that `line` is.
Complaint follow_directive(std::string_view line, const Subject& subject);

/// Takes IP addresses, one at least, such as `192.0.2.1`, or `192.0.2.0+7`: seven further on.
Complaint read_addresses(Words words, std::vector<IpAddress>& addresses);

/// A domain name in lower case, without the root's dot.
std::string without_dot(std::string_view name);

std::string quoted(std::string_view text);

}  // namespace leadverify::world
