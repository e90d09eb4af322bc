#include "servers/run_case.hpp"

#include "base/asio.hpp"
#include "support/program.hpp"
#include "support/records.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <list>
#include <sstream>
#include <utility>

namespace leadverify::servers {
namespace {

using Faults = std::vector<std::string>;

/// "550", "5.1.1" and the text, of "550 5.1.1 text".
struct ReplyParts {
  nlohmann::json code = nullptr;
  nlohmann::json enhanced = nullptr;
  nlohmann::json message = nullptr;
};

ReplyParts parts_of(const std::string& reply) {
  ReplyParts parts;
  if (reply.empty()) return parts;
  parts.code = std::stoi(reply.substr(0, 3));
  std::string text = reply.substr(4);
  const std::string word = text.substr(0, text.find(' '));
  const bool is_enhanced = std::ranges::count(word, '.') == 2 &&
                           word.find_first_not_of("0123456789.") == std::string::npos;
  if (is_enhanced) {
    parts.enhanced = word;
    text.erase(0, word.size() + 1);
  }
  parts.message = text;
  return parts;
}

nlohmann::json or_null(const std::string& text) {
  return text.empty() ? nlohmann::json() : nlohmann::json(text);
}

/// The arguments of a run, with mail servers at the resolver's port: what leads into the test's own
/// world, the case's options, and where it has none of the kind, one early retry.
std::vector<std::string> arguments_of(const Case& asked, const Endpoint& resolver) {
  std::vector<std::string> arguments = {"--resolver",
                                        to_string(resolver),
                                        "--smtp-port",
                                        std::to_string(resolver.port),
                                        "--allow-net",
                                        "127.0.0.0/8,::1",
                                        "--domain-rate",
                                        "0"};
  const std::vector<std::pair<std::string, std::string>> usual = {
      {"--helo", "probe.example.net"}, {"--greylist-delay", "50ms"}, {"--greylist-retries", "1"}};
  for (const auto& [name, value] : usual) {
    if (std::ranges::find(asked.options, name) == asked.options.end()) {
      arguments.insert(arguments.end(), {name, value});
    }
  }
  arguments.insert(arguments.end(), asked.options.begin(), asked.options.end());
  return arguments;
}

Outcome run(const Case& asked, const Endpoint& resolver) {
  std::string input;
  for (const Expected& each : asked.expected) input += each.address + "\n";
  return run_program({.arguments = arguments_of(asked, resolver)}, input);
}

std::vector<nlohmann::json> in_order(const std::string& output) {
  std::vector<nlohmann::json> records = read_records(output).results;
  std::ranges::sort(
      records, {}, [](const nlohmann::json& record) { return record.at("line").get<int>(); });
  return records;
}

/// What a record has to be: all but what differs from run to run, and what lists of names say.
nlohmann::json record_of(const Case& asked, std::size_t number, const Endpoint& server) {
  const Expected& expected = asked.expected.at(number);
  std::istringstream words(expected.verdict);
  std::string status;
  std::string reason;
  std::string confidence;
  words >> status >> reason >> confidence;
  const ReplyParts reply = parts_of(expected.reply);

  nlohmann::json record;
  record["line"] = number + 1;
  record["input"] = expected.address;
  record["email"] = expected.address;
  record["domain"] = asked.domain;
  record["status"] = status;
  record["reason"] = reason;
  record["confidence"] = or_null(confidence);
  record["valid"] = status == "valid"     ? nlohmann::json(true)
                    : status == "invalid" ? nlohmann::json(false)
                                          : nlohmann::json();
  record["catch_all"] = expected.catch_all ? nlohmann::json(*expected.catch_all) : nlohmann::json();
  record["greylist"] = expected.greylist;
  record["code"] = reply.code;
  record["enhanced"] = reply.enhanced;
  record["message"] = reply.message;
  record["error"] = or_null(expected.error);
  record["mx"] = or_null(expected.exchange.value_or("mx." + asked.domain));
  record["mx_ip"] = or_null(expected.exchange_address.value_or(server.address.to_string()));
  record["provider"] = nullptr;
  record["stage"] = expected.stage;
  record["attempts"] = expected.attempts;
  record["duplicate_of"] = nullptr;
  return record;
}

/// A client that has connected and says nothing, as somebody else's might.
class HeldConnection {
 public:
  explicit HeldConnection(const Endpoint& place) : socket_(context_) {
    socket_.connect({asio::ip::make_address(place.address.to_string()), place.port});
    std::array<char, 1> octet{};
    socket_.receive(asio::buffer(octet));
  }

 private:
  asio::io_context context_;
  asio::ip::tcp::socket socket_;
};

/// Each key whose value is not as expected, with both values.
void compare(const nlohmann::json& record, const nlohmann::json& expected, Faults& faults) {
  for (const auto& [key, value] : expected.items()) {
    if (record.value(key, nlohmann::json()) == value) continue;
    faults.push_back(expected.at("email").get<std::string>() + ": " + key + " is " +
                     record.value(key, nlohmann::json()).dump() + ", not " + value.dump());
  }
}

/// Whatever is not as the case has it.
Faults faults_of(const Case& asked, const Outcome& outcome, const Endpoint& server) {
  Faults faults;
  if (outcome.exit_status != 0)
    faults.push_back("exit status " + std::to_string(outcome.exit_status));
  if (!outcome.messages.empty()) faults.push_back("messages: " + outcome.messages);
  const auto records = in_order(outcome.output);
  if (records.size() != asked.expected.size()) {
    faults.push_back(std::to_string(records.size()) + " records");
    return faults;
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    compare(records[i], record_of(asked, i, server), faults);
  }
  return faults;
}

/// `number` is that of the case: it has its server's address.
void check(const Case& asked, std::size_t number, const Places& places, Witness& witness) {
  witness.begin(asked.domain);
  std::list<HeldConnection> held;
  for (int i = 0; i < asked.held_connections; ++i) held.emplace_back(places.mail_server(number));

  const Outcome outcome = run(asked, places.name_server());
  held.clear();

  Faults faults = faults_of(asked, outcome, places.mail_server(number));
  const int sessions = read_records(outcome.output).summary.value("connections", 0);
  const int seen = witness.sessions(sessions + asked.held_connections) - asked.held_connections;
  if (seen != sessions || sessions > asked.sessions) {
    faults.push_back(std::to_string(seen) + " sessions, " + std::to_string(sessions) +
                     " by our own count");
  }
  for (const std::string& line : witness.misdeeds()) {
    const bool allowed =
        !asked.complaint.empty() && line.find(asked.complaint) != std::string::npos;
    if (!allowed) faults.push_back("the server complains: " + line);
  }

  if (witness.log().find(asked.log) == std::string::npos)
    faults.push_back("no word of " + asked.log);

  CAPTURE(asked.title);
  INFO(witness.log());
  CHECK(faults == Faults());
}

}  // namespace

void check_all(const std::vector<Case>& cases, const Places& places, Witness witness) {
  for (std::size_t i = 0; i < cases.size(); ++i) check(cases[i], i, places, witness);
}

void check_dns(const std::vector<Case>& cases, const Endpoint& resolver) {
  for (Case each : cases) {
    for (Expected& expected : each.expected) {
      const std::size_t place = expected.error.find('@');
      if (place != std::string::npos) expected.error.replace(place, 1, to_string(resolver));
    }
    each.options.insert(each.options.end(), {"--check", "dns"});
    const Outcome outcome = run(each, resolver);
    CAPTURE(each.title);
    CHECK(faults_of(each, outcome, resolver) == Faults());
  }
}

}  // namespace leadverify::servers
