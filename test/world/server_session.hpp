// A client's connection as its server sees it: told what arrives and when, it says what to
// send and when.
//
// No socket and no clock: a front (loopback_front) acts it out over TCP in real time, and a
// test in virtual time. Replies follow RFC 5321; what departs from it stands in the script.
#pragma once

#include "base/ip.hpp"
#include "base/time.hpp"
#include "world/counts.hpp"
#include "world/script.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::world {

/// Octets for the client.
struct Output {
  TimePoint at;  // when they are due; never before those of an earlier output
  std::string octets;
  enum class End : std::uint8_t {
    keep,
    close,
    reset,
    secure,  // a TLS handshake follows; the session is told by on_secured()
  };
  End end = End::keep;  // what becomes of the connection once they are sent
};

using Outputs = std::vector<Output>;

class MailServer;

/// A client's connection to a server. Its server outlives it.
class ServerSession {
 public:
  ServerSession(MailServer& server,
                const IpAddress& address,
                std::string client,
                const Rule* greeting);
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;
  /// Counts as ended at the latest now.
  ~ServerSession();

  /// The banner. To be called first, once.
  Outputs on_connect(TimePoint now);
  /// Lines may be cut anywhere. Outputs asked for earlier and not yet due stay due.
  Outputs on_octets(std::string_view octets, TimePoint now);
  /// The handshake that an output asked for is done.
  Outputs on_secured(TimePoint now);
  /// The client closed: outputs not yet due are void.
  void on_end();

  /// Has the server ended it, or the client?
  bool ended() const { return ended_; }

 private:
  struct Envelope {
    std::string sender;
    std::size_t accepted = 0;  // recipients
  };
  struct Recipient {
    std::string address;
    std::string local_part;
    std::string domain;  // lower case
  };

  void take_line(std::string_view line);
  void count_line_faults(std::string_view line, bool has_cr);
  void take_command(std::string_view line);
  void answer_command(Event event, std::string_view argument);
  void greet(Event event, std::string_view name);
  void answer_starttls();
  void answer_mail(std::string_view argument);
  void answer_rcpt(std::string_view argument);
  std::string decide_recipient(const Recipient& recipient, const Household* home);

  /// The rule that holds for `event`, or nothing.
  const Rule* find_rule(Event event, const Recipient* recipient, const Household* home);
  bool holds(const Rule& rule, const Recipient* recipient) const;
  /// Does what the rule for `event` says, or says `usual`; the code of the last reply, or 0.
  int reply(Event event, const std::string& usual);
  int carry_out(const Rule& rule, const std::string& usual);
  int carry_out(const Step& step, const std::string& usual);
  int say(std::string_view lines);
  std::string fill_in(std::string_view text) const;

  void start_reply(Event event);
  void put(std::string octets, Output::End end = Output::End::keep);
  void end(Output::End end);
  void finish();
  void note_fault(std::uint64_t& count, std::string_view line);

  MailServer& server_;
  std::string client_;
  const Rule* greeting_;  // absent: the usual banner
  ServerCounts& counts_;

  Outputs outputs_;
  TimePoint now_{};
  TimePoint due_{};             // of the last output
  TimePoint greeted_at_{};      // when the banner is out
  std::string pending_;         // octets of a line not yet complete
  bool pending_early_ = false;  // they came before they might
  bool in_group_ = false;       // a command of this group was taken before
  bool ends_group_ = false;     // and the last one had to be the group's last
  bool usable_ = true;          // the banner was a 220
  bool deaf_ = false;           // silent from here on
  bool ended_ = false;
  bool pipelining_ = false;  // offered in the last EHLO
  bool secured_ = false;
  bool breaks_tls_ = false;  // what comes next is a handshake, and gets an alert or nothing

  std::string helo_;
  std::optional<Envelope> envelope_;
  Recipient recipient_;                            // the last one, for the texts of replies
  DomainCounts* domain_ = nullptr;                 // its domain's
  Duration left_{0};                               // of its greylisting
  std::array<std::size_t, event_count> events_{};  // so far
  std::size_t rcpts_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace leadverify::world
