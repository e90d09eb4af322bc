#include "smtp/command.hpp"

#include <algorithm>

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

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet < 0x20 || octet == 0x7F;
}

}  // namespace

std::optional<std::string> write_command(Verb verb, std::string_view argument) {
  if (std::ranges::any_of(argument, is_control)) return std::nullopt;

  std::string line(words(verb));
  line += argument;
  line += "\r\n";
  if (line.size() > longest_command) return std::nullopt;
  return line;
}

}  // namespace leadverify
