#include "smtp/dialogue.hpp"
#include "support/transcript.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using Kind = SessionFailure::Kind;

const std::string plain_greeting = R"(
  S: 220 mx.example.org ready
  C: EHLO probe.example.net
  S: 250-mx.example.org
  S: 250 8BITMIME
)";
const std::string pipelining_greeting = R"(
  S: 220 mx.example.org ready
  C: EHLO probe.example.net
  S: 250-mx.example.org
  S: 250 PIPELINING
)";

Dialogue new_dialogue(int most_recipients = 20, bool pipelining = true) {
  return Dialogue({.helo_name = "probe.example.net",
                   .most_recipients = most_recipients,
                   .pipelining = pipelining});
}

/// A dialogue that has said EHLO, to a server that pipelines or not.
Dialogue greeted(const std::string& greeting, int most_recipients = 20) {
  Dialogue dialogue = new_dialogue(most_recipients);
  REQUIRE(play(dialogue, greeting) == tidy(greeting));
  return dialogue;
}

Question about(std::vector<std::string> local_parts, const std::string& domain = "example.org") {
  Question question{.domain = domain, .reverse_path = "", .recipients = {}};
  for (const std::string& local_part : local_parts) {
    question.recipients.push_back(local_part + "@" + domain);
  }
  return question;
}

Question about_many(std::size_t count) {
  std::vector<std::string> local_parts;
  for (std::size_t i = 1; i <= count; ++i) local_parts.push_back("u" + std::to_string(i));
  return about(local_parts);
}

/// The outcomes in short: "250 550 -", a minus where there is none, "mail 550" at MAIL.
std::string outcomes(const Dialogue& dialogue) {
  std::string text;
  for (const auto& outcome : dialogue.report().outcomes) {
    if (!text.empty()) text += ' ';
    if (outcome && outcome->stage != Stage::rcpt)
      text += std::string(to_string(outcome->stage)) + ' ';
    text += outcome ? std::to_string(outcome->reply.code) : "-";
  }
  return text;
}

std::string client_lines(std::size_t first, std::size_t last) {
  std::string lines;
  for (std::size_t i = first; i <= last; ++i) {
    lines += "C: RCPT TO:<u" + std::to_string(i) + "@example.org>\n";
  }
  return lines;
}

std::string times(std::size_t count, const std::string& line) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) lines += line + "\n";
  return lines;
}

// Greeting

TEST_CASE("nothing is said before the server has greeted", "[smtp][dialogue]") {
  Dialogue dialogue = new_dialogue();

  CHECK(dialogue.take_output().empty());
  CHECK(dialogue.awaiting() == Stage::banner);
  CHECK_FALSE(dialogue.can_ask());
  CHECK_FALSE(dialogue.open());
}

TEST_CASE("a greeting of several lines is waited for to its end", "[smtp][dialogue]") {
  Dialogue dialogue = new_dialogue();
  const auto script = R"(
    S: 220-mx.example.org ready
    S: 220-no unsolicited mail
    S: 220 please
    C: EHLO probe.example.net
  )";

  CHECK(play(dialogue, script) == tidy(script));
  CHECK(dialogue.awaiting() == Stage::ehlo);
}

TEST_CASE("a server that does not know EHLO is told HELO", "[smtp][dialogue]") {
  const auto refusal = GENERATE(values<std::string>({"500 what?", "502 5.5.1 no", "550 5.7.1 no"}));
  Dialogue dialogue = new_dialogue();
  const auto script = "S: 220 mx.example.org\nC: EHLO probe.example.net\nS: " + refusal +
                      "\nC: HELO probe.example.net\nS: 250 mx.example.org\n";

  REQUIRE(play(dialogue, script) == script);

  CHECK(dialogue.can_ask());
  CHECK_FALSE(dialogue.report().failure);
}

TEST_CASE("what a reply to HELO lists is no offer", "[smtp][dialogue]") {
  Dialogue dialogue = new_dialogue();
  const auto greeting = R"(
    S: 220 mx.example.org
    C: EHLO probe.example.net
    S: 502 no
    C: HELO probe.example.net
    S: 250-mx.example.org
    S: 250-PIPELINING
    S: 250 SMTPUTF8
  )";
  REQUIRE(play(dialogue, greeting) == tidy(greeting));

  dialogue.ask(about({"ada"}));

  CHECK(dialogue.take_output() == "MAIL FROM:<>\r\n");
  CHECK_FALSE(dialogue.offers_smtputf8());
}

TEST_CASE("a greeting that refuses turns us away, and is answered by QUIT", "[smtp][dialogue]") {
  const auto greeting = GENERATE(values<std::string>({
      "450 4.3.2 Service currently unavailable",
      "451 try again later",
      "521 5.7.1 blocked",
      "554 5.7.1 no SMTP service here",
  }));
  Dialogue dialogue = new_dialogue();
  REQUIRE(play(dialogue, "S: " + greeting) == "S: " + greeting + "\n");

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::turned_away);
  CHECK(dialogue.report().failure->stage == Stage::banner);
  CHECK(dialogue.report().failure->reply->code == std::stoi(greeting));
  CHECK_FALSE(dialogue.can_ask());
  CHECK_FALSE(dialogue.awaiting());

  dialogue.quit();
  CHECK(dialogue.take_output() == "QUIT\r\n");
  dialogue.on_reply({.code = 221, .enhanced = {}, .text = "bye"});
  CHECK_FALSE(dialogue.awaiting());
  CHECK_FALSE(dialogue.can_ask());
}

