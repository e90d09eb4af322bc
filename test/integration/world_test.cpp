#include "base/asio.hpp"
#include "world/loopback_front.hpp"

#include <ares.h>
#include <catch2/catch.hpp>

#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace leadverify::world {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;
using asio::ip::udp;

Script read(std::string_view text) {
  auto script = read_script(text);
  if (!script) FAIL(to_string(script.error()));
  return *std::move(script);
}

/// A client that blocks.
class Client {
 public:
  error_code connect(const LoopbackWorld& world, const char* address) {
    error_code error;
    socket_.connect({asio::ip::make_address(address), world.places().smtp_port}, error);
    return error;
  }

  void say(const std::string& octets) { asio::write(socket_, asio::buffer(octets)); }

  /// The next line, with its LF; what there is of it if the server closes.
  std::string hear() {
    error_code error_;
    const std::size_t size = asio::read_until(socket_, asio::dynamic_buffer(heard_), '\n', error_);
    std::string line = heard_.substr(0, error_ ? heard_.size() : size);
    heard_.erase(0, line.size());
    last_error = error_;
    return line;
  }

  error_code last_error;

 private:
  asio::io_context context_;
  tcp::socket socket_{context_};
  std::string heard_;
};

std::string mx_question(const char* domain) {
  unsigned char* octets = nullptr;
  int size = 0;
  REQUIRE(ares_create_query(domain, 1, dns_type::mx, 77, 1, &octets, &size, 0) == ARES_SUCCESS);
  std::string message(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
  ares_free_string(octets);
  return message;
}

std::size_t count_mx(const std::string& message) {
  ares_mx_reply* list = nullptr;
  const auto* const octets = reinterpret_cast<const unsigned char*>(message.data());
  if (ares_parse_mx_reply(octets, static_cast<int>(message.size()), &list) != ARES_SUCCESS) {
    return 0;
  }
  std::size_t count = 0;
  for (const ares_mx_reply* mx = list; mx; mx = mx->next) ++count;
  ares_free_data(list);
  return count;
}

TEST_CASE("a mail server of the world talks SMTP on loopback", "[world]") {
  LoopbackWorld world(
      read("domain a.test\n mx 1 mx.a.test\n"
           "server mx.a.test 127.2.0.1\n users ada\n latency 1ms"));
  Client client;
  REQUIRE_FALSE(client.connect(world, "127.2.0.1"));

  CHECK(client.hear() == "220 mx.a.test ESMTP ready\r\n");
  client.say("HELO p.test\r\n");
  CHECK(client.hear() == "250 mx.a.test\r\n");
  client.say("MAIL FROM:<>\r\n");
  CHECK(client.hear() == "250 2.1.0 Ok\r\n");
  client.say("RCPT TO:<ada@a.test>\r\n");
  CHECK(client.hear() == "250 2.1.5 Ok\r\n");
  client.say("QUIT\r\n");
  CHECK(client.hear() == "221 2.0.0 Bye\r\n");
  CHECK(client.hear().empty());
  CHECK(client.last_error == asio::error::eof);
  CHECK(world.counts().asked("ada@a.test") == 1);
  CHECK(world.counts().sessions.now == 0);
}

TEST_CASE("a client that disappears ends its session", "[world]") {
  LoopbackWorld world(read("server mx.a.test 127.2.0.1"));
  {
    Client client;
    REQUIRE_FALSE(client.connect(world, "127.2.0.1"));
    client.hear();
    CHECK(world.counts().sessions.now == 1);
  }

  while (world.counts().sessions.now != 0) std::this_thread::yield();

  CHECK(world.counts().sessions.most == 1);
}

TEST_CASE("a server drops, resets or refuses on loopback as its script says", "[world]") {
  LoopbackWorld world(read(R"(
    server close.test 127.2.0.1
      banner 220-half of | close
    server reset.test 127.2.0.2
      banner reset
    server refuse.test 127.2.0.3
      banner refuse
    server sometimes.test 127.2.0.4
      banner first=1 refuse
  )"));
  const auto hear_from = [&](const char* address) {
    Client client;
    if (client.connect(world, address)) return std::string("refused");
    const std::string line = client.hear();
    return client.last_error == asio::error::connection_reset ? "reset" : line;
  };

  CHECK(hear_from("127.2.0.1") == "220-half of\r\n");
  CHECK(hear_from("127.2.0.2") == "reset");
  CHECK(hear_from("127.2.0.3") == "refused");
  CHECK(hear_from("127.2.0.4") == "reset");
  CHECK(hear_from("127.2.0.4") == "220 sometimes.test ESMTP ready\r\n");
  CHECK(hear_from("127.2.0.5") == "refused");
}

TEST_CASE("a blackhole never answers a connection", "[world]") {
  LoopbackWorld world(read("server hole.test 127.2.0.1\n banner blackhole"));
  asio::io_context context;
  tcp::socket socket(context);
  bool answered = false;

  socket.async_connect({asio::ip::make_address("127.2.0.1"), world.places().smtp_port},
                       [&](error_code) { answered = true; });
  context.run_for(200ms);

  CHECK_FALSE(answered);
}

TEST_CASE("a long reply arrives whole", "[world]") {
  LoopbackWorld world(read("server long.test 127.2.0.1\n banner repeat 100000 0s 220-hello"));
  Client client;
  REQUIRE_FALSE(client.connect(world, "127.2.0.1"));

  for (int i = 0; i < 99'999; ++i) client.hear();

  CHECK(client.hear() == "220-hello\r\n");
}

TEST_CASE("the name server answers over UDP and TCP", "[world]") {
  LoopbackWorld world(read("domain a.test\n mx 1 mx{1-60}.a.test\n dns latency 1ms"));
  const auto dns = world.places().dns;
  const std::string question = mx_question("a.test");
  asio::io_context context;

  udp::socket udp_socket(context, udp::v4());
  udp_socket.send_to(asio::buffer(question), {asio::ip::make_address("127.0.0.1"), dns.port});
  std::string answer(512, '\0');
  answer.resize(udp_socket.receive(asio::buffer(answer)));
  CHECK((answer.at(2) & 0x02) != 0);

  tcp::socket tcp_socket(context);
  tcp_socket.connect({asio::ip::make_address("127.0.0.1"), dns.port});
  for (int i = 0; i < 2; ++i) {
    const std::string prefix = {0, static_cast<char>(question.size())};
    asio::write(tcp_socket, asio::buffer(prefix + question));
    std::array<unsigned char, 2> length{};
    asio::read(tcp_socket, asio::buffer(length));
    answer.resize(static_cast<std::size_t>(length[0]) << 8 | length[1]);
    asio::read(tcp_socket, asio::buffer(answer));
    CHECK(count_mx(answer) == 60);
  }
  CHECK(world.counts().dns.at("a.test MX") == 3);
}

TEST_CASE("a world of a thousand servers has one port", "[world]") {
  LoopbackWorld world(
      read("domain d{1-2200}.test\n mx 1 mx{}.test\n"
           "server mx{1-1000}.test 127.3.0.0+{}\n users *"));
  for (const char* const address : {"127.3.0.1", "127.3.1.0", "127.3.3.232"}) {
    Client client;
    REQUIRE_FALSE(client.connect(world, address));
    CHECK(client.hear().starts_with("220 mx"));
  }
  CHECK(world.counts().connections == 3);
}

TEST_CASE("the bundled world can be put up, and every one of its servers is there", "[world]") {
  std::ifstream file(PROJECT_DIR "/test/world/demo.world");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const Script script = read(text);

  const LoopbackWorld world(script);

  CHECK(script.servers.size() > 30);
  for (const Server& server : script.servers) {
    CAPTURE(server.name);
    const bool closed = server.name == "mx1.unanswered-primary.test";
    if (closed) continue;
    Client client;
    CHECK_FALSE(client.connect(world, server.addresses.at(0).to_string().c_str()));
  }
}

TEST_CASE("the bundled list asks about names that the bundled world knows", "[world]") {
  std::ifstream world(PROJECT_DIR "/test/world/demo.world");
  const Script script = read(std::string(std::istreambuf_iterator<char>(world), {}));
  std::ifstream list(PROJECT_DIR "/scripts/sample-list.txt");

  std::size_t known = 0;
  for (std::string line; std::getline(list, line);) {
    if (line.starts_with("#")) continue;
    const std::string domain = line.substr(line.rfind('@') + 1);
    known += script.names.count(lower_case(domain.substr(0, domain.find('>'))));
  }

  CHECK(known > 55);
}

}  // namespace
}  // namespace leadverify::world
