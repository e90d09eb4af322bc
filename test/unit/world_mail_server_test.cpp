#include "world/mail_world.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace leadverify::world {
namespace {

using namespace std::chrono_literals;

const std::string usual_world = R"(
  domain example.test
    mx 10 mx.example.test
  domain other.test
    mx 10 mx.other.test
  server mx.other.test 127.1.0.99
)";

/// A world with one server, mx.example.test at 127.1.0.1, that has these lines.
struct OneServer {
  explicit OneServer(const std::string& directives)
      : world(read(usual_world + "server mx.example.test 127.1.0.1\n" + directives), now) {}

  static Script read(const std::string& text) {
    auto script = read_script(text);
    if (!script) FAIL(to_string(script.error()));
    return *std::move(script);
  }

  std::unique_ptr<ServerSession> connect(const std::string& client = "127.0.0.1") {
    return world.connect(*IpAddress::parse("127.1.0.1"), client, now).session;
  }

  /// Says the C: lines of `transcript` and writes down what comes of it. Lines behind "C>"
  /// go out together with the line that follows. A wait for an output is written as its
  /// length in milliseconds.
  std::string play(const std::string& transcript, const std::string& client = "127.0.0.1") {
    record.clear();
    const auto session = connect(client);
    if (!session) return "no connection\n";
    note(session->on_connect(now));
    std::istringstream lines(transcript);
    std::string group;
    for (std::string line; std::getline(lines, line);) {
      line.erase(0, line.find_first_not_of(' '));
      if (!line.starts_with("C")) continue;
      record += line + "\n";
      group += line.substr(std::min<std::size_t>(3, line.size())) + "\r\n";
      if (line.starts_with("C>")) continue;
      note(session->on_octets(group, now));
      group.clear();
    }
    return record;
  }

  void note(const Outputs& outputs) {
    for (const Output& output : outputs) {
      if (output.at > now) {
        record +=
            std::to_string(
                std::chrono::duration_cast<std::chrono::milliseconds>(output.at - now).count()) +
            "ms\n";
      }
      now = output.at;
      std::istringstream lines(output.octets);
      for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        record += "S: " + line + "\n";
      }
      if (output.end == Output::End::close) record += "closed\n";
      if (output.end == Output::End::reset) record += "reset\n";
    }
  }

  TimePoint now{1h};
  MailWorld world;
  std::string record;
};

std::string tidy(const std::string& transcript) {
  std::string text;
  std::istringstream lines(transcript);
  for (std::string line; std::getline(lines, line);) {
    const auto begin = line.find_first_not_of(' ');
    if (begin != line.npos) text += line.substr(begin) + "\n";
  }
  return text;
}

TEST_CASE("a mail server knows its users and nobody else", "[world]") {
  OneServer one("users ada alan*");
  const std::string script = R"(
    S: 220 mx.example.test ESMTP ready
    C: EHLO probe.test
    S: 250-mx.example.test
    S: 250-PIPELINING
    S: 250-SIZE 36700160
    S: 250-ENHANCEDSTATUSCODES
    S: 250 8BITMIME
    C: MAIL FROM:<>
    S: 250 2.1.0 Ok
    C: RCPT TO:<ada@example.test>
    S: 250 2.1.5 Ok
    C: rcpt to:<"Alan\.T"@EXAMPLE.TEST> NOTIFY=NEVER
    S: 250 2.1.5 Ok
    C: RCPT TO:<nobody@example.test>
    S: 550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown in virtual mailbox table
    C: RCPT TO:<ada@other.test>
    S: 554 5.7.1 <ada@other.test>: Relay access denied
    C: RSET
    S: 250 2.0.0 Ok
    C: QUIT
    S: 221 2.0.0 Bye
    closed
  )";

  CHECK(one.play(script) == tidy(script));
  CHECK(one.world.counts().faults.sum() == 0);
}

