// What a server's own log says of the sessions that it had: the witness for how leadverify
// behaves.
#pragma once

#include "servers/server_root.hpp"

#include <string>
#include <vector>

namespace leadverify::servers {

/// The words of one kind of log.
struct LogWords {
  std::string file;                   // as seen from within; @ is the case's domain
  std::vector<std::string> begun;     // one of these stands there for each session,
  std::vector<std::string> ended;     // and one of these once it is over
  std::vector<std::string> misdeeds;  // what it says of a client that breaks the protocol, sends
                                      // DATA, asks VRFY or hangs up without a QUIT
};

extern const LogWords postfix_log;
extern const LogWords postscreen_log;
extern const LogWords exim_log;
extern const LogWords opensmtpd_log;

class Witness {
 public:
  Witness(const ServerRoot& root, const LogWords& words) : root_(root), words_(words) {}

  /// From here on, for the case of this domain.
  void begin(const std::string& domain);
  /// How many sessions there were; waits until the log knows of the end of so many.
  int sessions(int expected) const;
  /// Lines that tell of a misdeed.
  std::vector<std::string> misdeeds() const;
  /// The log since begin().
  std::string log() const;

 private:
  int count(const std::vector<std::string>& words) const;

  const ServerRoot& root_;
  const LogWords& words_;
  std::string file_;
  std::size_t begin_ = 0;
};

}  // namespace leadverify::servers
