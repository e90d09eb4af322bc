// A server's reply, put together from octets (RFC 5321 §4.2, RFC 2034).
#pragma once

#include <leadverify/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify {

struct Reply {
  int code = 0;                            // 200 to 599
  std::optional<EnhancedStatus> enhanced;  // of the last line that has one of the code's class
  std::string text;  // the lines joined by '\n', without reply codes and enhanced status; any
                     // bytes; of a longer one the first 4,096

  /// 2, 3, 4 or 5: positive completion, positive intermediate, transient and permanent
  /// negative completion (RFC 5321 §4.2.1).
  int klass() const { return code / 100; }
};

/// Why octets are no reply.
enum class ReplyFault : std::uint8_t {
  not_a_reply,    // a line does not begin with a reply code of 200 to 599 and ' ', '-' or its end
  mixed_codes,    // the lines of one reply carry different codes
  stray_cr,       // a CR within a line: some take it for a line's end, and read two
  line_too_long,  // over 2,048 octets; RFC 5321 §4.5.3.1.5 allows 512
  too_long,       // over 128 lines or 64 KiB in all
};

std::string_view to_string(ReplyFault fault);

/// Reads replies from a stream of octets, however it is cut. A line ends with LF; CRs right
/// before it are dropped. Once at fault, it stays so.
class ReplyReader {
 public:
  /// Takes `octets` in; those that come behind a fault are dropped.
  void feed(std::string_view octets);

  /// The next complete reply, if there is one.
  std::optional<Reply> next();

  /// What made the stream unreadable, once the replies before it are taken out.
  std::optional<ReplyFault> fault() const;

  /// Are there octets that next() has not given out: a part of a reply, or a further one?
  bool has_rest() const { return !pending_.empty() || lines_ != 0; }

 private:
  bool take_line(std::string_view line);
  void keep(std::string_view text);

  std::string pending_;      // octets not yet looked at
  std::size_t scanned_ = 0;  // of which so many hold no LF
  Reply reply_;              // the reply under construction
  std::size_t lines_ = 0;    // its lines so far
  std::size_t octets_ = 0;   // and their octets
  std::optional<ReplyFault> fault_;
};

}  // namespace leadverify
