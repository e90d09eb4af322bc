#include "servers/page.hpp"

#include "servers/cases.hpp"

#include <algorithm>
#include <string_view>

namespace leadverify::servers {
namespace {

constexpr std::string_view opening = R"(# Tested against

What leadverify says of real servers, as Debian 12 has them. Each row is a test that runs with all
the others (`ctest --test-dir build/dev -L servers`): a server is started on loopback, set up as the
row says, and asked; the whole record must be as expected. The server's own log is the witness that
it saw no more sessions than leadverify counted, no DATA, no VRFY, no fault of protocol, and no
pipelining that it had not offered. Where it complains of something all the same, the row says so.

This page is written by `scripts/tested_against` from the table that the tests run
([test/servers](../test/servers/)). By hand it is not to be changed.

What is remarkable:

- **Postfix** reports refusals of the client, of its name and of its sender at RCPT, for each
  recipient. None of them is taken for one of the mailbox.
- **Postfix that refuses to relay** says 454 as it comes, 554 only where it is told to.
- **postscreen** refuses a blocked client by "Service currently unavailable", whose cause nobody
  can tell: `unspecified`.
- **Exim** answers a living mailbox that is over quota by `550 Administrative prohibition`, and
  refuses connections by 550 too.
- **Exim** takes the recipients it has refused into its count of too many.
- **OpenSMTPD** says `524 5.2.4 Mailing list expansion problem` of a name that a virtual table does
  not have. It has that code to itself: `user_unknown`.
- **OpenSMTPD** says `550 Invalid recipient` of an unknown user, of a domain that it does not serve
  and of a sender that a rule refuses. Nobody can tell them apart: here a sender that is refused
  makes a mailbox look unknown.
- **OpenSMTPD** of Debian 12 offers TLS, and fails at each handshake: its process for keys and the
  OpenSSL of today do not get along. It is asked in the clear; where it requires TLS, nobody can ask.
- **OpenSMTPD** takes no quoted local parts. Since they are addresses all the same, the verdict is
  not `invalid`.
)";

std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

/// The first few, which say what the others are like.
std::string settings_of(const Case& each) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(each.settings.size(), most); ++i) {
    text += (i == 0 ? "" : "<br>") + code(each.settings[i]);
  }
  return text + (each.settings.size() > most ? " ..." : "");
}

std::string title_of(const Case& each) {
  std::string text = each.title;
  if (!each.options.empty()) {
    std::string options;
    for (const std::string& option : each.options) options += (options.empty() ? "" : " ") + option;
    text += "; with " + code(options);
  }
  if (each.held_connections > 0) text += "; somebody else is connected";
  if (!each.log.empty()) text += "; the log says " + code(each.log);
  if (!each.complaint.empty()) text += "; the log complains: " + code(each.complaint);
  return text;
}

std::string verdict_of(const Expected& expected) {
  std::string text = expected.verdict;
  std::ranges::replace(text, ' ', ',');
  for (std::size_t at = text.find(','); at != std::string::npos; at = text.find(',', at + 1)) {
    text.insert(at + 1, " ");
  }
  if (expected.greylist) text += ", greylisted";
  if (expected.attempts > 1) text += ", " + std::to_string(expected.attempts) + " attempts";
  return text;
}

/// The server's last word, or what leadverify says itself.
std::string word_of(const Expected& expected) {
  if (!expected.reply.empty()) return code(expected.reply);
  if (!expected.error.empty()) return expected.error;
  return expected.exchange ? "mail goes to " + code(*expected.exchange) : "";
}

std::string rows_of(const Case& each) {
  std::string rows;
  for (const Expected& expected : each.expected) {
    const bool first = &expected == each.expected.data();
    rows += "| " + (first ? title_of(each) : "") + " | " + (first ? settings_of(each) : "") +
            " | " + code(expected.address) + " | " + verdict_of(expected) + " | " +
            word_of(expected) + " |\n";
  }
  return rows;
}

std::string servers_of(const Chapter& chapter) {
  std::string text;
  for (const Server& server : chapter.servers) {
    text += (text.empty() ? "" : ", ") + server.name + " " + server.version;
  }
  return text;
}

}  // namespace

std::string tested_against_page() {
  std::string page(opening);
  for (const Chapter& chapter : chapters()) {
    page += "\n## " + chapter.title + "\n\n" + servers_of(chapter) +
            ". Settings: " + chapter.setting + ".\n\n";
    page += "| case | settings | asked | verdict | last reply |\n|---|---|---|---|---|\n";
    for (const Case& each : chapter.cases) page += rows_of(each);
  }
  return page;
}

}  // namespace leadverify::servers
