// --doctor: the built program, examined in a world where it is well, and where it is not.
#include "support/program.hpp"
#include "support/program_in_world.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

constexpr const char* world_where_all_is_well = R"(
template default
  users ada
domain example.test
  mx 10 mx.example.test
server mx.example.test 127.12.20.1
host probe.example.net 127.0.0.1
  mx 10 mx.example.test
  txt something else
  txt v=spf1 include:spf.example.test -all
host spf.example.test 127.0.0.9
  txt v=spf1 ip4:127.0.0.9 mx:example.test/8 -all
domain 1.0.0.127.in-addr.arpa
  ptr elsewhere.example.test
  ptr probe.example.net
domain 2.0.0.127.dnsbl.test
  a 127.0.0.2
)";

/// `script` with one part of it in other words.
std::string changed(const std::string& script, const std::string& part, const std::string& words) {
  std::string text = script;
  text.replace(text.find(part), part.size(), words);
  return text;
}

Outcome examine(const world::LoopbackWorld& world, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {
      "--doctor", "--ip", "4", "--dnsbl", "dnsbl.test", "--connect-timeout", "2s"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program({.arguments = into(world, arguments)});
}

/// Is there a line of the table for this check that begins so?
bool says(const Outcome& outcome, std::string health, std::string check, const std::string& found) {
  health.resize(9, ' ');
  check.resize(16, ' ');
  return ("\n" + outcome.output).find("\n" + health + check + found) != std::string::npos;
}

TEST_CASE("a host that is well is told so, check by check", "[program][doctor]") {
  world::LoopbackWorld world(read_world(world_where_all_is_well));

  const Outcome outcome = examine(world, {"--probe-host", "mx.example.test"});

  INFO(outcome.output);
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  CHECK(says(outcome, "ok", "open_files", "50 sessions want 114 open files"));
  CHECK(says(outcome, "ok", "resolver", to_string(world.places().dns) + ": answers in "));
  CHECK(says(outcome, "ok", "mail_port", std::to_string(world.places().smtp_port) + ": mx."));
  CHECK(says(outcome, "ok", "address", "127.0.0.1: "));
  CHECK(says(outcome, "ok", "helo_name", "probe.example.net: it leads to 127.0.0.1"));
  CHECK(says(outcome, "ok", "reverse_dns", "127.0.0.1: it is probe.example.net"));
  CHECK(says(outcome, "ok", "sender_domain", "probe.example.net: its mail goes to mx."));
  CHECK(says(outcome, "ok", "spf", "probe.example.net: for 127.0.0.1 it says pass"));
  CHECK(says(outcome, "ok", "blocklist", "dnsbl.test: does not list 127.0.0.1"));
  CHECK(says(outcome, "ok", "clock", "it is 20"));
  CHECK(outcome.output.ends_with("\n0 failures, 0 warnings\n"));
  const world::Counts seen = world.counts();
  CHECK(seen.connections == 1);
  CHECK(seen.rcpt == 0);
  CHECK(seen.faults.sum() == 0);
}

TEST_CASE("without a host to probe the first domains of a list are tried", "[program][doctor]") {
  world::LoopbackWorld world(read_world(world_where_all_is_well));
  const TemporaryFolder folder;
  const std::string list =
      folder.write("list.txt", "# mine\nno address\nada@absent.test\nada@example.test\n");

  const Outcome outcome = examine(world, {list});

  INFO(outcome.output);
  CHECK(outcome.exit_status == 0);
  CHECK(says(outcome, "ok", "mail_port", std::to_string(world.places().smtp_port) + ": mx.ex"));
  CHECK(world.counts().rcpt == 0);
}

TEST_CASE("without either nobody is connected to, and that is told", "[program][doctor]") {
  world::LoopbackWorld world(read_world(world_where_all_is_well));

  const Outcome outcome = examine(world);

  CHECK(says(outcome, "unknown", "mail_port", std::to_string(world.places().smtp_port)));
  CHECK(world.counts().connections == 0);
}

TEST_CASE("each thing that is wrong is told, and a failure fails the examination",
          "[program][doctor]") {
  struct Example {
    std::string part;   // of the world where all is well,
    std::string words;  // in its place
    std::string health;
    std::string check;
    std::string found = {};
  };
  const auto example = GENERATE(values<Example>({
      {"server mx.example.test 127.12.20.1",
       "server mx.example.test 127.12.20.1\n on connect refuse",
       "failure",
       "mail_port"},
      {"server mx.example.test 127.12.20.1",
       "server mx.example.test 127.12.20.1\n banner 554 5.7.1 No",
       "warning",
       "mail_port"},
      {"host probe.example.net 127.0.0.1",
       "host probe.example.net 127.0.0.5",
       "failure",
       "helo_name",
       "probe.example.net: it leads to 127.0.0.5"},
      {"host probe.example.net 127.0.0.1",
       "domain probe.example.net",
       "failure",
       "helo_name",
       "probe.example.net: this name has no address"},
      {"ptr probe.example.net",
       "",
       "failure",
       "reverse_dns",
       "127.0.0.1: it is elsewhere.example.test"},
      {"domain 1.0.0.127.in-addr.arpa",
       "domain 3.0.0.127.in-addr.arpa",
       "failure",
       "reverse_dns",
       "127.0.0.1: this address has no PTR record"},
      {"domain 1.0.0.127.in-addr.arpa",
       "domain 1.0.0.127.in-addr.arpa\n dns servfail",
       "unknown",
       "reverse_dns"},
      {"mx 10 mx.example.test\n  txt",
       "mx 0 .\n  txt",
       "failure",
       "sender_domain",
       "probe.example.net: it declares"},
      {"mx:example.test/8",
       "",
       "failure",
       "spf",
       "probe.example.net: for 127.0.0.1 it says fail (-all)"},
      {"v=spf1 ip4",
       "v=spf1 ipv4",
       "failure",
       "spf",
       "probe.example.net: for 127.0.0.1 it says permerror"},
      {"include:spf.example.test -all", "~all", "warning", "spf"},
      {"include:spf.example.test -all", "exists:%{i}.test -all", "unknown", "spf"},
      {"txt v=spf1 include", "txt v=none include", "warning", "spf"},
      {"domain 2.0.0.127.dnsbl.test",
       "domain 1.0.0.127.dnsbl.test\n a 127.0.0.4\n txt Sent spam\ndomain 2.0.0.127.dnsbl.test",
       "failure",
       "blocklist",
       "dnsbl.test: lists 127.0.0.1 (127.0.0.4): Sent spam"},
      {"2.0.0.127.dnsbl.test", "3.0.0.127.dnsbl.test", "unknown", "blocklist"},
  }));
  CAPTURE(example.words);
  world::LoopbackWorld world(
      read_world(changed(world_where_all_is_well, example.part, example.words)));

  const Outcome outcome = examine(world, {"--probe-host", "mx.example.test"});

  INFO(outcome.output);
  CHECK(outcome.exit_status == (example.health == "failure" ? 4 : 0));
  CHECK(says(outcome, example.health, example.check, example.found));
}

TEST_CASE("with --source-ip that address is examined, and is the one that servers see",
          "[program][doctor]") {
  const std::string elsewhere =
      changed(changed(world_where_all_is_well, "domain 1.0.0.127.in", "domain 77.2.12.127.in"),
              "host probe.example.net 127.0.0.1",
              "host probe.example.net 127.12.2.77");
  world::LoopbackWorld world(
      read_world(changed(elsewhere,
                         "server mx.example.test 127.12.20.1",
                         "server mx.example.test 127.12.20.1\n banner 554 Not from {client}")));

  const Outcome outcome = run_program({.arguments = into(world,
                                                         {"--doctor",
                                                          "--source-ip",
                                                          "127.12.2.77",
                                                          "--dnsbl",
                                                          "dnsbl.test",
                                                          "--probe-host",
                                                          "mx.example.test"})});

  INFO(outcome.output);
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.output.find("Not from 127.12.2.77") != std::string::npos);
  CHECK(says(outcome, "ok", "address", "127.12.2.77: "));
  CHECK(says(outcome, "ok", "helo_name", "probe.example.net: it leads to 127.12.2.77"));
  CHECK(says(outcome, "ok", "reverse_dns", "127.12.2.77: it is probe.example.net"));
  CHECK(says(outcome, "ok", "spf", "probe.example.net: for 127.12.2.77 it says pass"));
  CHECK(says(outcome, "ok", "blocklist", "dnsbl.test: does not list 127.12.2.77"));
  CHECK_FALSE(says(outcome, "ok", "ipv6", ""));  // since it is an address of IPv4
}

