// What came of a session: a word on each recipient, or the reason why there is none.
#pragma once

#include "smtp/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

/// Why a connection gave nothing.
enum class TransportFault : std::uint8_t {
  not_permitted,  // the address is not one that may be connected to; nothing was sent
  refused,        // the port is closed
  unreachable,    // there is no route, or its end says so
  hung_up,        // the server closed or reset it
  timed_out,      // a deadline passed
  shortage,       // this host has no descriptor, port or buffer left
  tls_failed,     // the handshake came to nothing, or what came later can't be deciphered
};

std::string_view to_string(TransportFault fault);

/// Why a session takes no further question.
struct SessionFailure {
  enum class Kind : std::uint8_t {
    not_permitted,
    refused,
    hung_up,
    timed_out,
    shortage,
    garbage,      // what came is not SMTP, or not an answer to what was asked
    turned_away,  // a reply ended it: 4yz or 5yz greeting, EHLO and HELO refused, 421
    no_tls,       // TLS was to be had, and could not
  };
  Kind kind = Kind::hung_up;
  // connect, banner, ehlo, starttls, mail or rcpt: what it was waiting for
  Stage stage = Stage::connect;
  std::optional<Reply> reply;  // if turned_away; if no_tls, where STARTTLS was refused
  std::string what;            // a sentence for a person
  bool pipelined = false;      // it happened while several commands were under way
  bool clear_may_do = false;   // only TLS stood in the way, and is not insisted on
};

/// The complete reply on one recipient.
struct RecipientOutcome {
  Stage stage = Stage::rcpt;  // mail: the transaction was refused, and so the recipient with it
  Reply reply;
};

/// What a question brought.
struct SessionReport {
  std::vector<std::optional<RecipientOutcome>> outcomes;  // one a recipient, in the order asked;
                                                          // absent: no complete reply
  std::size_t sent = 0;                                   // RCPT commands that were sent
  std::optional<SessionFailure> failure;
};

}  // namespace leadverify
