// The main job: the built program against the mail world, as a user runs it.
#include "support/program.hpp"
#include "support/program_in_world.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <sstream>
#include <thread>

namespace leadverify {
namespace {

using Arguments = std::vector<std::string>;

constexpr const char* small_world = R"(
template default
  users ada grace alan
domain example.test
  mx 10 mx.example.test
server mx.example.test 127.12.0.1
  on rcpt full 452 4.2.2 The mailbox is full
domain catch-all.test
  mx 10 mx.catch-all.test
server mx.catch-all.test 127.12.0.2
  users *
domain greylist.test
  mx 10 mx.greylist.test
server mx.greylist.test 127.12.0.3
  greylist 300ms
domain patient.test
  mx 10 mx.patient.test
server mx.patient.test 127.12.0.4
  greylist 1h
domain silent.test
  mx 10 mx.silent.test
server mx.silent.test 127.12.0.5
  on rcpt * silent
domain owing.test
  mx 10 mx.owing.test
server mx.owing.test 127.12.0.9
  slow rcpt 1h
domain owing-tls.test
  mx 10 mx.owing-tls.test
server mx.owing-tls.test 127.12.0.10
  starttls on
  slow rcpt 1h
domain busy.test
  mx 10 mx.busy.test
server mx.busy.test 127.12.0.6
  on rcpt * 421 4.3.2 Shutting down
domain private.test
  mx 10 mx.private.test
host mx.private.test 10.0.0.1
domain null.test
  mx 0 .
domain broken.test
  dns servfail
)";

TEST_CASE("a list on standard input becomes records and a summary", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));

  const Outcome outcome = run_program(
      {.arguments = into(world, {"--command-timeout", "1s", "--greylist-delay", "400ms"})},
      "ada@example.test\nnobody@example.test\nfull@example.test\nanyone@catch-all.test\n"
      "ada@greylist.test\nada@patient.test\nada@silent.test\nada@busy.test\nada@private.test\n"
      "ada@null.test\nada@broken.test\nada@absent.test\nnot an address\nada@example.test\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == 14);
  auto found = by_address(records);
  const std::map<std::string, std::pair<std::string, std::string>> expected = {
      {"nobody@example.test", {"invalid", "user_unknown"}},
      {"full@example.test", {"unknown", "mailbox_full"}},
      {"anyone@catch-all.test", {"catch_all", "catch_all"}},
      {"ada@greylist.test", {"valid", "accepted"}},
      {"ada@patient.test", {"unknown", "greylist_timeout"}},
      {"ada@silent.test", {"unknown", "timeout"}},
      {"ada@private.test", {"unknown", "unroutable"}},
      {"ada@null.test", {"invalid", "null_mx"}},
      {"ada@broken.test", {"unknown", "dns_error"}},
      {"ada@absent.test", {"invalid", "domain_not_found"}},
      {"not an address", {"invalid", "syntax"}},
  };
  for (const auto& [address, verdict] : expected) {
    CAPTURE(address);
    CHECK(found[address].at("status") == verdict.first);
    CHECK(found[address].at("reason") == verdict.second);
  }
  CHECK(found["ada@busy.test"].at("status") == "unknown");
  CHECK(found["ada@greylist.test"].at("greylist") == true);

  const nlohmann::json& first = records.results.front();
  CHECK(records.summary.at("complete") == true);
  CHECK(records.summary.at("total") == 14);
  CHECK(records.summary.at("duplicates") == 1);
  CHECK(records.summary.at("greylisted") == 2);
  CHECK(first.at("type") == "result");
  const world::Counts seen = world.counts();
  CHECK(records.summary.at("connections") == seen.connections);
  CHECK(records.summary.at("recipients_asked") == seen.rcpt);
  CHECK(seen.faults.sum() == 0);
  CHECK(seen.asked("ada@example.test") == 1);
}

TEST_CASE("ordered records stand in the order of their lines", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));
  const std::string list =
      "ada@greylist.test\nada@example.test\nnot an address\nADA@greylist.test\n"
      "grace@example.test\n\nada@null.test\nada@example.test\n";

  const Arguments waiting = {"--greylist-delay", "400ms"};
  const Outcome as_they_come = run_program({.arguments = into(world, waiting)}, list);
  const Outcome ordered =
      run_program({.arguments = into(world, {"--greylist-delay", "400ms", "--ordered"})}, list);

  const auto lines_of = [](const Outcome& outcome) {
    std::vector<int> lines;
    for (const nlohmann::json& record : read_records(outcome.output).results) {
      lines.push_back(record.at("line"));
    }
    return lines;
  };
  CHECK(ordered.exit_status == 0);
  CHECK(lines_of(ordered) == std::vector<int>{1, 2, 3, 4, 5, 7, 8});
  CHECK(lines_of(as_they_come).back() != 8);
}

