// How a run ends early: by signals, and by --max-time.
#include "support/program.hpp"
#include "support/records.hpp"
#include "support/staged_list.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace leadverify {
namespace {

/// A DNS server that hears questions and answers none.
class SilentNameServer {
 public:
  SilentNameServer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address_;
    auto* const address = reinterpret_cast<sockaddr*>(&address_);
    REQUIRE(::bind(socket_, address, length) == 0);
    REQUIRE(::getsockname(socket_, address, &length) == 0);
  }
  ~SilentNameServer() { ::close(socket_); }
  SilentNameServer(const SilentNameServer&) = delete;
  SilentNameServer& operator=(const SilentNameServer&) = delete;

  /// As --resolver wants it.
  std::string name() const { return "127.0.0.1:" + std::to_string(ntohs(address_.sin_port)); }

  /// Waits for a question about a name in the top-level domain `label`, of three letters;
  /// false after 20 seconds without any.
  bool is_asked_about(const std::string& label) const {
    const std::string in_question = "\3" + label;  // RFC 1035 section 3.1
    std::string question;
    while (question.find(in_question) == std::string::npos) {
      pollfd ready = {.fd = socket_, .events = POLLIN, .revents = 0};
      if (::poll(&ready, 1, 20'000) != 1) return false;
      question.resize(512);
      const ssize_t count = ::recv(socket_, question.data(), question.size(), 0);
      question.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return true;
  }

 private:
  int socket_;
  sockaddr_in address_{};
};

TEST_CASE("the first signal ends a run that waits for input", "[program][ending]") {
  struct Example {
    int signal;
    int exit_status;
  };
  const auto example = GENERATE(values<Example>({{SIGINT, 130}, {SIGTERM, 143}, {SIGHUP, 129}}));
  CAPTURE(example.signal);
  Program program({.arguments = {"--check", "syntax"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.send(example.signal);
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == example.exit_status);
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == 1);
  CHECK(records.summary.at("complete") == false);
  CHECK(records.summary.at("total") == 1);
  CHECK(outcome.messages.find("run again") != std::string::npos);
}

TEST_CASE("a quiet run says nothing when it is ended", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax", "-q"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.send(SIGINT);
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 130);
  CHECK(outcome.messages.empty());
}

TEST_CASE("on standard output unsettled addresses are written as interrupted",
          "[program][ending]") {
  const SilentNameServer server;
  Program program({.arguments = {"--check", "dns", "--resolver", server.name()}});
  program.write("nonsense\nada@example.org\nbob@example.net\n");
  REQUIRE(program.wait_for_output("nonsense"));
  REQUIRE(server.is_asked_about("net"));

  program.send(SIGINT);
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 130);
  const Records records = read_records(outcome.output);
  CHECK(records.results.size() == 3);
  CHECK(records.summary.at("total") == 3);
  CHECK(records.summary.at("reasons").at("interrupted") == 2);
  CHECK(outcome.messages.find("of 3 addresses read, 1 are settled") != std::string::npos);
}

TEST_CASE("in a file unsettled addresses are left out, and not counted", "[program][ending]") {
  const SilentNameServer server;
  const TemporaryFolder folder;
  Program program(
      {.arguments = {"--check", "dns", "--resolver", server.name(), "-o", folder.path("out")}});
  program.write("nonsense\nada@example.org\nbob@example.net\n");
  REQUIRE(server.is_asked_about("net"));

  program.send(SIGTERM);
  REQUIRE(program.wait_for_message("settled"));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 143);
  const Records records = read_records(folder.read("out"));
  REQUIRE(records.results.size() == 1);
  CHECK(records.results[0].at("input") == "nonsense");
  const nlohmann::json summary = read_records(outcome.output).summary;
  CHECK(summary.at("complete") == false);
  CHECK(summary.at("total") == 1);
  CHECK(summary.at("unknown") == 0);
}

TEST_CASE("an ordered file that is resumed is in order", "[program][ending]") {
  const SilentNameServer server;
  const TemporaryFolder folder;
  const auto call = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"--ordered", "-o", folder.path("out")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Call{.arguments = arguments};
  };
  const std::string list = "nonsense\nada@example.org\nmore nonsense\nbob@example.net\n";
  Program program(call({"--check", "dns", "--resolver", server.name()}));
  program.write(list);
  REQUIRE(server.is_asked_about("net"));

  program.send(SIGTERM);
  const Outcome ended = program.finish();
  const std::string begun = folder.read("out");
  const Outcome resumed = run_program(call({"--check", "syntax", "--resume"}), list);

  CHECK(ended.exit_status == 143);
  REQUIRE(read_records(begun).results.size() == 1);
  CHECK(read_records(begun).results[0].at("line") == 1);
  CHECK(read_records(ended.output).summary.at("total") == 1);
  CHECK(read_records(ended.output).summary.at("invalid") == 1);
  CHECK(resumed.exit_status == 0);
  CHECK(folder.read("out").starts_with(begun));
  const Records records = read_records(folder.read("out"));
  REQUIRE(records.results.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(records.results[i].at("line") == i + 1);
  CHECK(read_records(resumed.output).summary.at("total") == 4);
}

TEST_CASE("the option --resume is named where the next run would take it", "[program][ending]") {
  struct Example {
    std::string output;
    std::string format;
    bool is_resumable;
  };
  const auto example = GENERATE(values<Example>({{"out", "jsonl", true},
                                                 {"out", "csv", false},
                                                 {"out", "reacher", false},
                                                 {"/dev/null", "jsonl", false}}));
  CAPTURE(example.output, example.format);
  const TemporaryFolder folder;
  const std::string output = example.output == "out" ? folder.path("out") : example.output;
  std::vector<std::string> arguments = {"--check", "syntax", "--max-time", "100ms"};
  arguments.insert(arguments.end(),
                   {"-o", output, "--format", example.format, "--summary", "none"});
  Program program({.arguments = arguments});

  REQUIRE(program.wait_for_message("are settled; run again "));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 75);
  const char* const hint = example.is_resumable ? "; run again with --resume for the others\n"
                                                : "; run again for the others\n";
  CHECK(outcome.messages.ends_with(hint));
}

