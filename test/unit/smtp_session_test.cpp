#include "smtp/session.hpp"
#include "support/fake_transport.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using namespace std::chrono_literals;
using Kind = SessionFailure::Kind;

const std::string greeting = "220 mx.example.org ready\r\n";
const std::string plain_offers = "250-mx.example.org\r\n250 8BITMIME\r\n";
const std::string pipelining_offers = "250-mx.example.org\r\n250 PIPELINING\r\n";

/// A session with a server whose words are written down.
struct Scene {
  explicit Scene(Session::Params params = {}) {
    if (!params.helo_name) params.helo_name = "probe.example.net";
    session = std::make_unique<Session>(params, connection_to(server), clock);
  }

  std::optional<SessionFailure> open(TimePoint due = TimePoint::max()) {
    const Endpoint exchange{*IpAddress::parse("192.0.2.1"), 25};
    return *run(session->open(exchange, "mx.example.org", due));
  }
  SessionReport ask(std::vector<std::string> local_parts) {
    Question question{.domain = "example.org", .reverse_path = "", .recipients = {}};
    for (const auto& name : local_parts) question.recipients.push_back(name + "@example.org");
    return *run(session->ask(question, TimePoint::max()));
  }
  /// Were all answers in step?
  bool quit() { return *run(session->quit()); }

  template <class T>
  std::optional<T> run(asio::awaitable<T> task) {
    std::optional<T> result;
    asio::co_spawn(io, std::move(task), [&](const std::exception_ptr& fault, T value) {
      if (!fault) result = std::move(value);
    });
    poll();
    REQUIRE(result);
    return result;
  }
  void poll() {
    io.restart();
    io.poll();
  }

  ManualClock clock;
  FakeServer server{clock};
  std::unique_ptr<Session> session;
  asio::io_context io;
};

/// "250 550 -": a minus where a recipient has no outcome; and why the session ended.
std::string brief(const SessionReport& report) {
  std::string text;
  for (const auto& outcome : report.outcomes) {
    text += outcome ? std::to_string(outcome->reply.code) + " " : "- ";
  }
  if (!report.failure) return text + "open";
  switch (report.failure->kind) {
    case Kind::not_permitted: return text + "not_permitted";
    case Kind::refused: return text + "refused";
    case Kind::hung_up: return text + "hung_up";
    case Kind::timed_out: return text + "timed_out";
    case Kind::shortage: return text + "shortage";
    case Kind::garbage: return text + "garbage";
    case Kind::turned_away: return text + "turned_away";
    case Kind::no_tls: return text + "no_tls";
  }
  return text;
}

std::string brief(const std::optional<SessionFailure>& failure) {
  return brief(SessionReport{.outcomes = {}, .sent = 0, .failure = failure});
}

TEST_CASE("a session is opened, asks, and says goodbye", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.server.say("250 Ok\r\n").say("250 2.1.5 Ok\r\n").say("550 5.1.1 no\r\n");
  scene.server.say("221 bye\r\n");

  CHECK_FALSE(scene.session->can_ask());
  CHECK_FALSE(scene.open());
  CHECK(scene.session->can_ask());
  CHECK(scene.session->helo_name() == "probe.example.net");
  CHECK(brief(scene.ask({"ada", "bob"})) == "250 550 open");
  scene.quit();

  CHECK(scene.server.heard ==
        "EHLO probe.example.net\r\nMAIL FROM:<>\r\nRCPT TO:<ada@example.org>\r\n"
        "RCPT TO:<bob@example.org>\r\nQUIT\r\n");
  CHECK(scene.server.closed);
  CHECK_FALSE(scene.session->can_ask());
}

TEST_CASE("a goodbye shows whether the answers before it were in step", "[smtp][session]") {
  struct Example {
    std::string answers;  // to QUIT
    bool in_step;
  };
  const Example example = GENERATE(values<Example>({
      {"221 bye\r\n", true},
      {"221-bye\r\n221 bye\r\n", true},
      {"421 closing\r\n", true},
      {"", true},
      {"250 bye\r\n", true},
      {"500 what?\r\n", true},
      {"no reply\r\n", true},
      {"250 2.1.5 Ok\r\n221 bye\r\n", false},
      {"550 5.1.1 no\r\n221 bye\r\n", false},
      {"550 5.1.1 no\r\n550 5.1.1 no\r\n221 bye\r\n", false},
  }));
  const bool in_one_piece = GENERATE(true, false);
  CAPTURE(example.answers, in_one_piece);
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.server.say("250 Ok\r\n").say("250 2.1.5 Ok\r\n");
  scene.open();
  REQUIRE(brief(scene.ask({"ada"})) == "250 open");

  const std::size_t end = in_one_piece ? example.answers.size() : example.answers.find('\n') + 1;
  scene.server.say(example.answers.substr(0, end));
  if (end < example.answers.size()) scene.server.say(example.answers.substr(end));
  scene.server.hang_up();

  CHECK(scene.quit() == example.in_step);
}

