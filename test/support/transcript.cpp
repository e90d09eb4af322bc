#include "support/transcript.hpp"

#include "smtp/reply.hpp"

#include <vector>

namespace leadverify {
namespace {

constexpr std::string_view tls_handshake = "C & S: <negotiate a TLS session>";

std::vector<std::string> lines_of(std::string_view script) {
  std::vector<std::string> lines;
  while (!script.empty()) {
    const std::size_t end = script.find('\n');
    std::string_view line = script.substr(0, end);
    script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

/// The octets to send as the client's lines; a line end that is not CRLF shows in them.
std::string as_client_lines(std::string_view octets) {
  std::string lines;
  while (!octets.empty()) {
    const std::size_t end = octets.find("\r\n");
    lines += "C: ";
    lines += octets.substr(0, end);
    lines += end == std::string_view::npos ? "(no line end)\n" : "\n";
    octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 2);
  }
  return lines;
}

}  // namespace

std::string play(Dialogue& dialogue, std::string_view script) {
  std::string said;
  ReplyReader reader;
  for (const std::string& line : lines_of(script)) {
    const bool handshake = line == tls_handshake;
    if (!handshake && !line.starts_with("S: ")) continue;
    said += as_client_lines(dialogue.take_output());
    if (handshake) {
      said += dialogue.wants_tls() ? line + '\n' : "TLS?\n";
      if (dialogue.wants_tls()) dialogue.on_secured();
      continue;
    }
    if (!dialogue.awaiting()) {
      said += "S? " + line.substr(3) + '\n';
      continue;
    }
    said += line + '\n';
    reader.feed(line.substr(3) + "\r\n");
    if (const auto reply = reader.next()) dialogue.on_reply(*reply);
  }
  return said + as_client_lines(dialogue.take_output());
}

std::string tidy(std::string_view script) {
  std::string tidied;
  for (const std::string& line : lines_of(script)) tidied += line + '\n';
  return tidied;
}

}  // namespace leadverify
