// One session with a mail server: carries a Dialogue out over a Transport.
//
// It is lent from one domain's strand to the next, and used by one at a time.
#pragma once

#include "base/clock.hpp"
#include "smtp/dialogue.hpp"
#include "smtp/trace.hpp"
#include "smtp/transport.hpp"

#include <memory>
#include <optional>
#include <string>

namespace leadverify {

class Session {
 public:
  struct Params {
    std::optional<std::string> helo_name;  // absent: our address as a literal (RFC 5321 §4.1.4)
    int most_recipients = 20;              // asked over this session
    bool pipelining = true;                // where it is offered
    StartTls starttls = StartTls::automatic;
    Duration connect_timeout = std::chrono::seconds{10};
    Duration command_timeout = std::chrono::seconds{30};  // each reply, to its last line
    Duration session_timeout = std::chrono::minutes{2};   // all in all
    TraceSink* trace = nullptr;  // where the session is written down, outlives it; absent: nowhere
  };

  Session(Params params, std::unique_ptr<Transport> transport, const Clock& clock);

  /// Connects, waits for the greeting, says EHLO or HELO and secures the session, all by `due`.
  /// What failed is absent on success. `host` is the exchange's name, which TLS tells it (RFC 6066
  /// §3); empty: no name is told.
  asio::awaitable<std::optional<SessionFailure>> open(Endpoint exchange,
                                                      std::string host,
                                                      TimePoint due);

  /// Asks; every reply is there by `due`. REQUIRES: can_ask().
  asio::awaitable<SessionReport> ask(Question question, TimePoint due);

  /// Says QUIT where the server still listens, waits for its answer, but not long, and closes.
  /// False: what was heard in this session may have been the answers to other questions.
  asio::awaitable<bool> quit();

  /// Says QUIT to a server that knows us, whatever it owes us (RFC 5321 §4.1.1.10), and closes
  /// without waiting for anything. For a session that nobody will use or resume any more, also in
  /// the middle of one of the functions above.
  void leave_at_once();

  /// Can ask() be called, and for how many recipients?
  bool can_ask() const { return dialogue_ && dialogue_->can_ask(); }
  std::size_t room() const { return dialogue_ ? dialogue_->room() : 0; }

  /// How many recipients can be asked for at once.
  std::size_t group() const { return dialogue_ && dialogue_->pipelines() ? room() : 1; }

  /// Is there time for one more reply before the session has to end? A first question is worth
  /// asking even so.
  bool has_time() const { return clock_.now() + params_.command_timeout <= session_due_; }

  bool offers_smtputf8() const { return dialogue_ && dialogue_->offers_smtputf8(); }

  /// The name that EHLO gave; empty before open().
  const std::string& helo_name() const { return helo_name_; }

  /// What TLS came to, for a person; empty in the clear.
  const std::string& tls() const { return tls_; }

 private:
  asio::awaitable<void> converse(TimePoint due);
  asio::awaitable<void> secure(std::string host, TimePoint due);
  asio::awaitable<void> speak(Stage stage, TimePoint due);
  asio::awaitable<void> listen(Stage stage, TimePoint due);
  asio::awaitable<Expected<Reply, SessionFailure>> receive(Stage stage, TimePoint due);
  void on_unasked(Stage stage, const Expected<Reply, SessionFailure>& unasked);
  TimePoint reply_due(TimePoint due) const;
  void note(std::string_view what);

  Params params_;
  std::unique_ptr<Transport> transport_;
  const Clock& clock_;
  std::string helo_name_;
  std::string tls_;
  std::optional<Dialogue> dialogue_;  // once connected
  ReplyReader reader_;
  std::unique_ptr<SessionTrace> trace_;  // of an open session, if it is wanted
  TimePoint session_due_{};
};

}  // namespace leadverify
