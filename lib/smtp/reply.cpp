#include "smtp/reply.hpp"

#include <algorithm>
#include <utility>

namespace leadverify {
namespace {

constexpr std::size_t longest_line = 2048;
constexpr std::size_t most_lines = 128;
constexpr std::size_t most_octets = 64 * 1024;
// What is kept of a text: a session with hundreds of long-winded servers must not fill the memory.
constexpr std::size_t longest_text = 4096;

/// The reply code that a line begins with; 0 where it begins with none.
int leading_code(std::string_view line) {
  if (line.size() < 3) return 0;
  int code = 0;
  for (const char c : line.substr(0, 3)) {
    if (c < '0' || c > '9') return 0;
    code = code * 10 + (c - '0');
  }
  return code >= 200 && code <= 599 ? code : 0;
}

}  // namespace

std::string_view to_string(ReplyFault fault) {
  switch (fault) {
    case ReplyFault::not_a_reply: return "the server sent a line that is no SMTP reply";
    case ReplyFault::mixed_codes: return "the server sent a reply with different codes in it";
    case ReplyFault::stray_cr: return "the server sent a reply line with a CR in it";
    case ReplyFault::line_too_long: return "the server sent a reply line without an end";
    case ReplyFault::too_long: return "the server sent a reply without an end";
  }
  return {};
}

void ReplyReader::feed(std::string_view octets) {
  if (!fault_) pending_.append(octets);
}

std::optional<Reply> ReplyReader::next() {
  std::size_t begin = 0;
  bool complete = false;
  while (!complete && !fault_) {
    const std::size_t end = pending_.find('\n', std::max(begin, scanned_));
    const std::size_t length = (end == std::string::npos ? pending_.size() : end) - begin;
    if (length > longest_line) {
      fault_ = ReplyFault::line_too_long;
      break;
    }
    if (end == std::string::npos) break;
    complete = take_line(std::string_view(pending_).substr(begin, length));
    begin = end + 1;
    scanned_ = begin;
  }
  if (fault_) {
    pending_.clear();
    scanned_ = 0;
    return std::nullopt;
  }
  pending_.erase(0, begin);
  scanned_ = complete ? 0 : pending_.size();
  if (!complete) return std::nullopt;

  lines_ = 0;
  octets_ = 0;
  return std::exchange(reply_, Reply{});
}

/// Adds one line to the reply; true if it was the reply's last.
bool ReplyReader::take_line(std::string_view line) {
  octets_ += line.size();
  line = line.substr(0, line.find_last_not_of('\r') + 1);

  const int code = leading_code(line);
  if (code == 0 || (line.size() > 3 && line[3] != ' ' && line[3] != '-')) {
    fault_ = ReplyFault::not_a_reply;
    return false;
  }
  if (line.find('\r') != std::string_view::npos) {
    fault_ = ReplyFault::stray_cr;
    return false;
  }
  if (lines_ != 0 && code != reply_.code) {
    fault_ = ReplyFault::mixed_codes;
    return false;
  }
  if (++lines_ > most_lines || octets_ > most_octets) {
    fault_ = ReplyFault::too_long;
    return false;
  }

  const bool last = line.size() <= 3 || line[3] == ' ';
  std::string_view text = line.substr(std::min<std::size_t>(4, line.size()));
  const std::optional<EnhancedStatus> enhanced = parse_enhanced_status(text);
  if (enhanced && enhanced->klass == code / 100) {
    reply_.enhanced = enhanced;
    const std::size_t end = text.find_first_of(" \t");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (lines_ > 1) keep("\n");
  reply_.code = code;
  keep(text);
  return last;
}

/// Adds to the reply's text what there is room for.
void ReplyReader::keep(std::string_view text) {
  reply_.text += text.substr(0, longest_text - reply_.text.size());
}

std::optional<ReplyFault> ReplyReader::fault() const {
  return fault_;
}

}  // namespace leadverify