TEST_CASE("a mail server insists on the order of RFC 5321", "[world]") {
  OneServer one("users ada");
  const std::string script = R"(
    S: 220 mx.example.test ESMTP ready
    C: MAIL FROM:<a@b.test>
    S: 503 5.5.1 Error: EHLO comes first
    C: HELO probe.test
    S: 250 mx.example.test
    C: RCPT TO:<ada@example.test>
    S: 503 5.5.1 Error: need MAIL command
    C: MAIL FROM:a@b.test
    S: 501 5.5.4 Syntax: MAIL FROM:<address>
    C: MAIL FROM:<a@b.test>
    S: 250 2.1.0 Ok
    C: MAIL FROM:<a@b.test>
    S: 503 5.5.1 Error: nested MAIL command
    C: RCPT TO:<ada>
    S: 501 5.1.3 Bad recipient address syntax
    C: NOOP
    S: 250 2.0.0 Ok
    C: VRFY ada
    S: 500 5.5.2 Error: command not recognized
  )";

  CHECK(one.play(script) == tidy(script));
}

TEST_CASE("a greylisting server refuses each triplet until its time has passed", "[world]") {
  OneServer one("users ada\n greylist 45s 450 4.2.0 Greylisted, {left} seconds to go");
  const auto ask = [&](const std::string& recipient, const std::string& client) {
    const std::string record = one.play(
        "C: HELO p.test\nC: MAIL FROM:<>\nC: RCPT TO:<" + recipient + "@example.test>", client);
    return record.substr(record.rfind("S: ") + 3);
  };

  CHECK(ask("ada", "127.0.0.1") == "450 4.2.0 Greylisted, 45 seconds to go\n");
  one.now += 44s;
  CHECK(ask("ada", "127.0.0.1") == "450 4.2.0 Greylisted, 1 seconds to go\n");
  one.now += 1s;
  CHECK(ask("ada", "127.0.0.1") == "250 2.1.5 Ok\n");
  CHECK(ask("ada", "127.0.0.2") == "450 4.2.0 Greylisted, 45 seconds to go\n");
  CHECK(ask("bob", "127.0.0.1") == "450 4.2.0 Greylisted, 45 seconds to go\n");
  CHECK(one.world.counts().asked("ada@example.test") == 4);
}

TEST_CASE("a domain's own users and rules come before its server's", "[world]") {
  OneServer one(R"(
    users ada
    domain own.test
      mx 10 mx.example.test
      users grace
      on rcpt full* 452 4.2.2 Full
  )");
  const std::string script = R"(
    S: 220 mx.example.test ESMTP ready
    C: HELO probe.test
    S: 250 mx.example.test
    C: MAIL FROM:<>
    S: 250 2.1.0 Ok
    C: RCPT TO:<grace@own.test>
    S: 250 2.1.5 Ok
    C: RCPT TO:<ada@own.test>
    S: 550 5.1.1 <ada@own.test>: Recipient address rejected: User unknown in virtual mailbox table
    C: RCPT TO:<full1@own.test>
    S: 452 4.2.2 Full
    C: RCPT TO:<full1@example.test>
    S: 550 5.1.1 <full1@example.test>: Recipient address rejected: User unknown in virtual mailbox table
  )";

  CHECK(one.play(script) == tidy(script));
}

TEST_CASE("latency passes once for a pipelined group, slowness for each command", "[world]") {
  OneServer one("users *\n latency 50ms\n slow rcpt 3s\n offers PIPELINING");
  const std::string script = R"(
    50ms
    S: 220 mx.example.test ESMTP ready
    C: EHLO probe.test
    50ms
    S: 250-mx.example.test
    S: 250 PIPELINING
    C> MAIL FROM:<>
    C> RCPT TO:<a@example.test>
    C: RCPT TO:<b@example.test>
    50ms
    S: 250 2.1.0 Ok
    3000ms
    S: 250 2.1.5 Ok
    3000ms
    S: 250 2.1.5 Ok
  )";

  CHECK(one.play(script) == tidy(script));
  CHECK(one.world.counts().faults.sum() == 0);
}