TEST_CASE("an answer that can't be one to RCPT puts the session out of step", "[smtp][session]") {
  const std::string reply = GENERATE(values<std::string>({
      "250-Ok\r\n550 no\r\n",
      "354 Go ahead\r\n",
      "220 mx.example.org ready\r\n",
      "221 bye\r\n",
      "150 wait\r\n",
      "650 what\r\n",
      "2500 Ok\r\n",
      "25 0 Ok\r\n",
      "+OK\r\n",
      "\r\n",
  }));
  CAPTURE(reply);
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.server.say("250 Ok\r\n").say("250 2.1.5 Ok\r\n").say(reply);
  scene.open();

  CHECK(brief(scene.ask({"ada", "bob"})) == "250 - garbage");
  CHECK_FALSE(scene.quit());
}

TEST_CASE("a reply that is there before anything was asked for it spoils the answer before",
          "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.server.say("250 Ok\r\n").say("250 2.1.5 Ok\r\n").blurt("550 5.1.1 no\r\n");
  REQUIRE_FALSE(scene.open());

  const SessionReport report = scene.ask({"ada"});

  CHECK(brief(report) == "- garbage");
  CHECK_FALSE(scene.quit());
}

TEST_CASE("a client without a name says its address", "[smtp][session]") {
  struct Example {
    std::string address;
    std::string literal;
  };
  const auto example = GENERATE(values<Example>({
      {"192.0.2.77", "[192.0.2.77]"},
      {"2001:db8::77", "[IPv6:2001:db8::77]"},
  }));
  Scene scene;
  scene.server.client = *IpAddress::parse(example.address);
  scene.session =
      std::make_unique<Session>(Session::Params{}, connection_to(scene.server), scene.clock);
  scene.server.say(greeting).say(plain_offers);

  CHECK_FALSE(scene.open());
  CHECK(scene.server.heard == "EHLO " + example.literal + "\r\n");
  CHECK(scene.session->helo_name() == example.literal);
}

TEST_CASE("pipelined commands leave in one write", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(pipelining_offers);
  scene.server.say("250 Ok\r\n250 Ok\r\n550 no\r\n");
  scene.open();

  CHECK(brief(scene.ask({"ada", "bob"})) == "250 550 open");
  REQUIRE(scene.server.writes.size() == 2);
  CHECK(scene.server.writes[1] ==
        "MAIL FROM:<>\r\nRCPT TO:<ada@example.org>\r\nRCPT TO:<bob@example.org>\r\n");
}

TEST_CASE("what a session brings does not hang on how its octets are cut", "[smtp][session]") {
  const bool pipelining = GENERATE(true, false);
  const std::vector<std::string> replies = {
      "250 2.1.0 Ok\r\n", "250-2.1.5 Ok\r\n250 2.1.5 so\r\n", "550 5.1.1 no\r\n", "451 later\r\n"};
  for (std::size_t octets = 1; octets < 120; ++octets) {
    CAPTURE(octets);
    Scene scene;
    scene.server.most_at_once = octets;
    scene.server.say("220-wait\r\n" + greeting);
    scene.server.say(pipelining ? pipelining_offers : plain_offers);
    std::string together;
    for (const std::string& reply : replies) {
      together += reply;
      if (!pipelining) scene.server.say(reply);
    }
    if (pipelining) scene.server.say(together);
    scene.server.say("221 bye\r\n");

    REQUIRE(brief(scene.open()) == "open");
    const SessionReport report = scene.ask({"ada", "bob", "eve"});
    REQUIRE(brief(report) == "250 550 451 open");
    REQUIRE(report.outcomes[0]->reply.text == "Ok\nso");
    scene.quit();
    REQUIRE(scene.server.heard.ends_with("QUIT\r\n"));
    REQUIRE(scene.server.moves.empty());
  }
}