TEST_CASE("a server that takes neither EHLO nor HELO turns us away", "[smtp][dialogue]") {
  struct Example {
    std::string script;
    int code;
  };
  const auto example = GENERATE(values<Example>({
      {"S: 220 a\nC: EHLO probe.example.net\nS: 450 later\n", 450},
      {"S: 220 a\nC: EHLO probe.example.net\nS: 550 no\nC: HELO probe.example.net\nS: 550 no\n",
       550},
      {"S: 220 a\nC: EHLO probe.example.net\nS: 500 no\nC: HELO probe.example.net\nS: 450 no\n",
       450},
  }));
  Dialogue dialogue = new_dialogue();

  REQUIRE(play(dialogue, example.script) == example.script);

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::turned_away);
  CHECK(dialogue.report().failure->stage == Stage::ehlo);
  CHECK(dialogue.report().failure->reply->code == example.code);
}

TEST_CASE("a reply code of 421 ends the session wherever it comes, without QUIT",
          "[smtp][dialogue]") {
  struct Example {
    std::string script;
    Stage stage;
    std::string outcomes;
  };
  const std::string ehlo = "S: 220 a\nC: EHLO probe.example.net\n";
  const std::string mail = ehlo + "S: 250 a\nC: MAIL FROM:<>\n";
  const std::string rcpt = mail + "S: 250 a\nC: RCPT TO:<ada@example.org>\n";
  const std::string second = rcpt + "S: 250 a\nC: RCPT TO:<bob@example.org>\n";
  const auto example = GENERATE_COPY(values<Example>({
      {"S: 421 busy\n", Stage::banner, ""},
      {ehlo + "S: 421 busy\n", Stage::ehlo, ""},
      {ehlo + "S: 500 no\nC: HELO probe.example.net\nS: 421 busy\n", Stage::ehlo, ""},
      {mail + "S: 421 busy\n", Stage::mail, "- -"},
      {rcpt + "S: 421 busy\n", Stage::rcpt, "- -"},
      {second + "S: 421 busy\n", Stage::rcpt, "250 -"},
  }));
  CAPTURE(example.script);
  Dialogue dialogue = new_dialogue();
  const std::size_t ready = example.script.find("C: MAIL");
  std::string said = play(dialogue, example.script.substr(0, ready));
  if (dialogue.can_ask()) {
    dialogue.ask(about({"ada", "bob"}));
    said += play(dialogue, example.script.substr(ready));
  }
  dialogue.quit();

  REQUIRE(said + dialogue.take_output() == example.script);
  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::turned_away);
  CHECK(dialogue.report().failure->stage == example.stage);
  CHECK(outcomes(dialogue) == example.outcomes);
  CHECK_FALSE(dialogue.awaiting());
}

// Replies that answer something else

TEST_CASE("a reply that does not belong to the question makes the session worthless",
          "[smtp][dialogue]") {
  const auto code = GENERATE(
      values<std::string>({"200", "211", "214", "221", "235", "299", "334", "354", "399"}));
  const std::string ehlo = "S: 220 a\nC: EHLO probe.example.net\n";
  const std::string helo = ehlo + "S: 500 no\nC: HELO probe.example.net\n";
  const std::string mail = ehlo + "S: 250 a\nC: MAIL FROM:<>\n";
  const std::string rcpt = mail + "S: 250 a\nC: RCPT TO:<ada@example.org>\n";
  struct Example {
    std::string script;
    Stage stage;
  };
  const auto example = GENERATE_COPY(values<Example>({
      {"", Stage::banner},
      {ehlo, Stage::ehlo},
      {helo, Stage::ehlo},
      {mail, Stage::mail},
      {rcpt, Stage::rcpt},
  }));
  const std::string script = example.script + "S: " + code + " odd\n";
  CAPTURE(script);
  Dialogue dialogue = new_dialogue();
  const std::size_t ready = script.find("C: MAIL");
  std::string said = play(dialogue, script.substr(0, ready));
  if (dialogue.can_ask()) {
    dialogue.ask(about({"ada"}));
    said += play(dialogue, script.substr(ready));
  }

  REQUIRE(said == script);
  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::garbage);
  CHECK(dialogue.report().failure->stage == example.stage);
  CHECK_FALSE(dialogue.can_ask());
  CHECK_FALSE(dialogue.awaiting());
  dialogue.quit();
  CHECK(dialogue.take_output().empty());
}

TEST_CASE("220 answers nothing but the connection, 250 all but that", "[smtp][dialogue]") {
  Dialogue early = new_dialogue();
  play(early, "S: 250 hello\n");
  REQUIRE(early.report().failure);
  CHECK(early.report().failure->kind == Kind::garbage);

  Dialogue late = new_dialogue();
  play(late, "S: 220 hello\nS: 220 hello again\n");
  REQUIRE(late.report().failure);
  CHECK(late.report().failure->kind == Kind::garbage);
  CHECK(late.report().failure->stage == Stage::ehlo);
}