TEST_CASE("after ten errors a server slows down, and after twenty it hangs up", "[world]") {
  OneServer one("errors 10 20\n users ada");
  std::string commands = "C: HELO p.test\nC: MAIL FROM:<>\n";
  for (int i = 0; i < 21; ++i) commands += "C: RCPT TO:<no@example.test>\n";
  const TimePoint begun = one.now;

  const std::string record = one.play(commands);

  CHECK(one.now - begun == 11s);  // the 11th to the 20th, and the 421
  CHECK(record.ends_with("S: 421 4.7.0 mx.example.test Error: too many errors\nclosed\n"));
  CHECK(one.world.counts().servers.at("127.1.0.1").most_errors_in_session == 21);
}

TEST_CASE("a server takes so many recipients in a transaction, and no more", "[world]") {
  OneServer one("max-rcpt 1\n users a b");
  const std::string script = R"(
    S: 220 mx.example.test ESMTP ready
    C: HELO probe.test
    S: 250 mx.example.test
    C: MAIL FROM:<>
    S: 250 2.1.0 Ok
    C: RCPT TO:<a@example.test>
    S: 250 2.1.5 Ok
    C: RCPT TO:<b@example.test>
    S: 452 4.5.3 Error: too many recipients
    C: RSET
    S: 250 2.0.0 Ok
    C: MAIL FROM:<>
    S: 250 2.1.0 Ok
    C: RCPT TO:<b@example.test>
    S: 250 2.1.5 Ok
  )";

  CHECK(one.play(script) == tidy(script));
}

TEST_CASE("a client has so many sessions at once, and no more", "[world]") {
  OneServer one("max-sessions 1");
  const auto first = one.connect();

  CHECK(one.play("") ==
        "S: 421 4.7.0 mx.example.test Too many connections from 127.0.0.1\nclosed\n");
  CHECK(one.play("", "127.0.0.2") == "S: 220 mx.example.test ESMTP ready\n");
  first->on_end();
  CHECK(one.play("") == "S: 220 mx.example.test ESMTP ready\n");
}

struct Act {
  const char* rule;
  const char* transcript;
};

TEST_CASE("a server does at an event what its rule says", "[world]") {
  const auto act = GENERATE(values<Act>({
      {"banner 421 4.3.2 Busy", "S: 421 4.3.2 Busy\nclosed\n"},
      {"banner 220-Wait | after 6s 220 Ready", "S: 220-Wait\n6000ms\nS: 220 Ready\n"},
      {"banner silent", ""},
      {"banner close", "closed\n"},
      {"banner reset", "reset\n"},
      {"banner octets 220 x\\x41\\r\\n", "S: 220 xA\n"},
      {"banner drip 1s 220",
       "1000ms\nS: 2\n1000ms\nS: 2\n1000ms\nS: 0\n1000ms\nS: \n1000ms\nS: \n"},
      {"banner repeat 2 1s 220-x", "S: 220-x\n1000ms\nS: 220-x\n"},
      {"banner after 1s usual", "1000ms\nS: 220 mx.example.test ESMTP ready\n"},
      {"banner first=1 421 No", "S: 421 No\nclosed\n"},
      {"banner until=10s 421 No", "S: 421 No\nclosed\n"},
      {"banner from=127.0.0.9 421 No", "S: 220 mx.example.test ESMTP ready\n"},
      {"banner refuse", "no connection\n"},
      {"banner blackhole", "no connection\n"},
      {"banner 554 No\nC: HELO x",
       "S: 554 No\nC: HELO x\nS: 503 5.5.1 No service here, please QUIT\n"},
      {"on ehlo 502 No\nC: EHLO x\nC: HELO x",
       "S: 220 mx.example.test ESMTP ready\nC: EHLO x\nS: 502 No\nC: HELO x\nS: 250 "
       "mx.example.test\n"},
      {"on helo helo=bad* 504 <{helo}> is no name\nC: HELO bad_one",
       "S: 220 mx.example.test ESMTP ready\nC: HELO bad_one\nS: 504 <bad_one> is no name\n"},
      {"on mail sender=<> 550 No\nC: HELO x\nC: MAIL FROM:<>\nC: MAIL FROM:<a@b.test>",
       "S: 220 mx.example.test ESMTP ready\nC: HELO x\nS: 250 mx.example.test\nC: MAIL FROM:<>\n"
       "S: 550 No\nC: MAIL FROM:<a@b.test>\nS: 250 2.1.0 Ok\n"},
      {"on noop nth=2 421 Enough\nC: NOOP\nC: NOOP",
       "S: 220 mx.example.test ESMTP ready\nC: NOOP\nS: 250 2.0.0 Ok\nC: NOOP\nS: 421 "
       "Enough\nclosed\n"},
      {"on noop silent\nC: NOOP\nC: QUIT",
       "S: 220 mx.example.test ESMTP ready\nC: NOOP\nC: QUIT\n"},
  }));
  CAPTURE(act.rule);
  const std::string rule = act.rule;
  const auto end = rule.find('\n');
  OneServer one(rule.substr(0, end));

  CHECK(one.play(end == rule.npos ? "" : rule.substr(end)) == act.transcript);
}