TEST_CASE("the whole record of a valid recipient", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));

  const Outcome outcome =
      run_program({.arguments = into(world, {"--summary", "none"})}, "\n<ada@EXAMPLE.test>\n");

  nlohmann::json record = read_lines(outcome.output).at(0);
  CHECK(record.at("elapsed_ms").is_number_integer());
  CHECK(record.at("checked_at").get<std::string>().size() == 20);
  CHECK(record.at("message").is_string());
  record.erase("elapsed_ms");
  record.erase("checked_at");
  record.erase("message");
  CHECK(record == nlohmann::json::parse(R"({
    "type": "result", "line": 2, "input": "ada@EXAMPLE.test", "email": "ada@example.test",
    "domain": "example.test", "status": "valid", "reason": "accepted", "valid": true,
    "confidence": "high", "catch_all": false, "greylist": false, "code": 250,
    "enhanced": "2.1.5", "error": null, "mx": "mx.example.test", "mx_ip": "127.12.0.1",
    "provider": null, "stage": "rcpt", "attempts": 1, "duplicate_of": null,
    "did_you_mean": null, "role": false, "disposable": false, "free": false})"));
}

constexpr const char* world_of_providers = R"(
template default
  users ada
domain yahoo-like.test
  mx 10 mta5.am0.yahoodns.net
server mta5.am0.yahoodns.net 127.12.3.1
  users *
domain outlook-like.test
  mx 10 outlook-com.olc.protection.outlook.com
server outlook-com.olc.protection.outlook.com 127.12.3.2
domain company.test
  mx 10 company-test.mail.protection.outlook.com
server company-test.mail.protection.outlook.com 127.12.3.3
domain example.test
  mx 10 mx.example.test
server mx.example.test 127.12.3.4
domain silent.test
  mx 10 silent-test.mail.protection.outlook.com
server silent-test.mail.protection.outlook.com 127.12.3.5
  banner silent
)";

constexpr const char* list_of_providers =
    "ada@yahoo-like.test\nada@outlook-like.test\nada@company.test\nnobody@company.test\n"
    "ada@example.test\nada@silent.test\nada@yahoo-like.test\n";

TEST_CASE("providers are named, and those whose word tells nothing are not connected to",
          "[program][world]") {
  world::LoopbackWorld world(read_world(world_of_providers));

  const Outcome outcome =
      run_program({.arguments = into(world, {"--command-timeout", "500ms"})}, list_of_providers);

  CHECK(outcome.exit_status == 0);
  const Records records = read_records(outcome.output);
  const auto found = by_address(records);
  const std::map<std::string, std::pair<nlohmann::json, std::string>> expected = {
      {"ada@yahoo-like.test", {"yahoo", "unverifiable"}},
      {"ada@outlook-like.test", {"outlook", "unverifiable"}},
      {"ada@company.test", {"microsoft365", "accepted"}},
      {"nobody@company.test", {"microsoft365", "user_unknown"}},
      {"ada@silent.test", {"microsoft365", "timeout"}},
      {"ada@example.test", {nullptr, "accepted"}},
  };
  for (const nlohmann::json& record : records.results) {
    if (!record.at("duplicate_of").is_null()) {
      CHECK(record.at("reason") == "unverifiable");
      continue;
    }
    const auto& [provider, reason] = expected.at(record.at("email"));
    CAPTURE(record.dump());
    CHECK(record.at("provider") == provider);
    CHECK(record.at("reason") == reason);
  }
  CHECK(records.results.size() == 7);
  CHECK(records.summary.at("providers") ==
        nlohmann::json({{"microsoft365", 3}, {"outlook", 1}, {"yahoo", 1}}));
  CHECK(world.counts().servers.count("127.12.3.1") == 0);
  CHECK(world.counts().servers.count("127.12.3.2") == 0);
}