TEST_CASE("only 250, 251 and 252 take a recipient", "[smtp][dialogue]") {
  for (int code = 200; code < 400; ++code) {
    CAPTURE(code);
    Dialogue dialogue = greeted(plain_greeting);
    dialogue.ask(about({"ada"}));
    play(dialogue, "S: 250 Ok\nS: " + std::to_string(code) + " odd\n");

    const bool taken = code == 250 || code == 251 || code == 252;
    REQUIRE(outcomes(dialogue) == (taken ? std::to_string(code) : "-"));
    REQUIRE(dialogue.report().failure.has_value() == !taken);
  }
}

TEST_CASE("a foreign reply to RSET makes the session worthless", "[smtp][dialogue]") {
  const auto code = GENERATE(values<std::string>({"220", "221", "354"}));
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  dialogue.ask(about({"ada"}, "example.net"));
  play(dialogue, "S: " + code + " odd\n");

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::garbage);
  CHECK(outcomes(dialogue) == "-");
}

// One command at a time

TEST_CASE("each recipient gets the server's own answer", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  const auto script = R"(
    C: MAIL FROM:<>
    S: 250 2.1.0 Ok
    C: RCPT TO:<ada@example.org>
    S: 250 2.1.5 Ok
    C: RCPT TO:<bob@example.org>
    S: 550 5.1.1 User unknown
    C: RCPT TO:<eve@example.org>
    S: 450-4.2.0 Greylisted,
    S: 450 4.2.0 come back
    C: RCPT TO:<joe@example.org>
    S: 251 forwarding
    C: QUIT
    S: 221 bye
  )";
  const std::string text = tidy(script);
  const std::size_t goodbye = text.find("C: QUIT");

  dialogue.ask(about({"ada", "bob", "eve", "joe"}));
  REQUIRE(play(dialogue, text.substr(0, goodbye)) == text.substr(0, goodbye));
  CHECK(dialogue.can_ask());
  dialogue.quit();
  REQUIRE(play(dialogue, text.substr(goodbye)) == text.substr(goodbye));

  CHECK(outcomes(dialogue) == "250 550 450 251");
  CHECK(dialogue.report().outcomes[1]->reply.enhanced == EnhancedStatus{5, 1, 1});
  CHECK(dialogue.report().outcomes[2]->reply.text == "Greylisted,\ncome back");
  CHECK(dialogue.report().sent == 4);
  CHECK_FALSE(dialogue.report().failure);
  CHECK_FALSE(dialogue.can_ask());
}

TEST_CASE("a server that did not offer PIPELINING gets one command at a time", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada", "bob"}));

  CHECK(dialogue.take_output() == "MAIL FROM:<>\r\n");
  CHECK(dialogue.outstanding() == 1);
  dialogue.on_reply({.code = 250, .enhanced = {}, .text = "Ok"});
  CHECK(dialogue.take_output() == "RCPT TO:<ada@example.org>\r\n");
  CHECK(dialogue.report().sent == 1);
}

TEST_CASE("MAIL refused is every recipient's answer", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  const auto script = R"(
    C: MAIL FROM:<>
    S: 550 5.7.1 no bounces here
  )";
  dialogue.ask(about({"ada", "bob"}));
  REQUIRE(play(dialogue, script) == tidy(script));

  CHECK(outcomes(dialogue) == "mail 550 mail 550");
  CHECK(dialogue.report().sent == 0);
  CHECK_FALSE(dialogue.report().failure);
  CHECK(dialogue.can_ask());
}

TEST_CASE("after MAIL was refused another needs no RSET", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 550 no\n");
  const auto script = R"(
    C: MAIL FROM:<postmaster@probe.example.net>
    S: 250 Ok
    C: RCPT TO:<ada@example.org>
    S: 250 Ok
  )";

  Question again = about({"ada"});
  again.reverse_path = "postmaster@probe.example.net";
  dialogue.ask(again);

  CHECK(play(dialogue, script) == tidy(script));
  CHECK(outcomes(dialogue) == "250");
}

// Pipelining

TEST_CASE("where PIPELINING is offered, MAIL and the RCPTs leave in one write",
          "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  const auto script = R"(
    C: MAIL FROM:<>
    C: RCPT TO:<ada@example.org>
    C: RCPT TO:<bob@example.org>
    S: 250 2.1.0 Ok
    S: 250 2.1.5 Ok
    S: 550 5.1.1 User unknown
  )";

  dialogue.ask(about({"ada", "bob"}));
  CHECK(dialogue.outstanding() == 3);
  REQUIRE(play(dialogue, script) == tidy(script));

  CHECK(outcomes(dialogue) == "250 550");
  CHECK(dialogue.report().sent == 2);
  CHECK(dialogue.can_ask());
}

