// Records as JSON: one object a line, every key always there (docs/output.md).
//
// The text is UTF-8 whatever bytes came in: an octet that is not becomes U+FFFD;
// control, C1 and bidirectional formatting characters are replaced likewise, so
// that a record can be shown on a terminal. Cut text is cut between characters.
#pragma once

#include <leadverify/result.hpp>
#include <leadverify/summary.hpp>
#include <leadverify/trace.hpp>

#include <string>
#include <string_view>

namespace leadverify {

/// The result record, without a line end; at most 8 KiB.
std::string json_line(const Result& result);

/// The summary record, without a line end.
std::string json_line(const Summary& summary);

/// The line of a trace, without a line end; its text is cut to 512 octets.
std::string json_line(const TraceLine& line);

/// `text` made safe to show, cut to `limit` octets of UTF-8.
std::string safe_text(std::string_view text, std::size_t limit);

}  // namespace leadverify