// Connecting

TEST_CASE("a connection that fails says why", "[smtp][session]") {
  struct Example {
    TransportFault fault;
    std::string kind;
  };
  const auto example = GENERATE(values<Example>({
      {TransportFault::not_permitted, "not_permitted"},
      {TransportFault::refused, "refused"},
      {TransportFault::hung_up, "hung_up"},
      {TransportFault::timed_out, "timed_out"},
      {TransportFault::shortage, "shortage"},
  }));
  Scene scene;
  scene.server.connect_fault = example.fault;

  const auto failure = scene.open();

  CHECK(brief(failure) == example.kind);
  CHECK(failure->stage == Stage::connect);
  CHECK(failure->what == to_string(example.fault));
  CHECK_FALSE(scene.session->can_ask());
  CHECK(scene.session->room() == 0);
  scene.quit();
  CHECK(scene.server.heard.empty());
  CHECK(scene.server.closed);
}

TEST_CASE("connecting is over by the earliest of its deadlines", "[smtp][session]") {
  struct Example {
    Duration connect;
    Duration session;
    Duration due;
    Duration earliest;
  };
  const auto example =
      GENERATE(values<Example>({{10s, 2min, 1h, 10s}, {10s, 5s, 1h, 5s}, {10s, 2min, 3s, 3s}}));
  Scene scene(
      {.helo_name = {}, .connect_timeout = example.connect, .session_timeout = example.session});
  scene.server.connect_time = 1h;

  CHECK(brief(scene.open(TimePoint{} + example.due)) == "timed_out");
  CHECK(scene.server.connect_due == TimePoint{} + example.earliest);
}

// Replies that nobody asked for

TEST_CASE("a reply before its command was sent is no answer", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.open();
  scene.server.blurt("250 Ok\r\n").say("250 Ok\r\n").say("250 Ok\r\n");

  const SessionReport report = scene.ask({"ada"});

  CHECK(brief(report) == "- garbage");
  CHECK(report.sent == 0);
  CHECK_FALSE(report.failure->pipelined);
  CHECK(scene.server.writes.size() == 1);
  CHECK_FALSE(scene.session->can_ask());
}

TEST_CASE("a greeting with an answer to EHLO in it is not believed", "[smtp][session]") {
  const bool at_once = GENERATE(true, false);
  Scene scene;
  if (at_once) {
    scene.server.say(greeting + plain_offers);
  } else {
    scene.server.say(greeting).blurt(plain_offers);
  }

  CHECK(brief(scene.open()) == "garbage");
  CHECK(scene.server.heard.empty());
}

TEST_CASE("a server may close the session before it is asked", "[smtp][session]") {
  const auto octets_at_once = GENERATE(values<std::size_t>({1, 4096}));
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.open();
  scene.server.most_at_once = octets_at_once;
  scene.server.blurt("421 4.4.2 idle for too long\r\n").hang_up();

  const SessionReport report = scene.ask({"ada"});

  CHECK(brief(report) == "- turned_away");
  CHECK(report.failure->reply->code == 421);
  CHECK(report.failure->stage == Stage::mail);
  CHECK(report.sent == 0);
  scene.quit();
  CHECK(scene.server.writes.size() == 1);
}

TEST_CASE("a server may close the session behind an answer, which still counts",
          "[smtp][session]") {
  for (std::size_t octets = 1; octets < 40; ++octets) {
    CAPTURE(octets);
    Scene scene;
    scene.server.say(greeting).say(plain_offers);
    scene.open();
    scene.server.most_at_once = octets;
    scene.server.say("250 Ok\r\n").say("550 no\r\n421-enough\r\n421 bye\r\n").hang_up();

    const SessionReport report = scene.ask({"ada", "bob"});

    REQUIRE(brief(report) == "550 - turned_away");
    REQUIRE(report.sent == 1);
  }
}

TEST_CASE("a doubled reply gives no verdict", "[smtp][session]") {
  const auto octets_at_once = GENERATE(values<std::size_t>({1, 8, 16, 4096}));
  CAPTURE(octets_at_once);
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.open();
  scene.server.most_at_once = octets_at_once;
  scene.server.say("250 Ok\r\n").say("550 no\r\n550 no\r\n").say("250 Ok\r\n");

  CHECK(brief(scene.ask({"ada", "bob", "eve"})) == "- - - garbage");
  CHECK_FALSE(scene.session->can_ask());
}

