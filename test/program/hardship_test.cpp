// The built program under hardship: system calls that fail, few descriptors, servers that send
// without end or say what a terminal must not be shown, a DNS that goes away.
#include <leadverify/json_line.hpp>

#include "support/program.hpp"
#include "support/program_in_world.hpp"
#include "support/traced.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <thread>

namespace leadverify {
namespace {

constexpr const char* calm_world = R"(
template default
  users ada
domain d{1-12}.test
  mx 10 mx.d{}.test
server mx.d{1-12}.test 127.21.0.0+{}
)";

std::string calm_list() {
  std::string list;
  for (int i = 1; i <= 12; ++i) {
    list += "ada@d" + std::to_string(i) + ".test\nnobody@d" + std::to_string(i) + ".test\n";
  }
  return list;
}

/// Every verdict is the right one, or none: `unknown`, for `most_unknown` of them.
void check_truthful(const Outcome& outcome, std::size_t most_unknown) {
  CAPTURE(outcome.messages);
  CHECK(outcome.exit_status == 0);
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == 24);
  CHECK_FALSE(records.summary.is_null());
  std::size_t unknown = 0;
  for (const nlohmann::json& record : records.results) {
    CAPTURE(record.dump());
    const std::string address = record.at("email");
    const std::string right = address.starts_with("ada@") ? "valid" : "invalid";
    if (record.at("status") == "unknown") {
      ++unknown;
    } else {
      CHECK(record.at("status") == right);
    }
  }
  CHECK(unknown <= most_unknown);
}

TEST_CASE("a system call that fails for want of something is tried again", "[program][hardship]") {
  // strace lets system calls fail: each third socket, the connect after it, and so on.
  const auto fault = GENERATE(values<std::string>({
      "socket:error=EMFILE:when=3+5",
      "socket:error=ENFILE:when=4+7",
      "socket:error=ENOBUFS:when=3+5",
      "socket:error=ENOMEM:when=3+5",
      "sendmsg:error=ENOBUFS:when=1..6",
      "recvfrom:error=ENOMEM:when=3..20",
      "connect:error=EADDRNOTAVAIL:when=3+5",
      "connect:error=ENOBUFS:when=4+6",
      "connect:error=EINTR:when=4+6",
      "epoll_ctl:error=ENOSPC:when=8+9",
  }));
  CAPTURE(fault);
  world::LoopbackWorld world(read_world(calm_world));

  const Outcome outcome = run_program(traced({.arguments = into(world)}, fault, ""), calm_list());

  check_truthful(outcome, 2);
}

TEST_CASE("a network that fails for us at every turn is never a verdict", "[program][hardship]") {
  const auto fault = GENERATE(values<std::string>({
      "recvmsg,recvfrom:error=EINTR:when=5+5",
      "sendmsg,sendto:error=EINTR:when=5+5",
      "recvmsg:error=ENOMEM:when=9+9",
      "recvmsg:error=ENOBUFS:when=9+9",
      "sendmsg:error=ENOBUFS:when=9+9",
      "recvmsg:error=EIO:when=9+9",
  }));
  CAPTURE(fault);
  world::LoopbackWorld world(read_world(calm_world));

  const Outcome outcome = run_program(traced({.arguments = into(world)}, fault, ""), calm_list());

  check_truthful(outcome, 24);
}

TEST_CASE("few descriptors suffice for few connections", "[program][hardship]") {
  world::LoopbackWorld world(read_world(calm_world));

  const Outcome outcome = run_program(
      {.arguments = into(world, {"--max-connections", "4"}), .under = {"prlimit", "--nofile=72"}},
      calm_list());

  check_truthful(outcome, 0);
}

TEST_CASE("hundreds of servers that send without end cost little memory", "[program][hardship]") {
  world::LoopbackWorld world(read_world(R"(
    template default
      users ada
    domain lines{1-100}.test
      mx 10 mx.lines{}.test
    server mx.lines{1-100}.test 127.22.0.0+{}
      banner repeat 2000 0s 220-and one more line, and one more, and one more
    domain line{1-100}.test
      mx 10 mx.line{}.test
    server mx.line{1-100}.test 127.22.1.0+{}
      on mail octets 250 | flood 100000 x
    domain long{1-300}.test
      mx 10 mx.long{}.test
    server mx.long{1-300}.test 127.22.2.0+{}
      on rcpt ada repeat 127 0s 250-2.1.5 a recipient who is well worth a long line: {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} {recipient} | 250 Ok
  )"));
  std::string list;
  for (int i = 1; i <= 300; ++i) {
    const std::string number = std::to_string(i) + ".test\n";
    if (i <= 100) list += "ada@lines" + number + "ada@line" + number;
    list += "ada@long" + number;
  }

  Call call{.arguments = into(world, {"--max-connections", "500"})};
#ifndef __SANITIZE_ADDRESS__
  // The stacks of its threads are 32 MiB of that.
  call.under = {"prlimit", "--data=100663296"};
#endif

  const Outcome outcome = run_program(call, list);
  CHECK(outcome.exit_status == 0);
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == 500);
  for (const nlohmann::json& record : records.results) {
    const std::string address = record.at("email");
    CAPTURE(address);
    const bool long_winded = address.starts_with("ada@long");
    CHECK(record.at("reason") == (long_winded ? "accepted" : "protocol_error"));
  }
}