TEST_CASE("a rule for the first of something leaves the later ones alone", "[world]") {
  OneServer one("users a b\n banner first=1 421 Busy\n on rcpt * first=1 450 Later");
  const std::string commands =
      "C: HELO p.test\nC: MAIL FROM:<>\nC: RCPT TO:<a@example.test>\nC: RCPT TO:<a@example.test>\n"
      "C: RCPT TO:<b@example.test>";

  CHECK(one.play("") == "S: 421 Busy\nclosed\n");
  const std::string record = one.play(commands);
  CHECK(
      record.ends_with("C: RCPT TO:<a@example.test>\nS: 450 Later\n"
                       "C: RCPT TO:<a@example.test>\nS: 250 2.1.5 Ok\n"
                       "C: RCPT TO:<b@example.test>\nS: 450 Later\n"));
}

TEST_CASE("commands are understood however their octets are cut", "[world]") {
  OneServer one("users ada");
  const auto session = one.connect();
  one.note(session->on_connect(one.now));
  const std::string octets =
      "HELO p.test\r\nMAIL FROM:<>\r\nRCPT TO:<ada@example.test>\r\nQUIT\r\n";

  for (const char octet : octets) one.note(session->on_octets({&octet, 1}, one.now));

  CHECK(one.record == tidy(R"(
    S: 220 mx.example.test ESMTP ready
    S: 250 mx.example.test
    S: 250 2.1.0 Ok
    S: 250 2.1.5 Ok
    S: 221 2.0.0 Bye
    closed
  )"));
  CHECK(one.world.counts().faults.sum() == 0);
}

struct Misdeed {
  const char* server;
  std::vector<std::string> said;  // one by one, each at once after the last
  std::uint64_t FaultCounts::*count;
};

TEST_CASE("what no client may do is counted", "[world]") {
  const std::vector<Misdeed> misdeeds = {
      {"", {"DATA\r\n"}, &FaultCounts::forbidden_command},
      {"", {"VRFY ada\r\n"}, &FaultCounts::forbidden_command},
      {"", {"NOOP\n"}, &FaultCounts::bare_lf},
      {"", {std::string("NOOP \0\r\n", 8)}, &FaultCounts::nul},
      {"", {"NOOP " + std::string(506, 'x') + "\r\n"}, &FaultCounts::long_line},
      {"latency 1s", {"EHLO p.test\r\n"}, &FaultCounts::early},
      {"banner silent", {"EHLO p.test\r\n"}, &FaultCounts::early},
      {"", {"HELO p.test\r\n", "MAIL FROM:<>\r\nRSET\r\n"}, &FaultCounts::pipelining},
      {"", {"EHLO p.test\r\nMAIL FROM:<>\r\n"}, &FaultCounts::pipelining},
      {"", {"EHLO p.test\r\nMA", "IL FROM:<>\r\n"}, &FaultCounts::pipelining},
      {"slow ehlo 1s", {"EHLO p.test\r\n", "MAIL FROM:<>\r\n"}, &FaultCounts::pipelining},
      {"no-pipelining", {"EHLO p.test\r\n", "MAIL FROM:<>\r\nRSET\r\n"}, &FaultCounts::pipelining},
      {"", {"EHLO p.test\r\n", "NOOP\r\nRSET\r\n"}, &FaultCounts::pipelining},
  };
  for (const Misdeed& misdeed : misdeeds) {
    CAPTURE(misdeed.server, misdeed.said);
    OneServer one(misdeed.server);
    const auto session = one.connect();
    session->on_connect(one.now);

    for (const std::string& octets : misdeed.said) session->on_octets(octets, one.now);

    CHECK(one.world.counts().faults.*misdeed.count == 1);
    CHECK(one.world.counts().faults.sum() == 1);
    CHECK(one.world.counts().fault_lines.size() == 1);
  }
}

TEST_CASE("a line of 512 octets is not too long", "[world]") {
  OneServer one("");
  const auto session = one.connect();
  session->on_connect(one.now);

  session->on_octets("NOOP " + std::string(505, 'x') + "\r\n", one.now);

  CHECK(one.world.counts().faults.sum() == 0);
}

TEST_CASE("a server can answer unlawful pipelining with a refusal", "[world]") {
  OneServer one("no-pipelining\n on pipelining 500 5.5.1 Pipelining not supported | close");
  const std::string record = one.play("C> HELO p.test\nC: NOOP");

  CHECK(record == tidy(R"(
    S: 220 mx.example.test ESMTP ready
    C> HELO p.test
    C: NOOP
    S: 250 mx.example.test
    S: 500 5.5.1 Pipelining not supported
    closed
  )"));
}

TEST_CASE("sessions are counted in all, for a server and for a domain", "[world]") {
  OneServer one("users *\n serves *");
  const auto& counts = one.world.counts();
  const auto open = [&](const std::string& domain) {
    auto session = one.connect();
    session->on_connect(one.now);
    session->on_octets("EHLO p.test\r\n", one.now);
    session->on_octets("MAIL FROM:<>\r\nRCPT TO:<a@" + domain + ">\r\n", one.now);
    return session;
  };

  const auto first = open("a.test");
  const auto second = open("A.test");
  const auto third = open("b.test");
  second->on_octets("RCPT TO:<a@b.test>\r\n", one.now);
  CHECK(counts.domains.at("a.test").sessions.now == 1);
  CHECK(counts.domains.at("a.test").sessions.most == 2);
  CHECK(counts.domains.at("b.test").sessions.now == 2);
  first->on_octets("QUIT\r\n", one.now);
  second->on_end();

  CHECK(counts.domains.at("a.test").sessions.now == 0);
  CHECK(counts.domains.at("b.test").sessions.now == 1);
  CHECK(counts.sessions.now == 1);
  CHECK(counts.sessions.most == 3);
  CHECK(counts.servers.at("127.1.0.1").sessions.now == 1);
  CHECK(counts.connections == 3);
  CHECK(counts.rcpt == 4);
  CHECK(counts.servers.at("127.1.0.1").most_rcpt_in_session == 2);
}

TEST_CASE("the recipients asked for in any minute are counted for each domain", "[world]") {
  OneServer one("users *");
  const auto session = one.connect();
  session->on_connect(one.now);
  session->on_octets("EHLO p.test\r\n", one.now);
  session->on_octets("MAIL FROM:<>\r\n", one.now);

  for (int i = 0; i < 10; ++i) {
    session->on_octets("RCPT TO:<a@example.test>\r\n", one.now);
    one.now += 20s;
  }

  CHECK(one.world.counts().domains.at("example.test").most_rcpt_in_a_minute == 3);
}

TEST_CASE("where no server is, loopback refuses and other addresses stay silent", "[world]") {
  OneServer one("");
  const auto door_at = [&](const char* address) {
    return one.world.connect(*IpAddress::parse(address), "127.0.0.1", one.now).door;
  };

  CHECK(door_at("127.1.0.1") == MailServer::Door::open);
  CHECK(door_at("127.1.0.2") == MailServer::Door::refuses);
  CHECK(door_at("10.0.0.1") == MailServer::Door::blackhole);
}

}  // namespace
}  // namespace leadverify::world
