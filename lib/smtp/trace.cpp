#include "smtp/trace.hpp"

#include <algorithm>

namespace leadverify {
namespace {

constexpr std::size_t longest_text = 512;
// A server that talks without end fills no disk.
constexpr std::size_t most_lines = 5'000;

}  // namespace

SessionTrace::SessionTrace(TraceSink& sink, std::string mx, std::string mx_ip)
    : sink_(sink),
      line_{.session = sink.number_session(),
            .mx = std::move(mx),
            .mx_ip = std::move(mx_ip),
            .text = {}} {}

void SessionTrace::sent(std::string_view octets) {
  end_line();
  while (!octets.empty()) {
    const std::size_t end = octets.find("\r\n");
    tell(TraceLine::Kind::sent, std::string(octets.substr(0, end)));
    octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 2);
  }
}

void SessionTrace::received(std::string_view octets) {
  while (!octets.empty()) {
    const std::size_t end = octets.find('\n');
    const std::string_view part = octets.substr(0, end);
    unfinished_.append(part.substr(0, longest_text - unfinished_.size()));
    if (end == std::string_view::npos) return;
    octets.remove_prefix(end + 1);
    if (unfinished_.ends_with('\r')) unfinished_.pop_back();
    tell(TraceLine::Kind::received, std::exchange(unfinished_, {}));
  }
}

void SessionTrace::note(std::string text) {
  end_line();
  tell(TraceLine::Kind::note, std::move(text));
}

void SessionTrace::end_line() {
  if (!unfinished_.empty()) tell(TraceLine::Kind::received, std::exchange(unfinished_, {}));
}

void SessionTrace::tell(TraceLine::Kind kind, std::string text) {
  if (++told_ > most_lines) return;
  const bool last = told_ == most_lines;
  TraceLine line = line_;
  line.kind = last ? TraceLine::Kind::note : kind;
  line.text = last ? "further lines of this session are left out" : std::move(text);
  line.text.resize(std::min(line.text.size(), longest_text));
  sink_.take(std::move(line));
}

}  // namespace leadverify