TEST_CASE("a second signal ends a run that can't write", "[program][ending]") {
  const TemporaryFolder folder;
  std::string list;
  for (int number = 0; number < 20'000; ++number) {
    list += "ada" + std::to_string(number) + "@example.org\n";
  }
  Program program({.arguments = {"--check", "syntax", folder.write("list", list)}});
  REQUIRE(program.wait_for_output("\n"));

  program.send(SIGTERM);
  REQUIRE(program.wait_for_message("leadverify: ending"));
  std::optional<int> exit_status;
  for (int pressed = 0; pressed < 200 && !exit_status; ++pressed) {
    program.send(SIGINT);
    exit_status = program.wait_for_end(std::chrono::milliseconds(50));
  }

  CHECK(exit_status == 130);
}

/// A pipe that nobody reads, and that is full.
class StoppedPipe {
 public:
  StoppedPipe() {
    REQUIRE(::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) == 0);
    const std::string page(4096, 'x');
    while (::write(ends_[1], page.data(), page.size()) > 0) {
    }
    ::fcntl(ends_[1], F_SETFL, 0);
  }
  ~StoppedPipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  StoppedPipe(const StoppedPipe&) = delete;
  StoppedPipe& operator=(const StoppedPipe&) = delete;

  int end() const { return ends_[1]; }

 private:
  std::array<int, 2> ends_{};
};

TEST_CASE("a run that is to end ends, though nobody takes what it writes", "[program][ending]") {
  using namespace std::chrono_literals;
  const StoppedPipe stopped;
  const TemporaryFolder folder;
  const auto call = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"--check", "syntax"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Call{.arguments = arguments};
  };
  // Records, messages and the summary each have nowhere to go.
  Call records = call({"--max-time", "200ms"});
  records.standard_output = stopped.end();
  Call messages = call({"--progress", "plain", "-o", folder.path("messages")});
  messages.standard_error = stopped.end();
  Call summary = call({"-o", folder.path("summary"), "-q"});
  summary.standard_output = stopped.end();
  Program without_records(records);
  Program without_messages(messages);
  Program without_summary(summary);
  for (Program* const program : {&without_records, &without_messages, &without_summary}) {
    program->write("ada@example.org\nbob@example.org\n");
  }
  for (const char* const file : {"messages", "summary"}) {
    REQUIRE(wait_for_lines(folder, file, 2));
  }

  const auto begin = std::chrono::steady_clock::now();
  without_messages.send(SIGTERM);
  without_summary.send(SIGINT);

  CHECK(without_records.wait() == 75);
  CHECK(without_messages.wait() == 143);
  CHECK(without_summary.wait() == 130);
  CHECK(std::chrono::steady_clock::now() - begin > 5s);
  CHECK(read_records(folder.read("messages")).results.size() == 2);
  CHECK(read_records(folder.read("summary")).results.size() == 2);
}

TEST_CASE("a signal that comes twice at once is one", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  // Two of one kind could become one on their way already.
  program.send(SIGTERM);
  program.send(SIGINT);
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK((outcome.exit_status == 130 || outcome.exit_status == 143));
  CHECK(read_records(outcome.output).summary.at("complete") == false);
}

TEST_CASE("SIGUSR1 is answered with one line, and the run goes on", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("ada@example.org"));

  program.send(SIGUSR1);
  REQUIRE(program.wait_for_message("\n"));
  program.write("bob@example.org\n");
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.starts_with("leadverify: 1  "));
  CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
  CHECK(read_records(outcome.output).results.size() == 2);
}

TEST_CASE("SIGUSR1 ends no run that waits for its output to be opened", "[program][ending]") {
  const TemporaryFolder folder;
  const std::string fifo = folder.path("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  Program program({.arguments = {"-v", "--check", "syntax", "-o", fifo},
                   .environment = {{"LEADVERIFY_THREADS", "1"}}});
  // It has begun; now it waits until somebody reads the FIFO.
  REQUIRE(program.wait_for_message("LEADVERIFY_THREADS = 1\n"));

  program.send(SIGUSR1);
  const int reader = ::open(fifo.c_str(), O_RDONLY | O_CLOEXEC);
  program.write("ada@example.org\n");
  const Outcome outcome = program.finish();
  ::close(reader);

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).summary.at("total") == 1);
}

TEST_CASE("the option --max-time ends a run as incomplete", "[program][ending]") {
  Program program({.arguments = {"--check", "syntax", "--max-time", "300ms"}});
  program.write("ada@example.org\n");
  REQUIRE(program.wait_for_output("\"summary\""));
  const Outcome outcome = program.finish();

  CHECK(outcome.exit_status == 75);
  CHECK(read_records(outcome.output).results.size() == 1);
  CHECK(read_records(outcome.output).summary.at("complete") == false);
}

TEST_CASE("a run that is done within --max-time is complete", "[program][ending]") {
  const Outcome outcome =
      run_program({.arguments = {"--check", "syntax", "--max-time", "1h"}}, "ada@example.org\n");

  CHECK(outcome.exit_status == 0);
  CHECK(read_records(outcome.output).summary.at("complete") == true);
}

}  // namespace
}  // namespace leadverify