TEST_CASE("a doubled reply in a pipeline gives no verdict on anybody in it", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(pipelining_offers);
  scene.open();
  scene.server.say("250 Ok\r\n550 no\r\n550 no\r\n250 Ok\r\n");

  const SessionReport report = scene.ask({"ada", "bob"});

  CHECK(brief(report) == "- - garbage");
  CHECK(report.failure->pipelined);
  CHECK(report.sent == 2);
}

TEST_CASE("a reply too many after a question spoils the next", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(plain_offers).say("250 Ok\r\n").say("250 Ok\r\n");
  scene.open();
  CHECK(brief(scene.ask({"ada"})) == "250 open");

  scene.server.blurt("550 late\r\n");

  CHECK(brief(scene.ask({"bob"})) == "- garbage");
}

TEST_CASE("a second line behind 421 does not matter", "[smtp][session]") {
  Scene scene;
  scene.server.say("421 busy\r\n421 really\r\n");

  CHECK(brief(scene.open()) == "turned_away");
}

TEST_CASE("what is not SMTP is garbage at every stage", "[smtp][session]") {
  const auto good = GENERATE(values<std::size_t>({0, 1, 2, 3}));
  const auto octets = GENERATE(values<std::string>({
      "HTTP/1.1 400 Bad Request\r\n",
      "\r\n",
      "250-a\r\n550 b\r\n",
      std::string(5000, 'x'),
      std::string("\0\0\0\0\n", 5),
  }));
  const std::vector<std::string> replies = {greeting, plain_offers, "250 Ok\r\n", "250 Ok\r\n"};
  CAPTURE(good, octets);
  Scene scene;
  for (std::size_t i = 0; i < good; ++i) scene.server.say(replies[i]);
  scene.server.say(octets);

  if (good < 2) {
    CHECK(brief(scene.open()) == "garbage");
  } else {
    scene.open();
    CHECK(brief(scene.ask({"ada"})) == "- garbage");
  }
}

// Endings

TEST_CASE("a server that hangs up leaves the replies that are complete", "[smtp][session]") {
  const std::string replies = greeting + plain_offers + "250 Ok\r\n250 Ok\r\n550 no\r\n";
  for (std::size_t cut = 0; cut < replies.size(); ++cut) {
    CAPTURE(cut);
    Scene scene;
    std::size_t said = 0;
    for (const std::string& reply : {greeting,
                                     plain_offers,
                                     std::string("250 Ok\r\n"),
                                     std::string("250 Ok\r\n"),
                                     std::string("550 no\r\n")}) {
      const std::size_t length = std::min(reply.size(), cut - said);
      if (length > 0) scene.server.say(reply.substr(0, length));
      said += length;
    }
    scene.server.hang_up();

    const auto failure = scene.open();
    if (failure) {
      REQUIRE(brief(failure) == "hung_up");
      const bool greeted = cut >= greeting.size();
      REQUIRE(failure->stage == (greeted ? Stage::ehlo : Stage::banner));
      continue;
    }
    const SessionReport report = scene.ask({"ada", "bob"});
    const std::size_t mail = greeting.size() + plain_offers.size() + 8;
    REQUIRE(brief(report) == (cut < mail + 8 ? "- - hung_up" : "250 - hung_up"));
    REQUIRE(report.failure->stage == (cut < mail ? Stage::mail : Stage::rcpt));
    REQUIRE(report.sent == (cut < mail ? 0U : cut < mail + 8 ? 1U : 2U));
  }
}

TEST_CASE("a command that can't be written ends the session", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.open();
  scene.server.write_fault = TransportFault::hung_up;

  const SessionReport report = scene.ask({"ada"});

  CHECK(brief(report) == "- hung_up");
  CHECK(report.failure->stage == Stage::mail);
  scene.quit();
  CHECK(scene.server.closed);
}

// Deadlines

TEST_CASE("a silent server is given up after the command timeout", "[smtp][session]") {
  const auto good = GENERATE(values<std::size_t>({0, 1, 2, 3}));
  const std::vector<std::string> replies = {greeting, plain_offers, "250 Ok\r\n"};
  Scene scene({.helo_name = {}, .command_timeout = 7s});
  for (std::size_t i = 0; i < good; ++i) scene.server.say(replies[i], 1s);

  if (good < 2) {
    CHECK(brief(scene.open()) == "timed_out");
  } else {
    scene.open();
    CHECK(brief(scene.ask({"ada"})) == "- timed_out");
  }
  CHECK(scene.clock.time == TimePoint{} + std::chrono::seconds(good) + 7s);
}

