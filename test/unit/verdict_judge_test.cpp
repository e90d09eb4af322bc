#include "verdict/judge.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using Kind = SessionFailure::Kind;

const std::string mx1 = "mx1.example.org";
const std::string mx2 = "mx2.example.org";

const std::vector<Kind> failure_kinds = {Kind::not_permitted,
                                         Kind::refused,
                                         Kind::hung_up,
                                         Kind::timed_out,
                                         Kind::shortage,
                                         Kind::garbage,
                                         Kind::turned_away};

/// "550 5.1.1 User unknown"
Reply reply(std::string_view line) {
  ReplyReader reader;
  reader.feed(std::string(line) + "\r\n");
  return *reader.next();
}

Finding heard(std::string_view line, Stage stage = Stage::rcpt, const std::string& exchange = mx1) {
  return find(RecipientOutcome{stage, reply(line)}, exchange);
}

Finding lost(Kind kind, Stage stage = Stage::rcpt) {
  const SessionFailure failure{.kind = kind, .stage = stage, .reply = {}, .what = "it broke"};
  return find(failure, mx1);
}

Finding turned_away(std::string_view line, Stage stage = Stage::banner) {
  const SessionFailure failure{
      .kind = Kind::turned_away, .stage = stage, .reply = reply(line), .what = "turned away"};
  return find(failure, mx1);
}

/// What a test calls a recipient's answer; absent is one that was not asked.
std::optional<Finding> finding(std::string_view name) {
  if (name == "accepted") return heard("250 2.1.5 Ok");
  if (name == "unknown") return heard("550 5.1.1 User unknown");
  if (name == "policy") return heard("550 5.7.1 Refused by local policy");
  if (name == "deferred") return heard("450 4.2.0 Greylisted, come back later");
  if (name == "lost") return lost(Kind::hung_up);
  if (name == "accepted by mx2") return heard("250 2.1.5 Ok", Stage::rcpt, mx2);
  if (name == "unknown at mx2") return heard("550 5.1.1 User unknown", Stage::rcpt, mx2);
  return std::nullopt;
}

/// "accepted high no": reason, confidence, catch_all.
std::string brief(const Judgement& judgement) {
  std::string text(to_string(judgement.reason));
  text += ' ';
  text += judgement.confidence ? to_string(*judgement.confidence) : "-";
  if (!judgement.catch_all) return text + " -";
  return text + (*judgement.catch_all ? " yes" : " no");
}

TEST_CASE("an acceptance is worth what the random recipient's answer lets it be",
          "[verdict][judge]") {
  struct Example {
    std::string recipient;
    std::string random;
    std::string judgement;
  };
  const auto example = GENERATE(values<Example>({
      {"accepted", "accepted", "catch_all low yes"},
      {"accepted", "unknown", "accepted high no"},
      {"accepted", "policy", "accepted medium -"},
      {"accepted", "deferred", "accepted medium -"},
      {"accepted", "lost", "accepted medium -"},
      {"accepted", "absent", "accepted medium -"},
      {"accepted", "accepted by mx2", "catch_all low yes"},
      {"accepted", "unknown at mx2", "accepted medium -"},
      {"unknown", "accepted", "user_unknown high -"},
      {"unknown", "unknown", "user_unknown high -"},
      {"unknown", "policy", "user_unknown high -"},
      {"unknown", "deferred", "user_unknown high -"},
      {"unknown", "lost", "user_unknown high -"},
      {"unknown", "absent", "user_unknown high -"},
      {"unknown", "accepted by mx2", "user_unknown high -"},
      {"unknown", "unknown at mx2", "user_unknown high -"},
      {"policy", "accepted", "policy - -"},
      {"policy", "unknown", "policy - -"},
      {"policy", "policy", "policy - -"},
      {"policy", "deferred", "policy - -"},
      {"policy", "lost", "policy - -"},
      {"policy", "absent", "policy - -"},
      {"policy", "accepted by mx2", "policy - -"},
      {"policy", "unknown at mx2", "policy - -"},
      {"deferred", "accepted", "greylist_timeout - -"},
      {"deferred", "unknown", "greylist_timeout - -"},
      {"deferred", "policy", "greylist_timeout - -"},
      {"deferred", "deferred", "greylist_timeout - -"},
      {"deferred", "lost", "greylist_timeout - -"},
      {"deferred", "absent", "greylist_timeout - -"},
      {"deferred", "accepted by mx2", "greylist_timeout - -"},
      {"deferred", "unknown at mx2", "greylist_timeout - -"},
      {"lost", "accepted", "connect_failed - -"},
      {"lost", "unknown", "connect_failed - -"},
      {"lost", "policy", "connect_failed - -"},
      {"lost", "deferred", "connect_failed - -"},
      {"lost", "lost", "connect_failed - -"},
      {"lost", "absent", "connect_failed - -"},
      {"lost", "accepted by mx2", "connect_failed - -"},
      {"lost", "unknown at mx2", "connect_failed - -"},
  }));
  CAPTURE(example.recipient, example.random);

  CHECK(brief(judge(*finding(example.recipient), finding(example.random))) == example.judgement);
}

