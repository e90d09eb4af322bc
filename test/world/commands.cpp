#include "world/commands.hpp"

namespace leadverify::world {
namespace {

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return upper;
}

}  // namespace

Event event_of(std::string_view text) {
  const std::string verb = upper_case(text);
  if (verb == "RCPT") return Event::rcpt;
  if (verb == "MAIL") return Event::mail;
  if (verb == "EHLO") return Event::ehlo;
  if (verb == "HELO") return Event::helo;
  if (verb == "QUIT") return Event::quit;
  if (verb == "RSET") return Event::rset;
  if (verb == "NOOP") return Event::noop;
  if (verb == "STARTTLS") return Event::starttls;
  if (verb == "DATA") return Event::data;
  return Event::other;
}

bool ends_group(Event command) {
  switch (command) {
    case Event::mail:
    case Event::rcpt:
    case Event::rset: return false;
    default: return true;
  }
}

std::optional<std::string> read_path(std::string_view argument, std::string_view keyword) {
  if (upper_case(argument.substr(0, keyword.size())) != keyword) return std::nullopt;
  argument.remove_prefix(keyword.size());
  if (!argument.starts_with('<')) return std::nullopt;
  bool in_quotes = false;
  for (std::size_t i = 1; i < argument.size(); ++i) {
    if (argument[i] == '\\') {
      ++i;
    } else if (argument[i] == '"') {
      in_quotes = !in_quotes;
    } else if (argument[i] == '>' && !in_quotes) {
      return std::string(argument.substr(1, i - 1));
    }
  }
  return std::nullopt;
}

std::string unquote(std::string_view local_part) {
  if (local_part.size() < 2 || !local_part.starts_with('"') || !local_part.ends_with('"')) {
    return std::string(local_part);
  }
  std::string content;
  for (std::size_t i = 1; i + 1 < local_part.size(); ++i) {
    if (local_part[i] == '\\' && i + 2 < local_part.size()) ++i;
    content += local_part[i];
  }
  return content;
}

}  // namespace leadverify::world