TEST_CASE("an offer is a keyword of its own, in any case, whatever follows it",
          "[smtp][dialogue]") {
  struct Example {
    std::string line;
    bool offered;
  };
  const auto example = GENERATE(values<Example>({
      {"PIPELINING", true},
      {"pipelining", true},
      {"Pipelining", true},
      {"PIPELINING odd parameters", true},
      {"PIPELINING=1", true},
      {"PIPELINING\t1", true},
      {"XPIPELINING", false},
      {"PIPELININGX", false},
      {"X PIPELINING", false},
      {"PIPELININ", false},
      {"AUTH PLAIN", false},
  }));
  CAPTURE(example.line);
  Dialogue dialogue = new_dialogue();
  play(dialogue, "S: 220 a\nS: 250-a\nS: 250-SIZE 1\nS: 250 " + example.line + "\n");

  dialogue.ask(about({"ada"}));

  CHECK((dialogue.outstanding() == 2) == example.offered);
}

TEST_CASE("the first line of the reply to EHLO is the server's name and no offer",
          "[smtp][dialogue]") {
  Dialogue dialogue = new_dialogue();
  play(dialogue, "S: 220 a\nS: 250-PIPELINING\nS: 250 SIZE\n");

  dialogue.ask(about({"ada"}));

  CHECK(dialogue.outstanding() == 1);
}

TEST_CASE("pipelining can be declined", "[smtp][dialogue]") {
  Dialogue dialogue = new_dialogue(20, false);
  play(dialogue, pipelining_greeting);

  dialogue.ask(about({"ada"}));

  CHECK(dialogue.take_output() == "MAIL FROM:<>\r\n");
}

TEST_CASE("echoes of a refused MAIL are no answers", "[smtp][dialogue]") {
  const auto echo = GENERATE(values<std::string>(
      {"503 5.5.1 need MAIL", "250 Ok", "550 5.1.1 User unknown", "354 go ahead"}));
  Dialogue dialogue = greeted(pipelining_greeting);
  const std::string script =
      "C: MAIL FROM:<>\n"
      "C: RCPT TO:<ada@example.org>\n"
      "C: RCPT TO:<bob@example.org>\n"
      "S: 451 4.7.1 later\nS: " +
      echo + "\nS: " + echo + "\n";

  dialogue.ask(about({"ada", "bob"}));
  REQUIRE(play(dialogue, script) == script);

  CHECK(outcomes(dialogue) == "mail 451 mail 451");
  CHECK_FALSE(dialogue.report().failure);
  CHECK(dialogue.can_ask());
}

TEST_CASE("421 among echoes still ends the session", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, "S: 550 no\nS: 421 enough\n");

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::turned_away);
  CHECK(outcomes(dialogue) == "mail 550 mail 550");
  CHECK_FALSE(dialogue.awaiting());
}

TEST_CASE("no more commands are under way than refusals are left", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  const std::string script = "C: MAIL FROM:<>\n" + client_lines(1, 9) + times(8, "S: 250 Ok") +
                             times(2, "S: 550 no") + client_lines(10, 12) + times(3, "S: 250 Ok");

  dialogue.ask(about_many(12));

  CHECK(play(dialogue, script) == script);
  CHECK(outcomes(dialogue) == "250 250 250 250 250 250 250 550 550 250 250 250");
}

TEST_CASE("nine refusals end a session, and what was not asked has no outcome",
          "[smtp][dialogue]") {
  const bool pipelining = GENERATE(true, false);
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting);
  dialogue.ask(about_many(12));
  play(dialogue, "S: 250 Ok\n" + times(8, "S: 550 no"));
  CHECK(dialogue.awaiting());
  play(dialogue, "S: 450 later\n");

  CHECK_FALSE(dialogue.awaiting());
  CHECK_FALSE(dialogue.can_ask());
  CHECK(dialogue.room() == 0);
  CHECK(dialogue.open());
  CHECK(dialogue.report().sent == 9);
  CHECK(outcomes(dialogue) == "550 550 550 550 550 550 550 550 450 - - -");
}

TEST_CASE("a refused MAIL and its echoes are refusals too", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  CHECK(dialogue.room() == 9);

  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, "S: 550 no\nS: 503 no\nS: 503 no\n");

  CHECK(dialogue.room() == 6);
}

TEST_CASE("a session asks for its share of recipients and no more", "[smtp][dialogue]") {
  const bool pipelining = GENERATE(true, false);
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting, 3);
  CHECK(dialogue.room() == 3);
  dialogue.ask(about_many(5));
  play(dialogue, times(4, "S: 250 Ok"));

  CHECK(outcomes(dialogue) == "250 250 250 - -");
  CHECK_FALSE(dialogue.awaiting());
  CHECK_FALSE(dialogue.can_ask());
  CHECK(dialogue.report().sent == 3);
}

TEST_CASE("the share of recipients is the session's, not the question's", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting, 3);
  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, times(3, "S: 250 Ok"));
  CHECK(dialogue.room() == 1);
  dialogue.ask(about({"eve", "joe"}, "example.net"));
  play(dialogue, times(3, "S: 250 Ok"));

  CHECK(outcomes(dialogue) == "250 -");
  CHECK_FALSE(dialogue.can_ask());
}