TEST_CASE("what a reply finds", "[verdict][judge]") {
  struct Example {
    std::string line;
    Finding::Kind kind;
    std::string judgement;
  };
  const auto example = GENERATE(values<Example>({
      {"250 Ok", Finding::Kind::accepted, "accepted medium -"},
      {"251 User not local; will forward", Finding::Kind::accepted, "accepted medium -"},
      {"252 Cannot VRFY", Finding::Kind::refused, "unspecified - -"},
      {"450 4.1.1 User unknown", Finding::Kind::deferred, "user_unknown medium -"},
      {"450 4.2.0 Greylisted", Finding::Kind::deferred, "greylist_timeout - -"},
      {"451 try again later", Finding::Kind::deferred, "try_again_later - -"},
      {"452 4.2.2 Mailbox full", Finding::Kind::refused, "mailbox_full - -"},
      {"552 5.2.2 Mailbox full", Finding::Kind::refused, "mailbox_full - -"},
      {"550 5.1.1 User unknown", Finding::Kind::refused, "user_unknown high -"},
      {"550 5.2.1 Mailbox disabled", Finding::Kind::refused, "mailbox_disabled high -"},
      {"530 5.7.0 Authentication required", Finding::Kind::refused, "auth_required - -"},
  }));
  CAPTURE(example.line);

  const Finding found = heard(example.line);

  CHECK(found.kind == example.kind);
  CHECK(found.exchange == mx1);
  CHECK(found.reply->code == std::stoi(example.line));
  CHECK(brief(judge(found, std::nullopt)) == example.judgement);
}

TEST_CASE("nobody is dead or alive by a reply that came before RCPT", "[verdict][judge]") {
  const auto stage = GENERATE(Stage::banner, Stage::ehlo, Stage::mail);
  const auto line = GENERATE(values<std::string>({
      "550 5.1.1 User unknown",
      "550 5.2.1 Mailbox disabled",
      "551 5.1.6 User has moved",
      "553 5.1.3 Bad recipient address syntax",
      "550 5.1.2 Domain not found",
      "550 No such user here",
      "450 4.1.1 User unknown",
      "554 5.7.1 Client host rejected",
      "500 What?",
  }));
  CAPTURE(to_string(stage), line);

  CHECK(status_of(judge(turned_away(line, stage), std::nullopt).reason) == Status::unknown);
  if (stage == Stage::mail) {
    CHECK(status_of(judge(heard(line, stage), std::nullopt).reason) == Status::unknown);
  }
}

TEST_CASE("a judgement rests on the stage even where a reading does not", "[verdict][judge]") {
  Finding finding = heard("550 5.1.1 User unknown");
  finding.stage = Stage::mail;

  CHECK(brief(judge(finding, std::nullopt)) == "unspecified - -");
  CHECK_FALSE(tells_catch_all(finding));
}

TEST_CASE("nobody is accepted by being turned away", "[verdict][judge]") {
  const auto stage = GENERATE(Stage::banner, Stage::ehlo, Stage::mail, Stage::rcpt);
  const auto code = GENERATE(values<std::string>({"200", "220", "221", "250", "251", "354"}));
  CAPTURE(to_string(stage), code);

  const Finding found = turned_away(code + " 2.1.5 Ok", stage);

  CHECK(found.kind != Finding::Kind::accepted);
  CHECK_FALSE(tells_catch_all(found));
  const Judgement judgement = judge(found, finding("unknown"));
  CHECK(status_of(judgement.reason) == Status::unknown);
  CHECK_FALSE(judgement.confidence);
}

TEST_CASE("421 at RCPT is never about the recipient", "[verdict][judge]") {
  const Finding found = turned_away("421 4.7.0 too many errors", Stage::rcpt);

  CHECK(found.kind == Finding::Kind::deferred);
  CHECK(found.stage == Stage::rcpt);
  CHECK(found.what == "turned away");
  CHECK(status_of(judge(found, std::nullopt).reason) == Status::unknown);
}