TEST_CASE("the whole record of a recipient whose provider is not asked", "[program][world]") {
  world::LoopbackWorld world(read_world(world_of_providers));

  const Outcome outcome =
      run_program({.arguments = into(world, {"--summary", "none"})}, "ada@outlook-like.test\n");

  nlohmann::json record = read_lines(outcome.output).at(0);
  record.erase("elapsed_ms");
  record.erase("checked_at");
  CHECK(record.at("error") ==
        "outlook does not want to be asked about recipients, and was not (--probe-provider "
        "outlook asks all the same)");
  record.erase("error");
  CHECK(record == nlohmann::json::parse(R"({
    "type": "result", "line": 1, "input": "ada@outlook-like.test",
    "email": "ada@outlook-like.test", "domain": "outlook-like.test", "status": "unknown",
    "reason": "unverifiable", "valid": null, "confidence": null, "catch_all": null,
    "greylist": false, "code": null, "enhanced": null, "message": null,
    "mx": "outlook-com.olc.protection.outlook.com", "mx_ip": null, "provider": "outlook",
    "stage": "dns", "attempts": 0, "duplicate_of": null, "did_you_mean": null, "role": false,
    "disposable": false, "free": false
})"));
}

TEST_CASE("a provider that is asked for by name is asked", "[program][world]") {
  world::LoopbackWorld world(read_world(world_of_providers));

  const Outcome outcome = run_program(
      {.arguments = into(world, {"--probe-provider", "yahoo", "--probe-provider", "outlook"})},
      "ada@yahoo-like.test\nada@outlook-like.test\n");

  auto found = by_address(read_records(outcome.output));
  CHECK(found["ada@yahoo-like.test"].at("reason") == "catch_all");
  CHECK(found["ada@yahoo-like.test"].at("provider") == "yahoo");
  CHECK(found["ada@outlook-like.test"].at("reason") == "accepted");
}

TEST_CASE("the provider is named although no server is to be asked", "[program][world]") {
  world::LoopbackWorld world(read_world(world_of_providers));

  const Outcome outcome =
      run_program({.arguments = into(world, {"--check", "dns"})}, "ada@yahoo-like.test\n");

  const nlohmann::json record = read_records(outcome.output).results.at(0);
  CHECK(record.at("reason") == "not_checked");
  CHECK(record.at("provider") == "yahoo");
}

TEST_CASE("a provider table of one's own replaces the one that comes along", "[program][world]") {
  world::LoopbackWorld world(read_world(world_of_providers));
  const TemporaryFolder folder;
  const std::string table = folder.write("providers.txt", "own accepts-all example.test\n");

  const Outcome outcome = run_program({.arguments = into(world, {"--providers", table})},
                                      "ada@outlook-like.test\nada@example.test\n");

  auto found = by_address(read_records(outcome.output));
  CHECK(found["ada@outlook-like.test"].at("reason") == "accepted");
  CHECK(found["ada@outlook-like.test"].at("provider") == nullptr);
  CHECK(found["ada@example.test"].at("reason") == "unverifiable");
  CHECK(found["ada@example.test"].at("provider") == "own");
}

TEST_CASE("a server that refuses the null sender is asked with the fallback", "[program][world]") {
  world::LoopbackWorld world(read_world(R"(
    domain example.test
      mx 10 mx.example.test
    server mx.example.test 127.12.4.1
      users ada
      on mail sender=<> 550 5.7.1 <>: Sender address rejected: null sender refused
      on mail sender=postmaster@* 550 5.7.1 <postmaster>: Sender address rejected: not him either
  )"));

  const Outcome by_default = run_program({.arguments = into(world)}, "ada@example.test\n");
  const Outcome given =
      run_program({.arguments = into(world, {"--fallback-mail-from", "grace@example.net"})},
                  "ada@example.test\n");

  CHECK(read_records(by_default.output).results.at(0).at("reason") == "sender_rejected");
  CHECK(read_records(given.output).results.at(0).at("reason") == "accepted");
}

TEST_CASE("several files are read one after another, and named in the records",
          "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));
  const TemporaryFolder folder;
  const std::string one = folder.write("one.txt", "ada@example.test\n");
  const std::string two = folder.write("two.txt", "# more\ngrace@example.test");

  const Outcome outcome = run_program({.arguments = into(world, {one, two})});

  CHECK(outcome.exit_status == 0);
  auto found = by_address(read_records(outcome.output));
  CHECK(found["ada@example.test"].at("file") == one);
  CHECK(found["grace@example.test"].at("file") == two);
  CHECK(found["grace@example.test"].at("line") == 2);
}

TEST_CASE("without --allow-net nothing that is not public is connected to", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));

  const Outcome outcome = run_program({.arguments = {"--resolver",
                                                     to_string(world.places().dns),
                                                     "--smtp-port",
                                                     std::to_string(world.places().smtp_port)}},
                                      "ada@example.test\nada@[127.12.0.1]\n");

  for (const nlohmann::json& record : read_records(outcome.output).results) {
    CHECK(record.at("reason") == "unroutable");
  }
  CHECK(world.counts().connections == 0);
}

