// What is said to a mail server, and in which order.
//
// A Dialogue knows SMTP and nothing else: no socket, no clock, no DNS. It gives
// out the octets to send, is told each reply, and remembers what it means for
// each recipient, so every turn that a session can take is tested as a transcript.
//
//   banner ──▶ ehlo ──▶ (ready) ──▶ rset? ──▶ mail ──▶ rcpt ... ──▶ (ready) ──▶ quit
//           ▲  │└─▶ helo ──┘ ▲                           ▲──┘           │
//           │  └─▶ starttls  └──────────── next question ───────────────┘
//           └─ (secured) ┘
//
// Where STARTTLS is offered and wanted, it comes first (RFC 3207). The handshake is
// the caller's; after it everything begins anew with EHLO, and nothing is held on to
// that was said in the clear.
//
// One connection serves many questions. Recipients of one domain follow each
// other in one transaction, since servers count transactions and RSETs against a
// client; a new one is begun where the domain, the reverse-path or the need for
// SMTPUTF8 changes, and where the server says that the old one is full.
//
// Where the last EHLO offered PIPELINING, MAIL and the RCPTs leave in one write
// (RFC 2920); elsewhere a command waits for the reply to the one before.
#pragma once

#include <leadverify/options.hpp>

#include "smtp/command.hpp"
#include "smtp/outcome.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

/// What to ask a server: one transaction's worth, or more of the last one.
struct Question {
  std::string domain;                   // the recipients' domain
  std::string reverse_path;             // without angle brackets; empty is the null path, <>
  std::vector<std::string> recipients;  // local-part@domain, at least one
  bool smtputf8 = false;                // they need SMTPUTF8; ask only if offers_smtputf8()
};

class Dialogue {
 public:
  struct Params {
    std::string helo_name;     // a host name, or an address literal in brackets
    int most_recipients = 20;  // RCPT commands over the session; at least 1
    bool pipelining = true;    // false: not even where it is offered
    StartTls starttls = StartTls::automatic;
  };

  explicit Dialogue(Params params);

  /// Octets to send now; empty if there are none. Sending them comes before the next reply.
  std::string take_output();
  bool has_output() const { return !output_.empty(); }

  /// What is waited for; absent: nothing, the session is ready for a question or over.
  std::optional<Stage> awaiting() const;

  /// How many replies are still to come for what was sent.
  std::size_t outstanding() const { return expected_.size(); }

  /// Tells the next reply. REQUIRES: awaiting().
  void on_reply(const Reply& reply);

  /// Is a TLS handshake what is awaited? It is told by on_secured() or on_failure(). Octets that
  /// came before it are told by on_surplus(): who sent them can't be known.
  bool wants_tls() const;

  /// Tells that the connection is secured now.
  void on_secured();

  /// Tells that the connection is of no use any more. Nothing is awaited afterwards.
  void on_failure(SessionFailure failure);

  /// Tells that there are more replies than were asked for; `what` is a sentence for a person.
  /// Which was whose can't be told: the question has no outcomes, and the connection is of no use.
  void on_surplus(std::string what);

  /// Asks. REQUIRES: can_ask().
  void ask(const Question& question);

  /// What the last question has brought so far.
  const SessionReport& report() const { return report_; }

  /// Says goodbye if the connection still stands; the reply is awaited like any other. It shows
  /// whether all before it were to what was asked: a server that answered once too often gives an
  /// old answer first, and its goodbye after that.
  void quit();

  /// Is nothing to follow `reply`, whatever else was asked?
  bool is_last_word(const Reply& reply) const;

  /// Did nothing come so far that can't be the answer to what was asked?
  bool in_step() const { return in_step_; }

  /// Ready, and neither its share of recipients nor the server's patience is used up.
  bool can_ask() const;

  /// How many more recipients can_ask() stands for.
  std::size_t room() const;

  /// The server greeted, took EHLO or HELO, and has not ended the session since.
  bool open() const { return ready_ && !report_.failure; }

  /// Do commands leave in groups?
  bool pipelines() const { return pipelining_; }

  /// Did the last EHLO offer SMTPUTF8 (RFC 6531)?
  bool offers_smtputf8() const { return smtputf8_; }

 private:
  enum class Awaited : std::uint8_t {
    banner,
    ehlo,
    helo,
    starttls,
    handshake,  // no reply
    rset,
    mail,
    rcpt,
    quit,
    nothing_more  // after an answer to QUIT that is no goodbye
  };

  void send(Verb verb, std::string_view argument, Awaited awaited);
  void send_recipients();
  void greet(const Reply& reply);
  void read_offers(const Reply& reply);
  void begin();
  void on_starttls(const Reply& reply);
  bool clear_may_do(const SessionFailure& failure) const;
  void on_mail(const Reply& reply);
  void on_rcpt(const Reply& reply);
  void on_farewell(const Reply& reply);
  void refuse_session(const Reply& reply, Stage stage);
  void turn_away(const Reply& reply, Stage stage);
  void distrust(const Reply& reply, Stage stage);
  void end(SessionFailure failure, std::size_t commands_under_way);

  Params params_;
  std::string output_;
  std::size_t recipients_in_output_ = 0;  // RCPTs in it
  std::size_t commands_in_write_ = 0;     // that left together last
  std::deque<Awaited> expected_;          // what the replies to come answer, in order

  std::optional<Reply> ehlo_refusal_;  // the last word of a server that hangs up at HELO
  bool ready_ = false;
  bool pipelining_ = false;  // offered by the last EHLO, and wanted
  bool smtputf8_ = false;
  bool starttls_ = false;  // offered by the last EHLO
  bool secured_ = false;   // TLS is spoken
  bool in_step_ = true;
  bool leaving_ = false;  // QUIT was said

  Question question_;
  SessionReport report_;
  std::size_t answered_ = 0;            // recipients of the question that are done with
  bool in_transaction_ = false;         // MAIL was taken, and the transaction is this question's
  bool transaction_took_some_ = false;  // it had room for a recipient, accepted or refused
  std::optional<Reply> mail_refusal_;   // MAIL was refused: what pipelined RCPTs get is an echo
  bool transaction_full_ = false;       // the server wants the rest in another transaction

  int recipients_sent_ = 0;
  int refusals_ = 0;
  int resets_ = 0;
};

}  // namespace leadverify