TEST_CASE("each way to lose a session has its reason", "[verdict][judge]") {
  struct Example {
    Kind kind;
    std::string judgement;
  };
  const auto example = GENERATE(values<Example>({
      {Kind::not_permitted, "unroutable - -"},
      {Kind::refused, "connect_failed - -"},
      {Kind::hung_up, "connect_failed - -"},
      {Kind::timed_out, "timeout - -"},
      {Kind::shortage, "internal_error - -"},
      {Kind::garbage, "protocol_error - -"},
  }));
  const auto stage = GENERATE(Stage::connect, Stage::banner, Stage::ehlo, Stage::mail, Stage::rcpt);

  const Finding found = lost(example.kind, stage);

  CHECK(found.kind == Finding::Kind::lost);
  CHECK(found.failure == example.kind);
  CHECK(found.stage == stage);
  CHECK(found.what == "it broke");
  CHECK_FALSE(found.reply);
  for (const std::string random : {"accepted", "unknown", "absent"}) {
    CHECK(brief(judge(found, finding(random))) == example.judgement);
  }
}

TEST_CASE("no failure of a session makes an address good or bad", "[verdict][judge]") {
  for (const Kind kind : failure_kinds) {
    const Finding found =
        kind == Kind::turned_away ? turned_away("550 5.1.1 User unknown") : lost(kind);
    CAPTURE(static_cast<int>(kind));

    CHECK(status_of(judge(found, finding("accepted")).reason) == Status::unknown);
  }
}

TEST_CASE("only an acceptance, or a refusal for good as unknown, tells a catch-all",
          "[verdict][judge]") {
  struct Example {
    std::string line;
    bool tells;
  };
  const auto example = GENERATE(values<Example>({
      {"250 Ok", true},
      {"251 will forward", true},
      {"252 maybe", false},
      {"550 5.1.1 User unknown", true},
      {"550 5.1.2 Domain not found", true},
      {"450 4.1.1 User unknown", false},
      {"450 4.2.0 Greylisted", false},
      {"550 5.7.1 Refused by local policy", false},
      {"552 5.2.2 Mailbox full", false},
      {"554 5.7.1 Relay access denied", false},
  }));
  CAPTURE(example.line);

  CHECK(tells_catch_all(heard(example.line)) == example.tells);
}

TEST_CASE("every reply code at every stage gives a status that it may give", "[verdict][judge]") {
  for (int code = 200; code < 600; ++code) {
    for (const std::string random : {"accepted", "unknown", "absent"}) {
      CAPTURE(code, random);
      const Finding at_rcpt = heard(std::to_string(code) + " words");
      const Status status = status_of(judge(at_rcpt, finding(random)).reason);
      const bool taken = status == Status::valid || status == Status::catch_all;
      REQUIRE(taken == (code == 250 || code == 251));
      if (code / 100 < 4) REQUIRE(status != Status::invalid);

      const Finding at_mail = turned_away(std::to_string(code) + " words", Stage::mail);
      REQUIRE(status_of(judge(at_mail, finding(random)).reason) == Status::unknown);
    }
  }
}

TEST_CASE("a domain whose mail has no way to go", "[verdict][judge]") {
  struct Example {
    MailRoute::Kind kind;
    std::string judgement;
  };
  const auto example = GENERATE(values<Example>({
      {MailRoute::Kind::null_mx, "null_mx high -"},
      {MailRoute::Kind::domain_unknown, "domain_not_found high -"},
      {MailRoute::Kind::no_exchange, "no_mail_server high -"},
      {MailRoute::Kind::unknown, "dns_error - -"},
  }));

  const MailRoute route{.kind = example.kind, .exchanges = {}, .error = {}};

  CHECK(brief(judge(route)) == example.judgement);
}

TEST_CASE("a domain is without a mail server only if nothing is left in doubt",
          "[verdict][judge]") {
  for (int bits = 0; bits < 8; ++bits) {
    const AddressSurvey survey{.some_failed = (bits & 1) != 0,
                               .some_not_public = (bits & 2) != 0,
                               .one_version_only = (bits & 4) != 0};
    const std::string expected = survey.some_failed ? "dns_error - -"
                                 : bits != 0        ? "unroutable - -"
                                                    : "no_mail_server high -";
    CAPTURE(bits);

    CHECK(brief(judge(survey)) == expected);
  }
}

TEST_CASE("a reason alone is sure unless it says that nothing is known", "[verdict][judge]") {
  CHECK(brief(judge(Reason::syntax)) == "syntax high -");
  CHECK(brief(judge(Reason::not_checked)) == "not_checked - -");
  CHECK(brief(judge(Reason::interrupted)) == "interrupted - -");
}

}  // namespace
}  // namespace leadverify
