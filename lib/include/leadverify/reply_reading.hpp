// What one SMTP reply says, read without any other evidence.
//
// The reading weighs, in this order: whose fault the sentence names, a
// provider's own ids, the words, the enhanced status, the reply code. URLs,
// addresses, dates and numbers inside the text are no evidence.
#pragma once

#include <leadverify/verdict.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

/// A reply as it was heard, and where.
struct HeardReply {
  int code = 0;                            // 200 to 599
  std::optional<EnhancedStatus> enhanced;  // absent: looked for at the start of `text`, and at its
                                           // end as qmail writes it, "(#5.1.1)"
  std::string_view text;                   // its lines joined by '\n', without codes; any bytes
  std::optional<Stage> stage;              // absent: not known
  std::string_view exchange;               // host name of the server; empty: not known
};

struct ReplyReading {
  Reason reason = Reason::unspecified;  // greylisted, try_again_later ... where it would be retried
  About about = About::server;
  std::optional<EnhancedStatus> enhanced;           // as given or found in the text
  std::optional<std::chrono::seconds> retry_after;  // the wait that a 4yz reply states; no margin

  friend bool operator==(const ReplyReading&, const ReplyReading&) = default;
};

ReplyReading read_reply(const HeardReply& reply);

/// One line of `leadverify --explain`: {"status","reason","about","code","enhanced",
/// "retry_after_s"} for `reply` as a server sends it, "550 5.1.1 User unknown",
/// several lines separated by "\n" or CRLF. Absent where it does not begin with
/// a reply code of 200 to 599.
std::optional<std::string> explain_reply(std::string_view reply);

/// The same for one JSON object {"id","code","enhanced","text","stage","host"}, all but
/// `code` and `text` optional or null; the line carries the `id` if there is one.
/// Absent where `json` is no such object.
std::optional<std::string> explain_json(std::string_view json);

}  // namespace leadverify