TEST_CASE("records stream out while a slow address is still waited for", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));
  Program program({.arguments = into(world)});

  program.write("ada@silent.test\nada@example.test\n");

  CHECK(program.wait_for_output("\"email\":\"ada@example.test\""));
  program.send(SIGKILL);
}

TEST_CASE("an interrupt ends open sessions with QUIT and writes what is done", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));
  const bool to_file = GENERATE(false, true);
  CAPTURE(to_file);
  const TemporaryFolder folder;
  Arguments arguments = into(world);
  if (to_file) arguments.insert(arguments.end(), {"-o", folder.path("out.jsonl")});
  Program program({.arguments = arguments});
  program.write("ada@example.test\nada@patient.test\n");
  while (world.counts().asked("ada@patient.test") == 0 ||
         world.counts().asked("ada@example.test") == 0) {
    std::this_thread::yield();
  }
  const auto is_written = [&] {
    return folder.read("out.jsonl").find("ada@example.test") != std::string::npos;
  };
  if (!to_file) CHECK(program.wait_for_output("ada@example.test"));
  while (to_file && !is_written()) std::this_thread::yield();

  program.send(SIGINT);
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 130);
  CHECK_FALSE(outcome.messages.empty());
  const Records records = read_records(to_file ? folder.read("out.jsonl") : outcome.output);
  auto found = by_address(records);
  CHECK(found["ada@example.test"].at("reason") == "accepted");
  CHECK(found.contains("ada@patient.test") != to_file);
  if (!to_file) CHECK(found["ada@patient.test"].at("reason") == "interrupted");
  const nlohmann::json summary = read_records(outcome.output).summary;
  CHECK(summary.at("complete") == false);
  CHECK(summary.at("total") == records.results.size());
  CHECK(world.counts().quit == world.counts().connections);
}

TEST_CASE("an interrupt ends a session with QUIT although its server owes an answer",
          "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));
  const std::array addresses = {"ada@owing.test", "ada@owing-tls.test"};
  Program program({.arguments = into(world)});
  for (const std::string address : addresses) {
    program.write(address + "\n");
    while (world.counts().asked(address) == 0) std::this_thread::yield();
  }

  program.send(SIGTERM);
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 143);
  auto found = by_address(read_records(outcome.output));
  for (const char* address : addresses) CHECK(found[address].at("reason") == "interrupted");
  CHECK(world.counts().quit == world.counts().connections);
}

TEST_CASE("a run that its time does not suffice for says that it is incomplete",
          "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));

  const Outcome outcome = run_program({.arguments = into(world, {"--max-time", "500ms"})},
                                      "ada@patient.test\nada@example.test\n");

  CHECK(outcome.exit_status == 75);
  const Records records = read_records(outcome.output);
  CHECK(records.summary.at("complete") == false);
  CHECK(by_address(records)["ada@patient.test"].at("reason") == "interrupted");
}

TEST_CASE("the option -v tells what goes wrong on the way", "[program][world]") {
  world::LoopbackWorld world(read_world(small_world));

  const Outcome outcome = run_program(
      {.arguments = into(world, {"-v", "--command-timeout", "500ms"})}, "ada@silent.test\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.find("mx.silent.test [127.12.0.5]") != std::string::npos);
}

TEST_CASE("a name server that is not there makes dns_error, within seconds", "[program][world]") {
  const Outcome outcome =
      run_program({.arguments = {"--resolver", "127.0.0.1:9"}}, "ada@example.test\n");

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).results.at(0).at("reason") == "dns_error");
}

