#include "world/script.hpp"

namespace leadverify::world {

Server::Server()
    : offers{"PIPELINING", "SIZE 36700160", "ENHANCEDSTATUSCODES", "8BITMIME"},
      accepted_reply("250 2.1.5 Ok"),
      unknown_reply(
          "550 5.1.1 <{recipient}>: Recipient address rejected: "
          "User unknown in virtual mailbox table"),
      relay_reply("554 5.7.1 <{recipient}>: Relay access denied") {}

std::string to_string(const ScriptFault& fault) {
  return "line " + std::to_string(fault.line) + ": " + fault.what;
}

bool fits(std::string_view glob, std::string_view text) {
  const auto same = [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  };
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = glob.npos;  // the last * met, and where in the text it began to stand
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      star_text = t;
    } else if (g < glob.size() && (glob[g] == '?' || same(glob[g], text[t]))) {
      ++g;
      ++t;
    } else if (star != glob.npos) {
      g = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

}  // namespace leadverify::world