TEST_CASE("a reply has one deadline however it drips", "[smtp][session]") {
  const auto move = GENERATE(values<std::string>({"2", "220-wait\r\n"}));
  Scene scene({.helo_name = {}, .command_timeout = 30s});
  for (int i = 0; i < 100; ++i) scene.server.say(move, 2s);

  CHECK(brief(scene.open()) == "timed_out");
  CHECK(scene.clock.time == TimePoint{} + 30s);
  for (const TimePoint due : scene.server.read_dues) REQUIRE(due == TimePoint{} + 30s);
}

TEST_CASE("every reply has the whole command timeout", "[smtp][session]") {
  Scene scene({.helo_name = {}, .command_timeout = 10s});
  scene.server.say(greeting, 9s).say(plain_offers, 9s);
  scene.server.say("250 Ok\r\n", 9s).say("250 Ok\r\n", 9s);

  CHECK(brief(scene.open()) == "open");
  CHECK(brief(scene.ask({"ada"})) == "250 open");
  CHECK(scene.clock.time == TimePoint{} + 36s);
}

TEST_CASE("a session has an end however well it goes", "[smtp][session]") {
  Scene scene({.helo_name = {}, .command_timeout = 10s, .session_timeout = 30s});
  scene.server.say(greeting, 8s).say(plain_offers, 8s);
  scene.server.say("250 Ok\r\n", 8s).say("250 Ok\r\n", 8s);

  CHECK(brief(scene.open()) == "open");
  CHECK(brief(scene.ask({"ada"})) == "- timed_out");
  CHECK(scene.clock.time == TimePoint{} + 30s);
}

TEST_CASE("the caller's deadline holds for opening as a whole", "[smtp][session]") {
  Scene scene;
  scene.server.say(greeting, 3s).say(plain_offers, 3s);

  CHECK(brief(scene.open(TimePoint{} + 5s)) == "timed_out");
  CHECK(scene.clock.time == TimePoint{} + 5s);
}

TEST_CASE("the answer to QUIT is waited for two seconds at most", "[smtp][session]") {
  const auto takes = GENERATE(values<Duration>({1s, 5s, 1h}));
  Scene scene;
  scene.server.say(greeting).say(plain_offers);
  scene.open();
  scene.server.say("221 bye\r\n", takes);

  scene.quit();

  CHECK(scene.server.heard.ends_with("QUIT\r\n"));
  CHECK(scene.clock.time == TimePoint{} + std::min<Duration>(takes, 2s));
  CHECK(scene.server.closed);
}

TEST_CASE("QUIT is said to a server that refuses to serve, not to one that is gone",
          "[smtp][session]") {
  struct Example {
    std::string banner;
    std::string heard;
  };
  const auto example = GENERATE(values<Example>({
      {"554 5.7.1 not you\r\n", "QUIT\r\n"},
      {"450 later\r\n", "QUIT\r\n"},
      {"421 busy\r\n", ""},
      {"hello\r\n", ""},
  }));
  Scene scene;
  scene.server.say(example.banner);
  CHECK(scene.open());

  scene.quit();

  CHECK(scene.server.heard == example.heard);
  CHECK(scene.server.closed);
}

TEST_CASE("a session that was never opened is closed in silence", "[smtp][session]") {
  Scene scene;

  scene.quit();

  CHECK(scene.server.heard.empty());
  CHECK(scene.server.closed);
}

const std::string tls_offers = "250-mx.example.org\r\n250 STARTTLS\r\n";
const std::string go_ahead = "220 2.0.0 go ahead\r\n";

TEST_CASE("a session is secured where the server offers it", "[smtp][session][tls]") {
  Scene scene;
  scene.server.say(greeting).say(tls_offers).say(go_ahead).say(plain_offers);
  scene.server.say("250 Ok\r\n").say("250 2.1.5 Ok\r\n");

  CHECK(brief(scene.open()) == "open");
  CHECK(brief(scene.ask({"ada"})) == "250 open");

  CHECK(scene.session->tls() == "TLS as written down");
  CHECK(scene.server.heard ==
        "EHLO probe.example.net\r\nSTARTTLS\r\n(TLS to mx.example.org)\n"
        "EHLO probe.example.net\r\nMAIL FROM:<>\r\nRCPT TO:<ada@example.org>\r\n");
}

