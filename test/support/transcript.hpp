// SMTP written down as RFC 5321 appendix D does: what the server says behind S:, what the client
// says behind C:.
#pragma once

#include "smtp/dialogue.hpp"

#include <string>
#include <string_view>

namespace leadverify {

/// Plays the server's lines of `script` to `dialogue` and writes down what was really said, so
/// that REQUIRE(play(dialogue, script) == tidy(script)) shows both sides where they part. The
/// client's lines stand where they were sent: several in a row left in one write.
///
/// "C & S: <negotiate a TLS session>" (RFC 3207 §5) is a handshake that succeeds.
///
/// A server's line that nobody waits for is written with a question mark, "S? 250 Ok", and goes
/// nowhere.
std::string play(Dialogue& dialogue, std::string_view script);

/// `script` without indentation and empty lines.
std::string tidy(std::string_view script);

}  // namespace leadverify