TEST_CASE("with --format jsonl the checks are JSON lines", "[program][doctor]") {
  world::LoopbackWorld world(read_world(world_where_all_is_well));

  const Outcome outcome = examine(world, {"--probe-host", "mx.example.test", "--format", "jsonl"});

  CHECK(outcome.exit_status == 0);
  const std::vector<nlohmann::json> lines = read_lines(outcome.output);
  CHECK(lines.size() == 10);
  for (const nlohmann::json& line : lines) {
    CHECK(line.at("type") == "check");
    CHECK(line.at("health") == "ok");
    CHECK(line.at("advice").is_null());
  }
  CHECK(lines.front().at("check") == "open_files");
  CHECK(lines.back().at("check") == "clock");
}

TEST_CASE("where no DNS server answers the rest is not guessed", "[program][doctor]") {
  const Outcome outcome = run_program({.arguments = {"--doctor",
                                                     "--resolver",
                                                     "127.0.0.1:1",
                                                     "--helo",
                                                     "probe.example.net",
                                                     "--probe-host",
                                                     "mx.example.test"}});

  INFO(outcome.output);
  CHECK(outcome.exit_status == 4);
  CHECK(says(outcome, "failure", "resolver", "127.0.0.1:1: "));
  CHECK(says(outcome, "unknown", "mail_port", "25: mx.example.test can't be looked up"));
  CHECK(says(outcome, "unknown", "reverse_dns", "no DNS server answers"));
}

TEST_CASE("a checkup that makes no sense is refused", "[program][doctor]") {
  struct Example {
    std::vector<std::string> arguments;
    std::string message;
  };
  const auto example = GENERATE(values<Example>({
      {{"--doctor", "--probe-host", "a b"},
       "leadverify: the host to probe, 'a b', is no host name and no IP address\n"},
      {{"--doctor", "--dnsbl", "zone"},
       "leadverify: the blocklist 'zone' is no zone of the DNS, as in dnsbl.example.org\n"},
  }));

  const Outcome outcome = run_program({.arguments = example.arguments});

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages == example.message);
}

TEST_CASE("a list that can't be read ends the examination", "[program][doctor]") {
  const Outcome outcome = run_program({.arguments = {"--doctor", "/nowhere/at/all"}});

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages.find("/nowhere/at/all") != std::string::npos);
}

}  // namespace
}  // namespace leadverify