TEST_CASE("a failure says whether several commands were under way", "[smtp][dialogue]") {
  const auto reply = GENERATE(values<std::string>({"S: 354 odd\n", "S: 421 enough\n"}));
  Dialogue two = greeted(pipelining_greeting);
  two.ask(about({"ada"}));
  play(two, reply);
  REQUIRE(two.report().failure);
  CHECK(two.report().failure->pipelined);

  Dialogue last = greeted(pipelining_greeting);
  last.ask(about({"ada"}));
  play(last, "S: 250 Ok\n" + reply);
  REQUIRE(last.report().failure);
  CHECK_FALSE(last.report().failure->pipelined);

  Dialogue one = greeted(plain_greeting);
  one.ask(about({"ada", "bob"}));
  play(one, reply);
  REQUIRE(one.report().failure);
  CHECK_FALSE(one.report().failure->pipelined);
}

TEST_CASE("commands that have not left are not under way", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada", "bob"}));
  dialogue.on_failure({.kind = Kind::hung_up, .stage = Stage::mail, .reply = {}, .what = "gone"});

  CHECK_FALSE(dialogue.report().failure->pipelined);
  CHECK(dialogue.report().sent == 0);
  CHECK(dialogue.take_output().empty());
}

TEST_CASE("a connection that breaks leaves the outcomes that are there", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada", "bob", "eve"}));
  play(dialogue, "S: 250 Ok\nS: 550 no\n");
  dialogue.on_failure({.kind = Kind::hung_up, .stage = Stage::rcpt, .reply = {}, .what = "gone"});

  CHECK(outcomes(dialogue) == "550 - -");
  CHECK(dialogue.report().failure->pipelined);
  CHECK(dialogue.report().sent == 3);
  CHECK_FALSE(dialogue.awaiting());
  CHECK_FALSE(dialogue.open());
  dialogue.quit();
  CHECK(dialogue.take_output().empty());
}

TEST_CASE("a reply too many takes back what the question has brought", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  CHECK(outcomes(dialogue) == "250 -");

  dialogue.on_surplus("one too many");

  CHECK(outcomes(dialogue) == "- -");
  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::garbage);
  CHECK(dialogue.report().failure->stage == Stage::rcpt);
  CHECK(dialogue.report().failure->what == "one too many");
  CHECK_FALSE(dialogue.awaiting());
}

// Transactions

TEST_CASE("further recipients of a domain go on in the same transaction", "[smtp][dialogue]") {
  const bool pipelining = GENERATE(true, false);
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 550 no\n");
  const auto script = R"(
    C: RCPT TO:<bob@example.org>
    S: 250 Ok
  )";

  dialogue.ask(about({"bob"}));

  CHECK(play(dialogue, script) == tidy(script));
  CHECK(outcomes(dialogue) == "250");
}

TEST_CASE("another domain gets a transaction of its own", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  const auto script = R"(
    C: RSET
    S: 250 Ok
    C: MAIL FROM:<>
    S: 250 Ok
    C: RCPT TO:<ada@example.net>
    S: 250 Ok
  )";

  dialogue.ask(about({"ada"}, "example.net"));

  CHECK(play(dialogue, script) == tidy(script));
}

TEST_CASE("where it is offered, RSET is pipelined as well", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  const auto script = R"(
    C: RSET
    C: MAIL FROM:<>
    C: RCPT TO:<ada@example.net>
    S: 250 Ok
    S: 250 Ok
    S: 550 no
  )";

  dialogue.ask(about({"ada"}, "example.net"));

  CHECK(play(dialogue, script) == tidy(script));
  CHECK(outcomes(dialogue) == "550");
}

TEST_CASE("another reverse-path or SMTPUTF8 begins another transaction", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 550 no\n");

  Question other_path = about({"ada"});
  other_path.reverse_path = "postmaster@probe.example.net";
  dialogue.ask(other_path);
  const auto path_script = R"(
    C: RSET
    S: 250 Ok
    C: MAIL FROM:<postmaster@probe.example.net>
    S: 250 Ok
    C: RCPT TO:<ada@example.org>
    S: 250 Ok
  )";
  CHECK(play(dialogue, path_script) == tidy(path_script));

  Question utf8 = other_path;
  utf8.smtputf8 = true;
  dialogue.ask(utf8);
  const auto utf8_script = R"(
    C: RSET
    S: 250 Ok
    C: MAIL FROM:<postmaster@probe.example.net> SMTPUTF8
    S: 250 Ok
    C: RCPT TO:<ada@example.org>
    S: 250 Ok
  )";
  CHECK(play(dialogue, utf8_script) == tidy(utf8_script));
}

TEST_CASE("SMTPUTF8 is offered by the reply to EHLO", "[smtp][dialogue]") {
  Dialogue dialogue = new_dialogue();
  play(dialogue, "S: 220 a\nS: 250-a\nS: 250-SmtpUtf8\nS: 250 SIZE\n");
  CHECK(dialogue.offers_smtputf8());

  Question question = about({"j\xC3\xB6rg"});
  question.smtputf8 = true;
  dialogue.ask(question);
  const auto script =
      "C: MAIL FROM:<> SMTPUTF8\nS: 250 Ok\n"
      "C: RCPT TO:<j\xC3\xB6rg@example.org>\nS: 250 Ok\n";
  CHECK(play(dialogue, script) == script);

  Dialogue without = greeted(plain_greeting);
  CHECK_FALSE(without.offers_smtputf8());
}

