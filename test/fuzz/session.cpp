// A whole session with a mail server that does as the octets say: what it sends, in which pieces
// and when. However it acts, the client keeps its deadlines, its limits and its manners.
#include "smtp/session.hpp"

#include "fuzz/target.hpp"
#include "support/fake_transport.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>

namespace leadverify::fuzz {
namespace {

using namespace std::chrono_literals;

constexpr std::array<Duration, 16> delays = {
    0s, 1ms, 100ms, 1s, 2s, 4s, 5s, 9s, 10s, 11s, 20s, 29s, 30s, 31s, 119s, 1h};
constexpr std::array<Duration, 3> session_timeouts = {2min, 20s, 5s};
constexpr std::array<StartTls, 3> starttls_modes = {
    StartTls::automatic, StartTls::never, StartTls::require};

constexpr std::array<TransportFault, 3> tls_faults = {
    TransportFault::tls_failed, TransportFault::timed_out, TransportFault::shortage};

// What the fake transport notes for a handshake.
constexpr std::string_view secured = "(TLS to mx.example.org)\n";

// How long an address lasts (Patience); the first one for ever.
constexpr std::array<Duration, 6> patiences = {24h, 75s, 30s, 10s, 1s, 0s};
constexpr std::array<std::size_t, 8> piece_sizes = {4096, 1, 2, 3, 7, 64, 1000, 16'384};

// A reply, or what is none, is given up within 64 KiB and its longest line.
constexpr std::size_t longest_reply = 64 * 1024 + 2048 + 128;

// An endless answer: more than anybody should read.
constexpr std::size_t endless = 200 * 1024;

/// A unit is one thing that the server does: its first octet says what, its second how much later,
/// the others are what it sends.
void add_move(FakeServer& server, std::string_view unit) {
  if (unit.empty()) return;
  const Duration after = delays[octet_at(unit, 1) % delays.size()];
  const std::string octets(unit.substr(std::min<std::size_t>(unit.size(), 2)));
  if (unit.front() == 'h') {
    server.hang_up(after);
    return;
  }
  if (octets.empty()) return;
  switch (unit.front()) {
    case 'b': server.blurt(octets); break;
    case 'd':  // drips
      for (const char octet : octets) server.say(std::string(1, octet), after);
      break;
    case 'e': {  // never ends
      std::string piece;
      while (piece.size() < 4096) piece += octets;
      for (std::size_t sent = 0; sent < endless; sent += piece.size()) server.blurt(piece);
      break;
    }
    default: server.say(octets, after);
  }
}

std::size_t octets_left(const FakeServer& server) {
  std::size_t octets = 0;
  for (const FakeServer::Move& move : server.moves) octets += move.octets.size();
  return octets;
}

/// The addresses that are asked for: plain ones, and the longest and strangest that there are.
std::string recipient(std::size_t index) {
  if (index % 8 == 5) return std::string(64, 'a') + "@" + std::string(60, 'b') + ".example.org";
  if (index % 8 == 6) return "\"a \\\" b\"@example.org";
  return "user" + std::to_string(index) + "@example.org";
}

struct Scene {
  explicit Scene(std::string_view head)
      : patience{.helo_name = "probe.example.net",
                 .most_recipients = 1 + static_cast<int>(octet_at(head, 1) % 24),
                 .pipelining = octet_at(head, 0) % 2 == 0,
                 .starttls = starttls_modes[octet_at(head, 9) % starttls_modes.size()],
                 .session_timeout = session_timeouts[octet_at(head, 8) % session_timeouts.size()]},
        recipients(1 + octet_at(head, 2) % 12),
        questions(1 + octet_at(head, 3) % 8),
        to_open(patiences[octet_at(head, 12) % patiences.size()]),
        to_ask(patiences[octet_at(head, 13) % patiences.size()]) {
    server.most_at_once = piece_sizes[octet_at(head, 4) % piece_sizes.size()];
    if (octet_at(head, 5) % 16 == 15) server.connect_time = 11s;
    if (octet_at(head, 6) % 16 == 15) {
      server.write_fault = TransportFault::hung_up;
      server.good_writes = octet_at(head, 7) % 4;
    }
    server.tls_time = delays[octet_at(head, 10) % delays.size()];
    if (octet_at(head, 11) % 4 == 3) {
      server.tls_fault =
          TlsFault{tls_faults[octet_at(head, 11) / 4 % tls_faults.size()], "it failed"};
    }
    session = std::make_unique<Session>(patience, connection_to(server), clock);
  }

  template <class Task>
  auto run(Task task) {
    auto result = std::make_shared<std::optional<typename Task::value_type>>();
    asio::co_spawn(io, std::move(task), [result](const std::exception_ptr& thrown, auto value) {
      if (!thrown) *result = std::move(value);
    });
    poll();
    require(result->has_value(), "a session comes to an end");
    return **result;
  }

  void quit() {
    run(session->quit());
    require(server.closed, "a session is closed");
  }

  /// Of so many commands, each with its reply, of a reply that was due before, and of one that
  /// nobody asked for, or of a handshake.
  Duration longest_time_for(std::size_t commands) const {
    return patience.command_timeout * static_cast<Duration::rep>(commands + 2);
  }

  void poll() {
    io.restart();
    io.poll();
  }

  ManualClock clock;
  FakeServer server{clock};
  Session::Params patience;
  std::size_t recipients;  // asked for at once
  std::size_t questions;
  Duration to_open;
  Duration to_ask;  // each question
  asio::io_context io;
  std::unique_ptr<Session> session;
};

Question question(std::size_t number, std::size_t recipients) {
  Question asked{.domain = number % 3 == 2 ? "example.net" : "example.org",
                 .reverse_path = number % 4 == 3 ? "postmaster@probe.example.net" : "",
                 .recipients = {}};
  for (std::size_t i = 0; i < recipients; ++i) {
    asked.recipients.push_back(recipient(number * recipients + i));
  }
  return asked;
}

bool is_permitted(std::string_view line) {
  static const std::set<std::string_view> alone = {"RSET", "NOOP", "QUIT", "STARTTLS"};
  return alone.contains(line) || line == "EHLO probe.example.net" ||
         line == "HELO probe.example.net" || line.starts_with("MAIL FROM:<") ||
         line.starts_with("RCPT TO:<");
}

/// Nothing of the clear is taken over, and nothing is asked in the clear where TLS has to be.
void check_security(std::string_view heard, StartTls starttls) {
  const std::size_t wanted = heard.find("STARTTLS\r\n");
  const std::size_t begun = heard.find(secured);
  const bool is_secured = begun != std::string_view::npos;
  const bool is_wanted = wanted != std::string_view::npos;
  require(!is_wanted || starttls != StartTls::never, "TLS is not asked for where it is not wanted");
  require(!is_secured || (is_wanted && heard.substr(wanted + 10).starts_with(secured)),
          "the handshake comes right behind STARTTLS");
  const std::string_view clear = heard.substr(0, begun);
  if (is_secured || starttls == StartTls::require) {
    require(clear.find("MAIL ") == std::string_view::npos, "nothing is asked before the handshake");
  }
  if (!is_secured) return;
  const std::string_view safe = heard.substr(begun + secured.size());
  // Nothing follows if the server speaks first.
  require(safe.empty() || safe.starts_with("EHLO "), "behind the handshake all begins anew");
  require(safe.find("STARTTLS") == std::string_view::npos, "one handshake is enough");
}

void check_commands(std::string_view heard) {
  while (true) {
    if (heard.starts_with(secured)) heard.remove_prefix(secured.size());
    if (heard.empty()) return;
    const std::size_t end = heard.find("\r\n");
    require(end != std::string_view::npos, "a command ends with CRLF");
    const std::string_view line = heard.substr(0, end);
    require(line.size() + 2 <= 512, "a command has at most 512 octets");
    require(is_permitted(line), "only permitted commands leave");
    require(std::ranges::none_of(
                line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
            "no control character leaves");
    heard.remove_prefix(end + 2);
  }
}

void check_report(const SessionReport& report, std::size_t asked) {
  require(report.outcomes.size() == asked, "a recipient has one outcome at most");
  require(report.sent <= asked, "a recipient is asked for once");
  for (const auto& outcome : report.outcomes) {
    if (!outcome) continue;
    const int code = outcome->reply.code;
    require(outcome->stage == Stage::rcpt || outcome->stage == Stage::mail,
            "an outcome is one of RCPT or MAIL");
    require(code >= 200 && code <= 599 && code != 421, "an outcome is an answer");
    require(outcome->stage == Stage::rcpt || code >= 400, "MAIL accepts no recipient");
    require(code / 100 != 3, "an outcome is no question");
  }
  require(!report.failure || !report.failure->what.empty(), "a failure says why");
}

std::size_t lines_in(std::string_view heard) {
  return static_cast<std::size_t>(std::ranges::count(heard, '\n'));
}

std::size_t recipients_in(std::string_view heard) {
  std::size_t recipients = 0;
  for (std::size_t at = heard.find("RCPT "); at != std::string_view::npos; ++recipients) {
    at = heard.find("RCPT ", at + 1);
  }
  return recipients;
}

/// The first unit says how the client is set; the others are what the server does.
void run(Octets octets) {
  const auto units = split_units(as_text(octets), 40);
  Scene scene(units.front());
  for (const std::string_view unit : std::span(units).subspan(1)) add_move(scene.server, unit);
  const std::size_t octets_sent = octets_left(scene.server);
  const TimePoint begun = scene.clock.now();

  const TimePoint open_due = begun + scene.to_open;
  const auto opened = scene.run(
      scene.session->open({*IpAddress::parse("192.0.2.1"), 25}, "mx.example.org", open_due));
  require(opened.has_value() || scene.server.heard.starts_with("EHLO "), "EHLO opens a session");
  require(scene.clock.now() - begun <=
              scene.longest_time_for(lines_in(scene.server.heard)) + scene.patience.connect_timeout,
          "a session is opened in time");
  require(scene.clock.now() <= open_due, "nobody waits longer for it than the address lasts");
  require(opened.has_value() || scene.patience.starttls != StartTls::require ||
              !scene.session->tls().empty(),
          "a session that has to be secure is");
  for (std::size_t i = 0; i < scene.questions && scene.session->can_ask(); ++i) {
    const std::size_t count = std::min(scene.recipients, scene.session->room());
    const TimePoint before = scene.clock.now();
    const std::size_t lines = lines_in(scene.server.heard);
    const TimePoint due = before + scene.to_ask;
    check_report(scene.run(scene.session->ask(question(i, count), due)), count);
    require(scene.clock.now() <= due, "an answer comes while the address lasts, or none does");
    const Duration longest = scene.longest_time_for(lines_in(scene.server.heard) - lines);
    require(scene.clock.now() - before <= longest, "each reply has its deadline");
  }
  scene.quit();

  require(
      recipients_in(scene.server.heard) <= static_cast<std::size_t>(scene.patience.most_recipients),
      "a session has its share");
  require(scene.clock.now() - begun <= scene.patience.session_timeout, "a session has an end");
  check_commands(scene.server.heard);
  check_security(scene.server.heard, scene.patience.starttls);
  const std::size_t octets_read = octets_sent - octets_left(scene.server);
  const std::size_t replies = lines_in(scene.server.heard) + 2;
  require(octets_read <= replies * longest_reply + scene.server.most_at_once,
          "an endless reply is not read to its end");
}

const Registration registration({.name = "session", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
