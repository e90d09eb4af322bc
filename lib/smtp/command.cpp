#include "smtp/command.hpp"

#include "base/utf8.hpp"

namespace leadverify {
namespace {

constexpr std::size_t longest_command = 512;

std::string_view words(Verb verb) {
  switch (verb) {
    case Verb::ehlo: return "EHLO ";
    case Verb::helo: return "HELO ";
    case Verb::starttls: return "STARTTLS";
    case Verb::mail: return "MAIL FROM:";
    case Verb::rcpt: return "RCPT TO:";
    case Verb::rset: return "RSET";
    case Verb::noop: return "NOOP";
    case Verb::quit: return "QUIT";
  }
  return {};
}

/// Is `text` UTF-8 without a control character, C1 included?
bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const FirstCharacter first = first_character(text);
    const char32_t c = first.code_point.value_or(0);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
    text.remove_prefix(first.length);
  }
  return true;
}

}  // namespace

std::optional<std::string> write_command(Verb verb, std::string_view argument) {
  if (!is_printable(argument)) return std::nullopt;

  std::string line(words(verb));
  line += argument;
  line += "\r\n";
  if (line.size() > longest_command) return std::nullopt;
  return line;
}

}  // namespace leadverify