TEST_CASE("a session that no server ends stays within the limits asked for", "[program][world]") {
  world::LoopbackWorld world(read_world(R"(
    template default
      users none
    domain d{1-30}.test
      mx 10 mx.shared.test
    server mx.shared.test 127.12.1.1
      latency 5ms
    domain own{1-30}.test
      mx 10 mx.own{}.test
    server mx.own{1-30}.test 127.12.2.0+{}
      latency 5ms
  )"));
  std::string list;
  for (int i = 1; i <= 30; ++i) {
    for (const char* user : {"a", "b", "c"}) {
      list += user + ("@d" + std::to_string(i)) + ".test\n";
      list += user + ("@own" + std::to_string(i)) + ".test\n";
    }
  }

  const Outcome outcome = run_program({.arguments = into(world,
                                                         {"--max-connections",
                                                          "7",
                                                          "--mx-connections",
                                                          "2",
                                                          "--domain-connections",
                                                          "1",
                                                          "--rcpt-per-session",
                                                          "4",
                                                          "--threads",
                                                          "2"})},
                                      list);

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).results.size() == 180);
  const world::Counts seen = world.counts();
  CHECK(seen.sessions.most <= 7);
  CHECK(seen.servers.at("127.12.1.1").sessions.most <= 2);
  for (const auto& [address, server] : seen.servers) CHECK(server.most_rcpt_in_session <= 4);
  for (const auto& [domain, counts] : seen.domains) CHECK(counts.sessions.most <= 1);
}

TEST_CASE("the option --trace writes down every session, and changes no record",
          "[program][trace]") {
  world::LoopbackWorld world(read_world(R"(
    template default
      users ada
    domain plain.test
      mx 10 mx.plain.test
    server mx.plain.test 127.12.1.1
    domain secured.test
      mx 10 mx.secured.test
    server mx.secured.test 127.12.1.2
      starttls required
    domain closed.test
      mx 10 mx.closed.test
    host mx.closed.test 127.12.1.3
  )"));
  const TemporaryFolder folder;
  const std::string list = "ada@plain.test\nbob@secured.test\nada@closed.test\n";

  const Outcome outcome =
      run_program({.arguments = into(world, {"--trace", folder.path("trace")})}, list);

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  CHECK(read_records(outcome.output).results.size() == 3);
  std::map<std::string, std::vector<std::string>> said;
  std::istringstream trace(folder.read("trace"));
  for (std::string line; std::getline(trace, line);) {
    const auto record = nlohmann::json::parse(line);
    CHECK(record.at("session") > 0);
    said[record.at("mx")].push_back(record.at("kind").get<std::string>().substr(0, 1) + " " +
                                    record.at("text").get<std::string>());
  }
  REQUIRE(said.size() == 3);
  CHECK(said["mx.closed.test"] == std::vector<std::string>{"n the connection was refused"});
  const auto& plain = said["mx.plain.test"];
  CHECK(plain.front() == "n connected");
  CHECK(plain.back() == "n closed");
  CHECK(std::ranges::count(plain, "s RCPT TO:<ada@plain.test>") == 1);
  CHECK(std::ranges::count(plain, "r 250 2.1.5 Ok") == 1);
  const auto& secured = said["mx.secured.test"];
  CHECK(std::ranges::count(secured, "s EHLO probe.example.net") == 2);
  CHECK(std::ranges::count_if(secured, [](const std::string& line) {
          return line.starts_with("n TLSv1.3 with ");
        }) == 1);
}

TEST_CASE("a trace that can't be written leaves the records whole, and ends in exit status 3",
          "[program][trace]") {
  world::LoopbackWorld world(read_world(small_world));

  const Outcome outcome =
      run_program({.arguments = into(world, {"--trace", "/dev/full"})}, "ada@example.test\n");

  CHECK(outcome.exit_status == 3);
  CHECK(outcome.messages == "leadverify: cannot write /dev/full: No space left on device\n");
  CHECK(read_records(outcome.output).results.size() == 1);
}

TEST_CASE("the option --source-ip gives the address that servers see, and decides the IP version",
          "[program][ip]") {
  world::LoopbackWorld world(read_world(R"(
    domain both.test
      mx 10 mx.both.test
    server mx.both.test 127.12.2.1 ::1
      users ada
      on mail from=127.12.2.77 usual
      on mail from=::1 usual
      on mail 554 5.7.1 {client} is not welcome
  )"));
  const auto ask_from = [&](const Arguments& source) {
    const Outcome outcome = run_program({.arguments = into(world, source)}, "ada@both.test\n");
    return read_records(outcome.output).results.at(0);
  };

  CHECK(ask_from({}).at("reason") == "blocked_ip");
  const auto from_v4 = ask_from({"--source-ip", "127.12.2.77"});
  CHECK(from_v4.at("reason") == "accepted");
  CHECK(from_v4.at("mx_ip") == "127.12.2.1");
  const auto from_v6 = ask_from({"--source-ip", "::1"});
  CHECK(from_v6.at("reason") == "accepted");
  CHECK(from_v6.at("mx_ip") == "::1");
}

}  // namespace
}  // namespace leadverify