TEST_CASE("a session takes five RSETs and then no more questions", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting, 100);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  for (int i = 0; i < 5; ++i) {
    REQUIRE(dialogue.can_ask());
    dialogue.ask(about({"ada"}, "d" + std::to_string(i) + ".example.org"));
    play(dialogue, "S: 250 Ok\nS: 250 Ok\nS: 250 Ok\n");
    REQUIRE(outcomes(dialogue) == "250");
  }

  CHECK_FALSE(dialogue.can_ask());
  CHECK(dialogue.open());
}

TEST_CASE("a refused RSET turns us away", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  dialogue.ask(about({"ada"}, "example.net"));
  play(dialogue, "S: 554 too many nonmail commands\n");

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::turned_away);
  CHECK(dialogue.report().failure->stage == Stage::mail);
  CHECK(outcomes(dialogue) == "-");
}

// Too many recipients

TEST_CASE("a full transaction is no word on a recipient", "[smtp][dialogue]") {
  const auto full = GENERATE(values<std::string>({
      "452 4.5.3 Error: too many recipients",
      "452 Too many recipients",
      "451 4.5.3 no more of them",
      "452-4.5.3 too\n  S: 452 4.5.3 many",
      "452 TOO MANY RECIPIENTS received",
  }));
  const bool pipelining = GENERATE(true, false);
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting);
  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, "S: 250 Ok\nS: 550 no\nS: " + full + "\n");

  CHECK(outcomes(dialogue) == "550 -");
  CHECK_FALSE(dialogue.report().failure);
  REQUIRE(dialogue.can_ask());

  dialogue.ask(about({"bob"}));
  CHECK(dialogue.take_output().starts_with("RSET\r\n"));
  play(dialogue, times(3, "S: 250 Ok"));
  CHECK(outcomes(dialogue) == "250");
}

TEST_CASE("a transaction that took nobody was not full", "[smtp][dialogue]") {
  const bool pipelining = GENERATE(true, false);
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting);
  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, "S: 250 Ok\nS: 452 4.5.3 too many recipients\nS: 452 4.5.3 too many recipients\n");

  CHECK(outcomes(dialogue) == "452 452");
  CHECK_FALSE(dialogue.report().failure);
}

TEST_CASE("in a full transaction nobody else is asked", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada", "bob", "eve"}));
  const auto script = R"(
    C: MAIL FROM:<>
    S: 250 Ok
    C: RCPT TO:<ada@example.org>
    S: 250 Ok
    C: RCPT TO:<bob@example.org>
    S: 452 4.5.3 too many recipients
  )";

  CHECK(play(dialogue, script) == tidy(script));
  CHECK(outcomes(dialogue) == "250 - -");
  CHECK(dialogue.report().sent == 2);
  CHECK_FALSE(dialogue.awaiting());
}

TEST_CASE("room in a full transaction for one more is his own answer", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(pipelining_greeting);
  dialogue.ask(about({"ada", "bob", "eve"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\nS: 452 4.5.3 too many recipients\nS: 550 no such user\n");

  CHECK(outcomes(dialogue) == "250 - 550");
}

TEST_CASE("the words \"too many recipients\" count only with 451 and 452", "[smtp][dialogue]") {
  const auto reply = GENERATE(values<std::string>({
      "450 4.7.1 too many recipients",
      "550 5.5.3 too many recipients",
      "452 4.2.2 mailbox full",
      "452 4.3.1 no space",
  }));
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada", "bob"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\nS: " + reply + "\n");

  CHECK(outcomes(dialogue) == "250 " + reply.substr(0, 3));
}

TEST_CASE("a question that goes on in a full transaction begins another", "[smtp][dialogue]") {
  Dialogue dialogue = greeted(plain_greeting);
  dialogue.ask(about({"ada"}));
  play(dialogue, "S: 250 Ok\nS: 250 Ok\n");
  dialogue.ask(about({"bob"}));
  play(dialogue, "S: 452 too many recipients\n");
  CHECK(outcomes(dialogue) == "-");

  dialogue.ask(about({"bob"}));
  const auto script = R"(
    C: RSET
    S: 250 Ok
    C: MAIL FROM:<>
    S: 250 Ok
    C: RCPT TO:<bob@example.org>
    S: 452 too many recipients
  )";
  CHECK(play(dialogue, script) == tidy(script));
  CHECK(outcomes(dialogue) == "452");
}

// What can't be written

TEST_CASE("an address that can't be written is not sent, nor what follows it", "[smtp][dialogue]") {
  const bool pipelining = GENERATE(true, false);
  const auto local_part = GENERATE(
      values<std::string>({"a\r\nDATA", "a\nb", std::string("a\0b", 3), std::string(600, 'x')}));
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting);
  dialogue.ask(about({local_part, "bob"}));
  std::string sent = dialogue.take_output();
  if (dialogue.awaiting()) {
    dialogue.on_reply({.code = 250, .enhanced = {}, .text = "Ok"});
    sent += dialogue.take_output();
  }

  CHECK(sent.find("RCPT") == std::string::npos);
  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::garbage);
  CHECK(outcomes(dialogue) == "- -");
  CHECK_FALSE(dialogue.awaiting());
}

