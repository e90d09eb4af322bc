#include "servers/witness.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

namespace leadverify::servers {
namespace {

using namespace std::chrono_literals;

constexpr auto step = 10ms;
constexpr int steps_to_be_written = 500;

const std::vector<std::string> postfix_misdeeds = {" data=",
                                                   " bdat=",
                                                   " vrfy=",
                                                   " noop=",
                                                   " unknown=",
                                                   "improper command pipelining",
                                                   "lost connection",
                                                   "timeout after",
                                                   "too many errors",
                                                   "bad command",
                                                   "PREGREET",
                                                   "HANGUP",
                                                   "COMMAND PIPELINING",
                                                   "NON-SMTP COMMAND",
                                                   "BARE NEWLINE",
                                                   "COMMAND LENGTH",
                                                   "COMMAND COUNT LIMIT",
                                                   "fatal:",
                                                   "panic:"};

int count(const std::string& text, const std::string& words) {
  int found = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
    ++found;
  return found;
}

}  // namespace

const LogWords postfix_log = {
    .file = "/var/log/mail.log",
    .begun = {"]: connect from"},
    .ended = {"]: disconnect from"},
    .misdeeds = postfix_misdeeds,
};

const LogWords postscreen_log = {
    .file = "/var/log/mail.log",
    .begun = {" to [127.0.2."},  // tlsproxy writes "CONNECT from" as well
    .ended = {"]: disconnect from", "]: DISCONNECT"},
    .misdeeds = postfix_misdeeds,
};

const LogWords exim_log = {
    .file = "/var/log/exim-@_mainlog",
    .begun = {"(TCP/IP connection count", "] refused: "},
    .ended = {" closed by ", " lost ", "] refused: ", "rejected connection"},
    .misdeeds = {" <= ",
                 "DATA",
                 "VRFY",
                 "syntax",
                 "synchronization error",
                 "unexpected disconnection",
                 " lost ",
                 "oo many",
                 "unrecognized"},
};

const LogWords opensmtpd_log = {
    .file = "/var/log/opensmtpd.out",
    .begun = {"smtp connected address="},
    .ended = {"smtp disconnected reason="},
    .misdeeds = {"<<< DATA",
                 "<<< BDAT",
                 "<<< VRFY",
                 "ipelining",
                 "reason=disconnect",
                 "Invalid command",
                 "fatal"},
};

void Witness::begin(const std::string& domain) {
  file_ = words_.file;
  const std::size_t place = file_.find('@');
  if (place != std::string::npos) file_.replace(place, 1, domain);
  begin_ = root_.read(file_).size();
}

int Witness::sessions(int expected) const {
  for (int i = 0; i < steps_to_be_written && count(words_.ended) < expected; ++i) {
    std::this_thread::sleep_for(step);
  }
  return count(words_.begun);
}

int Witness::count(const std::vector<std::string>& words) const {
  int sum = 0;
  for (const std::string& each : words) sum += servers::count(log(), each);
  return sum;
}

std::vector<std::string> Witness::misdeeds() const {
  std::vector<std::string> found;
  std::istringstream lines(log());
  std::string line;
  while (std::getline(lines, line)) {
    const auto in_line = [&line](const std::string& words) {
      return line.find(words) != std::string::npos;
    };
    if (std::ranges::any_of(words_.misdeeds, in_line)) found.push_back(line);
  }
  return found;
}

std::string Witness::log() const {
  return root_.read(file_).substr(begin_);
}

}  // namespace leadverify::servers
