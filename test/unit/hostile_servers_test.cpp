// What hostile and broken mail servers, and a hostile DNS, come to: which record, after how long,
// for how many octets. The servers are those of test/world/hostile.world, in virtual time.
#include "support/virtual_run.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace leadverify {
namespace {

using std::chrono::seconds;

/// What the record of ada@DOMAIN.test says. Only the ways of a server that say something of the
/// recipient in a reply of its own make anything but `unknown`.
struct Example {
  std::string domain;
  Reason reason;
  Stage stage;
  int seconds;  // after which the record is there
};

// Two waits of 45 s for those that ask to come back later.
constexpr int two_retries = 90;

const std::vector<Example> examples = {
    {"connect-refuse", Reason::connect_failed, Stage::connect, 0},
    {"connect-blackhole", Reason::timeout, Stage::connect, 10},

    {"banner-silent", Reason::timeout, Stage::banner, 30},
    {"banner-drip", Reason::timeout, Stage::banner, 30},
    {"banner-lines-drip", Reason::timeout, Stage::banner, 30},
    {"banner-lines-flood", Reason::protocol_error, Stage::banner, 0},
    {"banner-line-flood", Reason::protocol_error, Stage::banner, 0},
    {"banner-empty-flood", Reason::protocol_error, Stage::banner, 0},
    {"banner-nul-flood", Reason::protocol_error, Stage::banner, 0},
    {"banner-close", Reason::connect_failed, Stage::banner, 0},
    {"banner-half-close", Reason::connect_failed, Stage::banner, 0},
    {"banner-reset", Reason::connect_failed, Stage::banner, 0},
    {"banner-garbage", Reason::protocol_error, Stage::banner, 0},
    {"banner-421", Reason::try_again_later, Stage::banner, two_retries},
    {"banner-554", Reason::unspecified, Stage::banner, 0},
    {"banner-554-drip", Reason::unspecified, Stage::banner, 13},
    {"banner-000", Reason::protocol_error, Stage::banner, 0},
    {"banner-999", Reason::protocol_error, Stage::banner, 0},
    {"banner-199", Reason::protocol_error, Stage::banner, 0},
    {"banner-two-digits", Reason::protocol_error, Stage::banner, 0},
    {"banner-four-digits", Reason::protocol_error, Stage::banner, 0},
    {"banner-250", Reason::protocol_error, Stage::banner, 0},
    {"banner-354", Reason::protocol_error, Stage::banner, 0},
    {"banner-mixed", Reason::protocol_error, Stage::banner, 0},
    {"banner-and-more", Reason::protocol_error, Stage::banner, 0},
    {"banner-unterminated", Reason::timeout, Stage::banner, 30},
    {"banner-129-lines", Reason::protocol_error, Stage::banner, 0},
    {"banner-128-lines", Reason::accepted, Stage::rcpt, 0},
    {"banner-bare-lf", Reason::accepted, Stage::rcpt, 0},
    {"banner-bare-cr", Reason::timeout, Stage::banner, 30},
    {"banner-http", Reason::protocol_error, Stage::banner, 0},
    {"banner-ssh", Reason::protocol_error, Stage::banner, 0},
    {"banner-tls", Reason::connect_failed, Stage::banner, 0},
    {"banner-text", Reason::accepted, Stage::rcpt, 0},
    {"banner-long-line", Reason::protocol_error, Stage::banner, 0},

    {"ehlo-silent", Reason::timeout, Stage::ehlo, 30},
    {"ehlo-drip", Reason::timeout, Stage::ehlo, 30},
    {"ehlo-lines-flood", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-line-flood", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-close", Reason::connect_failed, Stage::ehlo, 0},
    {"ehlo-reset", Reason::connect_failed, Stage::ehlo, 0},
    {"ehlo-garbage", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-421", Reason::try_again_later, Stage::ehlo, two_retries},
    {"ehlo-354", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-mixed", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-twice", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-injected", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-unterminated", Reason::timeout, Stage::ehlo, 30},
    {"ehlo-both-refused", Reason::protocol_error, Stage::ehlo, 0},
    {"ehlo-helo-silent", Reason::timeout, Stage::ehlo, 30},
    {"ehlo-odd-offers", Reason::accepted, Stage::rcpt, 0},

    // In a group first, then one by one: where a pipeline broke, that may be its fault.
    {"mail-silent", Reason::timeout, Stage::mail, 60},
    {"mail-drip", Reason::timeout, Stage::mail, 60},
    {"mail-lines-flood", Reason::protocol_error, Stage::mail, 0},
    {"mail-line-flood", Reason::protocol_error, Stage::mail, 0},
    {"mail-close", Reason::connect_failed, Stage::mail, 0},
    {"mail-reset", Reason::connect_failed, Stage::mail, 0},
    {"mail-garbage", Reason::protocol_error, Stage::mail, 0},
    {"mail-421", Reason::try_again_later, Stage::mail, two_retries},
    {"mail-354", Reason::protocol_error, Stage::mail, 0},
    {"mail-999", Reason::protocol_error, Stage::mail, 0},
    {"mail-mixed", Reason::protocol_error, Stage::mail, 0},
    {"mail-twice", Reason::protocol_error, Stage::mail, 0},
    {"mail-twice-late", Reason::protocol_error, Stage::rcpt, 1},
    {"mail-twice-group", Reason::protocol_error, Stage::mail, 0},
    {"mail-for-all", Reason::protocol_error, Stage::mail, 0},
    {"mail-user-unknown", Reason::sender_rejected, Stage::mail, 0},

    {"rcpt-silent", Reason::timeout, Stage::rcpt, 60},
    {"rcpt-drip", Reason::timeout, Stage::rcpt, 60},
    {"rcpt-drip-550", Reason::timeout, Stage::rcpt, 60},
    {"rcpt-lines-drip", Reason::timeout, Stage::rcpt, 60},
    {"rcpt-lines-flood", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-line-flood", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-empty-flood", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-close", Reason::connect_failed, Stage::rcpt, 0},
    {"rcpt-half-close", Reason::connect_failed, Stage::rcpt, 0},
    {"rcpt-reset", Reason::connect_failed, Stage::rcpt, 0},
    {"rcpt-garbage", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-421", Reason::try_again_later, Stage::rcpt, two_retries},
    {"rcpt-421-unknown", Reason::try_again_later, Stage::rcpt, two_retries},
    {"rcpt-000", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-999", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-two-digits", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-four-digits", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-220", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-354", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-mixed", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-mixed-other", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-twice", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-yes-and-no", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-no-and-yes", Reason::protocol_error, Stage::rcpt, 0},
    {"rcpt-unterminated", Reason::timeout, Stage::rcpt, 60},
    {"rcpt-unterminated-close", Reason::connect_failed, Stage::rcpt, 0},
    {"rcpt-text", Reason::user_unknown, Stage::rcpt, 0},
    {"rcpt-long-text", Reason::user_unknown, Stage::rcpt, 0},
    {"rcpt-many-lines", Reason::user_unknown, Stage::rcpt, 0},
    {"rcpt-bare-lf", Reason::user_unknown, Stage::rcpt, 0},
    {"rcpt-bare-cr", Reason::timeout, Stage::rcpt, 60},
    {"rcpt-cr-within", Reason::protocol_error, Stage::rcpt, 0},
    // What it says of the random recipient is another matter: no more than medium confidence.
    {"rcpt-lost", Reason::accepted, Stage::rcpt, 60},
    {"rcpt-accepts-then-silent", Reason::accepted, Stage::rcpt, 60},
    {"rcpt-accepts-then-garbage", Reason::accepted, Stage::rcpt, 0},

    {"quit-silent", Reason::accepted, Stage::rcpt, 2},
    {"quit-drip", Reason::accepted, Stage::rcpt, 2},
    {"quit-flood", Reason::accepted, Stage::rcpt, 0},
    {"quit-550", Reason::accepted, Stage::rcpt, 0},
    {"quit-garbage", Reason::accepted, Stage::rcpt, 0},
    {"quit-reset", Reason::accepted, Stage::rcpt, 0},
    {"quit-and-more", Reason::accepted, Stage::rcpt, 0},

    // No server, however many there are, and however late each reply is, stretches it.
    {"late-everywhere", Reason::accepted, Stage::rcpt, 47},
    {"later-everywhere", Reason::accepted, Stage::rcpt, 72},
    {"late-greylist", Reason::greylist_timeout, Stage::rcpt, 75 + two_retries},
    {"many-slow", Reason::timeout, Stage::banner, 45},
    {"many-mail", Reason::timeout, Stage::mail, 60},
    {"many-addresses", Reason::timeout, Stage::rcpt, 60},
    {"hydra", Reason::timeout, Stage::rcpt, 60},
    {"many-late", Reason::connect_failed, Stage::rcpt, 75},

    {"dns-silent", Reason::dns_error, Stage::dns, 8},
    {"dns-slow", Reason::dns_error, Stage::dns, 75},
    {"dns-silent-exchanges", Reason::dns_error, Stage::dns, 75},
    {"dns-slow-and-mail", Reason::accepted, Stage::rcpt, 75},
    {"dns-servfail", Reason::dns_error, Stage::dns, 0},
    {"dns-garbage", Reason::dns_error, Stage::dns, 0},
    {"dns-null-mx", Reason::null_mx, Stage::dns, 0},
    {"dns-literal-mx", Reason::no_mail_server, Stage::dns, 0},
    {"dns-escaped-mx", Reason::no_mail_server, Stage::dns, 0},
    {"dns-nul-mx", Reason::no_mail_server, Stage::dns, 0},
    {"dns-localhost-mx", Reason::no_mail_server, Stage::dns, 0},
    {"dns-local-name-mx", Reason::no_mail_server, Stage::dns, 0},
    {"dns-single-label-mx", Reason::no_mail_server, Stage::dns, 0},
    {"dns-private", Reason::unroutable, Stage::dns, 0},
    {"dns-special", Reason::unroutable, Stage::dns, 0},
    {"dns-special6", Reason::unroutable, Stage::dns, 0},
    {"dns-disguised", Reason::unroutable, Stage::dns, 0},
    {"dns-first-five-private", Reason::accepted, Stage::rcpt, 2},
    // Not all of its exchanges were looked at: that is no word on the domain.
    {"dns-eleventh", Reason::dns_error, Stage::dns, 0},
};

std::string hostile_world() {
  std::ifstream file(PROJECT_DIR "/test/world/hostile.world");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The domains of the hostile world, but for those of a series.
std::set<std::string> domains_in(const std::string& script) {
  std::set<std::string> domains;
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind;
    std::string name;
    words >> kind >> name;
    const bool heading = kind == "server" || kind == "domain";
    if (heading && name.find('{') == name.npos) domains.insert(name.substr(0, name.find('.')));
  }
  return domains;
}

TEST_CASE("no hostile server gets a false verdict, more time or more octets than it may",
          "[hostile]") {
  VirtualRun run(hostile_world(), {.max_connections = 1000});
  for (const Example& example : examples) run.submit("ada@" + example.domain + ".test");

  run.run();

  for (const Example& example : examples) {
    CAPTURE(example.domain);
    const std::string address = "ada@" + example.domain + ".test";
    REQUIRE(run.has(address));
    const VirtualRun::Settled& ada = run[address];
    CHECK(to_string(ada.reason()) == to_string(example.reason));
    CHECK(to_string(ada.settlement.stage) == to_string(example.stage));
    CHECK(ada.at <= seconds{example.seconds});
  }
  for (const auto& [server, octets] : run.most_read()) {
    CAPTURE(server.to_string());
    CHECK(octets <= 66 * 1024);
  }
  CHECK(run.open_sessions() == 0);
  for (const auto& [server, open] : run.open_connections()) CHECK(open == 0);
}

TEST_CASE("every domain of the hostile world has its row in the table", "[hostile]") {
  std::set<std::string> rows;
  for (const Example& example : examples) rows.insert(example.domain);

  CHECK(domains_in(hostile_world()) == rows);
  CHECK(rows.size() > 120);
}

TEST_CASE("replies cut anywhere come to the same", "[hostile]") {
  const auto piece = GENERATE(std::size_t{1}, std::size_t{7});
  VirtualRun run(hostile_world(), {.max_connections = 1000}, {.piece = piece});
  for (const Example& example : examples) run.submit("ada@" + example.domain + ".test");

  run.run();

  for (const Example& example : examples) {
    CAPTURE(example.domain, piece);
    CHECK(run["ada@" + example.domain + ".test"].reason() == example.reason);
  }
}

}  // namespace
}  // namespace leadverify