TEST_CASE("a reverse-path that can't be written sends nothing at all", "[smtp][dialogue]") {
  const bool pipelining = GENERATE(true, false);
  Dialogue dialogue = greeted(pipelining ? pipelining_greeting : plain_greeting);
  Question question = about({"ada", "bob"});
  question.reverse_path = "a\r\nb@example.net";
  dialogue.ask(question);

  CHECK(dialogue.take_output().empty());
  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().sent == 0);
  CHECK_FALSE(dialogue.awaiting());
}

TEST_CASE("a HELO name that can't be written sends nothing at all", "[smtp][dialogue]") {
  Dialogue dialogue({.helo_name = "a\r\nb"});
  CHECK(play(dialogue, "S: 220 hello\n") == "S: 220 hello\n");

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == Kind::garbage);
  CHECK_FALSE(dialogue.awaiting());
}

TEST_CASE("no reply, in whatever order, makes a dialogue send DATA", "[smtp][dialogue]") {
  const int codes[] = {220, 221, 250, 251, 252, 354, 421, 450, 451, 452, 500, 503, 550, 554};
  std::uint32_t random = 1;
  const auto draw = [&](std::size_t below) {
    random = random * 1664525U + 1013904223U;
    return (random >> 8) % below;
  };
  for (int round = 0; round < 1000; ++round) {
    Dialogue dialogue = new_dialogue(1 + static_cast<int>(draw(12)));
    if (draw(4) != 0) play(dialogue, draw(2) == 0 ? plain_greeting : pipelining_greeting);
    for (int step = 0; step < 40; ++step) {
      if (dialogue.awaiting()) {
        const bool good = draw(3) != 0;
        dialogue.on_reply({.code = good ? 250 : codes[draw(std::size(codes))],
                           .enhanced = {},
                           .text = draw(3) == 0 ? "too many recipients" : "a\nPIPELINING"});
      } else if (dialogue.can_ask()) {
        Question question = about_many(1 + draw(12));
        question.domain += draw(3) == 0 ? "x" : "";
        dialogue.ask(question);
      }
      const std::string output = dialogue.take_output();
      REQUIRE(output.find("DATA") == std::string::npos);
      REQUIRE((output.empty() || dialogue.awaiting()));
      REQUIRE((!dialogue.report().failure || !dialogue.awaiting()));
      const auto& report = dialogue.report();
      const auto answered = std::ranges::count_if(
          report.outcomes, [](const auto& o) { return o && o->stage == Stage::rcpt; });
      REQUIRE(static_cast<std::size_t>(answered) <= report.sent);
    }
  }
}

// TLS

const std::string tls_greeting = R"(
  S: 220 mx.example.org ready
  C: EHLO probe.example.net
  S: 250-mx.example.org
  S: 250-PIPELINING
  S: 250-SMTPUTF8
  S: 250 starttls
)";

Dialogue new_dialogue(StartTls starttls) {
  return Dialogue({.helo_name = "probe.example.net", .starttls = starttls});
}

/// A dialogue that is to shake hands.
Dialogue before_handshake(StartTls starttls) {
  Dialogue dialogue = new_dialogue(starttls);
  play(dialogue, tls_greeting + "S: 220 go ahead\n");
  REQUIRE(dialogue.wants_tls());
  return dialogue;
}

SessionFailure at_starttls(Kind kind) {
  return {.kind = kind, .stage = Stage::starttls, .reply = std::nullopt, .what = "so"};
}

TEST_CASE("a session is secured before it is used, and everything begins anew",
          "[smtp][dialogue][tls]") {
  const auto starttls = GENERATE(StartTls::automatic, StartTls::require);
  Dialogue dialogue = new_dialogue(starttls);
  const auto script = tls_greeting + R"(
    C: STARTTLS
    S: 220 2.0.0 go ahead
    C & S: <negotiate a TLS session>
    C: EHLO probe.example.net
    S: 250-mx.example.org
    S: 250-STARTTLS
    S: 250 8BITMIME
  )";

  CHECK(play(dialogue, script) == tidy(script));

  CHECK(dialogue.can_ask());
  CHECK_FALSE(dialogue.pipelines());
  CHECK_FALSE(dialogue.offers_smtputf8());
}

TEST_CASE("a server that knows EHLO no more behind TLS is told HELO", "[smtp][dialogue][tls]") {
  Dialogue dialogue = before_handshake(StartTls::require);
  const auto script = R"(
    C & S: <negotiate a TLS session>
    C: EHLO probe.example.net
    S: 502 what?
    C: HELO probe.example.net
    S: 250 mx.example.org
  )";

  CHECK(play(dialogue, script) == tidy(script));
  CHECK(dialogue.can_ask());
}