TEST_CASE("octets between the go-ahead and the handshake end the session without a verdict",
          "[smtp][session][tls]") {
  const auto injected =
      GENERATE(values<std::string>({"250 2.1.5 Ok\r\n", "250-half", "2", "250 a\r\n250 b\r\n"}));
  const bool in_one_piece = GENERATE(true, false);
  CAPTURE(injected, in_one_piece);
  Scene scene;
  scene.server.say(greeting).say(tls_offers);
  if (in_one_piece) {
    scene.server.say(go_ahead + injected);
  } else {
    scene.server.say(go_ahead).blurt(injected);
  }

  const auto failure = scene.open();

  REQUIRE(failure);
  CHECK(failure->kind == Kind::garbage);
  CHECK(failure->stage == Stage::starttls);
  CHECK_FALSE(failure->clear_may_do);
  CHECK(scene.server.heard == "EHLO probe.example.net\r\nSTARTTLS\r\n");
}

TEST_CASE("the handshake has the time of a reply, and the caller's deadline holds for it too",
          "[smtp][session][tls]") {
  const auto due = GENERATE(values<Duration>({10s, 5min}));
  Scene scene;
  scene.server.say(greeting).say(tls_offers).say(go_ahead);
  scene.server.tls_time = 1h;

  const auto failure = scene.open(TimePoint{} + due);

  REQUIRE(failure);
  CHECK(failure->kind == Kind::timed_out);
  CHECK(failure->stage == Stage::starttls);
  CHECK(failure->clear_may_do);
  CHECK(scene.clock.time == TimePoint{} + std::min<Duration>(due, 30s));
}

TEST_CASE("a handshake that fails is told, and nothing more is said", "[smtp][session][tls]") {
  Scene scene;
  scene.server.say(greeting).say(tls_offers).say(go_ahead);
  scene.server.tls_fault = TlsFault{TransportFault::tls_failed, "no cipher is shared"};

  const auto failure = scene.open();
  scene.quit();

  REQUIRE(failure);
  CHECK(failure->kind == Kind::no_tls);
  CHECK(failure->what == "no cipher is shared");
  CHECK(scene.server.heard == "EHLO probe.example.net\r\nSTARTTLS\r\n");
  CHECK(scene.session->tls().empty());
}

TEST_CASE("a session is written down from its connection to its end", "[smtp][session][trace]") {
  std::string book;
  TraceSink sink([&](const TraceLine& line) {
    const std::string marks[] = {"C: ", "S: ", "("};
    book += marks[static_cast<int>(line.kind)] + line.text +
            (line.kind == TraceLine::Kind::note ? ")\n" : "\n");
  });
  Scene scene({.trace = &sink});
  scene.server.say(greeting).say(tls_offers).say(go_ahead).say(plain_offers);
  scene.server.say("250 Ok\r\n").say("250 2.1.5").hang_up();
  scene.open();
  scene.ask({"ada"});
  scene.quit();

  CHECK(book ==
        "(connected)\n"
        "S: 220 mx.example.org ready\n"
        "C: EHLO probe.example.net\n"
        "S: 250-mx.example.org\n"
        "S: 250 STARTTLS\n"
        "C: STARTTLS\n"
        "S: 220 2.0.0 go ahead\n"
        "(TLS as written down)\n"
        "C: EHLO probe.example.net\n"
        "S: 250-mx.example.org\n"
        "S: 250 8BITMIME\n"
        "C: MAIL FROM:<>\n"
        "S: 250 Ok\n"
        "C: RCPT TO:<ada@example.org>\n"
        "S: 250 2.1.5\n"
        "(the server hung up)\n"
        "(closed)\n");
}

TEST_CASE("a connection that never came about is written down too", "[smtp][session][trace]") {
  std::vector<std::string> notes;
  TraceSink sink([&](const TraceLine& line) { notes.push_back(line.text); });
  Scene scene({.trace = &sink});
  scene.server.connect_fault = TransportFault::refused;
  scene.open();
  scene.quit();

  CHECK(notes == std::vector<std::string>{"the connection was refused"});
}

}  // namespace
}  // namespace leadverify