TEST_CASE("what servers and inputs say comes out as safe text everywhere", "[program][hardship]") {
  world::LoopbackWorld world(read_world(R"(
    server rude.test 127.23.0.1
      on rcpt * octets 550 5.1.1 \x1B]0;owned\x07\x1B[2J\x9B1m\xC2\x9B\xE2\x80\xAE\xE2\x80\xA8\xFF\x00\x08 User unknown\r\n
    server ruder.test 127.23.0.2
      banner octets 554 \x1B[31m\xE2\x80\xAE\x0D\x08 no\r\n
  )"));
  const std::string rude_address = "\x1B[2J\xE2\x80\xAE\x9B\xFF\x07@rude.test";
  const std::string list = "ada@rude.test\nada@ruder.test\n" + rude_address + "\n\"" +
                           std::string(20'000, '\x1B') + "\"@rude.test\n";

  const Outcome outcome = run_program({.arguments = into(world, {"-v"})}, list);

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).results.size() == 4);
  for (const std::string* text : {&outcome.output, &outcome.messages}) {
    std::string_view rest = *text;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      CHECK(safe_text(line, std::string::npos) == line);
      CHECK(line.size() <= 8192);
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
  }
}

TEST_CASE("an address with a line end, a NUL or a bare CR in it never reaches a server",
          "[program][hardship]") {
  world::LoopbackWorld world(read_world("server mx.test 127.23.1.1\n  users *"));
  using namespace std::string_literals;
  const std::string list =
      "a\rRSET@mx.test\na\0b@mx.test\n\"a\r\nDATA\"@mx.test\n\"a\rDATA\"@mx.test\n"
      "\"a\0\"@mx.test\na@mx.test\r\rDATA\n"s;

  const Outcome outcome = run_program({.arguments = into(world)}, list);

  CHECK(outcome.exit_status == 0);
  for (const nlohmann::json& record : read_records(outcome.output).results) {
    CAPTURE(record.dump());
    CHECK(record.at("reason") == "syntax");
  }
  const world::Counts seen = world.counts();
  CHECK(seen.connections == 0);
  CHECK(seen.faults.sum() == 0);
}

TEST_CASE("real servers that do as the hostile world's get no verdict but the right one",
          "[program][hardship]") {
  std::ifstream file(PROJECT_DIR "/test/world/hostile.world");
  world::LoopbackWorld world(read_world(std::string(std::istreambuf_iterator<char>(file), {})));
  std::string list;
  for (const char* event : {"banner", "ehlo", "mail", "rcpt"}) {
    for (const char* act :
         {"silent", "drip", "lines-flood", "line-flood", "close", "reset", "garbage", "mixed"}) {
      list += "ada@" + std::string(event) + "-" + act + ".test\n";
    }
  }
  for (const char* name :
       {"connect-refuse",      "banner-empty-flood", "banner-nul-flood",   "banner-and-more",
        "banner-unterminated", "banner-000",         "banner-four-digits", "banner-bare-cr",
        "banner-http",         "ehlo-twice",         "ehlo-injected",      "mail-twice",
        "mail-twice-group",    "mail-for-all",       "rcpt-twice",         "rcpt-yes-and-no",
        "rcpt-no-and-yes",     "rcpt-unterminated",  "rcpt-999",           "rcpt-354",
        "rcpt-empty-flood",    "many-slow",          "dns-private",        "dns-special",
        "dns-special6",        "dns-disguised"}) {
    list += "ada@" + std::string(name) + ".test\n";
  }
  const std::vector<std::string> answered = {"banner-128-lines",
                                             "banner-text",
                                             "ehlo-odd-offers",
                                             "quit-silent",
                                             "quit-drip",
                                             "quit-flood",
                                             "quit-reset",
                                             "quit-and-more"};
  for (const std::string& name : answered) list += "ada@" + name + ".test\n";

  const auto begun = std::chrono::steady_clock::now();
  const Outcome outcome = run_program(
      {.arguments = into(world, {"--command-timeout", "1s", "--connect-timeout", "1s"})}, list);

  CHECK(outcome.exit_status == 0);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{15});
  const auto found = by_address(read_records(outcome.output));
  CHECK(found.size() == 66);
  for (const auto& [address, record] : found) {
    CAPTURE(address);
    const std::string name = address.substr(4, address.size() - 9);
    const bool right = std::ranges::find(answered, name) != answered.end();
    CHECK(record.at("status") == (right ? "valid" : "unknown"));
  }
  CHECK(world.counts().faults.sum() == 0);
}

}  // namespace
}  // namespace leadverify