TEST_CASE("STARTTLS is not said where it is not offered, or not wanted", "[smtp][dialogue][tls]") {
  const auto starttls = GENERATE(StartTls::automatic, StartTls::never);
  const std::string greeting = starttls == StartTls::never ? tls_greeting : plain_greeting;
  Dialogue dialogue = new_dialogue(starttls);

  CHECK(play(dialogue, greeting) == tidy(greeting));

  CHECK(dialogue.can_ask());
  CHECK(dialogue.pipelines() == (starttls == StartTls::never));
}

TEST_CASE("a server that refuses STARTTLS is asked in the clear", "[smtp][dialogue][tls]") {
  const auto refusal = GENERATE(values<std::string>({"454 4.7.0 not now", "502 no", "554 never"}));
  Dialogue dialogue = new_dialogue(StartTls::automatic);
  play(dialogue, tls_greeting + "S: " + refusal + "\n");

  CHECK(dialogue.can_ask());
  CHECK(dialogue.pipelines());
  CHECK(dialogue.offers_smtputf8());
}

TEST_CASE("where TLS is required, a server without it is told goodbye", "[smtp][dialogue][tls]") {
  struct Example {
    std::string greeting;
    Stage stage;
    std::optional<int> code;
  };
  const auto example = GENERATE(values<Example>({
      {plain_greeting, Stage::ehlo, std::nullopt},
      {"S: 220 mx\nS: 502 what?\nS: 250 mx\n", Stage::ehlo, std::nullopt},
      {tls_greeting + "S: 454 4.7.0 not now\n", Stage::starttls, 454},
      {tls_greeting + "S: 554 never\n", Stage::starttls, 554},
  }));
  Dialogue dialogue = new_dialogue(StartTls::require);
  play(dialogue, example.greeting);

  CHECK_FALSE(dialogue.can_ask());
  CHECK_FALSE(dialogue.awaiting());
  const auto& failure = dialogue.report().failure;
  REQUIRE(failure);
  CHECK(failure->kind == Kind::no_tls);
  CHECK(failure->stage == example.stage);
  CHECK(failure->reply.has_value() == example.code.has_value());
  if (example.code) CHECK(failure->reply->code == *example.code);
  CHECK_FALSE(failure->clear_may_do);
  dialogue.quit();
  CHECK(dialogue.take_output() == "QUIT\r\n");
}

TEST_CASE("421 at STARTTLS ends the session, and any other odd answer too",
          "[smtp][dialogue][tls]") {
  struct Example {
    std::string reply;
    Kind kind;
  };
  const auto example = GENERATE(values<Example>({
      {"421 4.3.2 going down", Kind::turned_away},
      {"250 2.0.0 Ok", Kind::garbage},
      {"334 and now?", Kind::garbage},
  }));
  Dialogue dialogue = new_dialogue(StartTls::automatic);
  play(dialogue, tls_greeting + "S: " + example.reply + "\n");

  REQUIRE(dialogue.report().failure);
  CHECK(dialogue.report().failure->kind == example.kind);
  CHECK(dialogue.report().failure->stage == Stage::starttls);
  CHECK_FALSE(dialogue.report().failure->clear_may_do);
}

TEST_CASE("a handshake that comes to nothing may be done without, unless TLS is required",
          "[smtp][dialogue][tls]") {
  struct Example {
    Kind kind;
    bool may_do;
  };
  const auto example = GENERATE(values<Example>({
      {Kind::no_tls, true},
      {Kind::hung_up, true},
      {Kind::timed_out, true},
      {Kind::shortage, false},
      {Kind::garbage, false},
  }));
  CAPTURE(static_cast<int>(example.kind));

  for (const StartTls starttls : {StartTls::automatic, StartTls::require}) {
    Dialogue dialogue = before_handshake(starttls);
    CHECK(dialogue.awaiting() == Stage::starttls);
    dialogue.on_failure(at_starttls(example.kind));

    const bool may_do = example.may_do && starttls == StartTls::automatic;
    CHECK(dialogue.report().failure->clear_may_do == may_do);
    CHECK_FALSE(dialogue.wants_tls());
    dialogue.quit();
    CHECK(dialogue.take_output().empty());
  }
}

TEST_CASE("a server that hangs up at the first command behind the handshake has failed at TLS",
          "[smtp][dialogue][tls]") {
  const bool ready = GENERATE(false, true);
  Dialogue dialogue = before_handshake(StartTls::automatic);
  play(dialogue, "C & S: <negotiate a TLS session>\n");
  if (ready) play(dialogue, "S: 250 mx.example.org\n");
  dialogue.on_failure(
      {.kind = Kind::hung_up, .stage = Stage::ehlo, .reply = std::nullopt, .what = "gone"});

  CHECK(dialogue.report().failure->clear_may_do == !ready);
}

TEST_CASE("octets that came before the handshake leave no doubt and no verdict",
          "[smtp][dialogue][tls]") {
  Dialogue dialogue = before_handshake(StartTls::automatic);
  dialogue.on_surplus("who said that?");

  CHECK(dialogue.report().failure->kind == Kind::garbage);
  CHECK(dialogue.report().failure->stage == Stage::starttls);
  CHECK_FALSE(dialogue.report().failure->clear_may_do);
  CHECK_FALSE(dialogue.can_ask());
}

}  // namespace
}  // namespace leadverify
