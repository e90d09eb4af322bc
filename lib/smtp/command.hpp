// The commands that leave this program, and the one function that writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// Nothing else is ever sent, DATA least of all.
enum class Verb : std::uint8_t { ehlo, helo, starttls, mail, rcpt, rset, noop, quit };

/// One command line with its CRLF. `argument`: the host name for EHLO and HELO; the path with its
/// angle brackets, and parameters behind it, for MAIL and RCPT; empty for the others.
///
/// Absent, and nothing to send, where `argument` holds a control character (CR, LF and NUL among
/// them: a second command could hide behind it), octets that are not UTF-8, or where the line would
/// exceed the 512 octets of RFC 5321 §4.5.3.1.4. UTF-8 beyond ASCII is what RFC 6531 allows a
/// server that offers SMTPUTF8; who asks sees to that.
std::optional<std::string> write_command(Verb verb, std::string_view argument);

}  // namespace leadverify
