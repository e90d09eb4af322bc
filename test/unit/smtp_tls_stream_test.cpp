#include "smtp/tls_context.hpp"
#include "world/server_tls.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

namespace leadverify {
namespace {

using Step = TlsStream::Step;

/// Two ends of a connection without a socket between them.
struct Line {
  Line(TlsContext& context, world::ServerTls& server_tls, const std::string& host)
      : client(context.make_stream(host)), server(server_tls.make_stream()) {}

  /// Carries what each has to say to the other, `piece` octets at a time.
  static void carry(TlsStream& from, TlsStream& to, std::size_t piece) {
    const std::string octets = from.take_output();
    for (std::size_t i = 0; i < octets.size(); i += piece) {
      to.feed(octets.substr(i, piece));
      if (piece < octets.size()) to.has_octets();  // looks at what is there so far
    }
  }

  std::pair<Step, Step> shake_hands(std::size_t piece = 100'000) {
    Step here = Step::needs_octets;
    Step there = Step::needs_octets;
    for (int i = 0; i < 10 && (here == Step::needs_octets || there == Step::needs_octets); ++i) {
      if (here == Step::needs_octets) here = client->shake_hands();
      carry(*client, *server, piece);
      if (there == Step::needs_octets) there = server->shake_hands();
      carry(*server, *client, piece);
    }
    return {here, there};
  }

  std::unique_ptr<TlsStream> client;
  std::unique_ptr<TlsStream> server;
};

std::string read_all(TlsStream& stream) {
  std::array<char, 7> space{};
  std::string text;
  for (TlsStream::Reading reading = stream.read(space); reading.step == Step::done;
       reading = stream.read(space)) {
    text.append(space.data(), reading.length);
  }
  return text;
}

TEST_CASE("octets come out as they went in, however the line is cut", "[smtp][tls]") {
  const auto piece = GENERATE(values<std::size_t>({1, 5, 1000, 100'000}));
  CAPTURE(piece);
  TlsContext context;
  world::ServerTls server_tls;
  Line line(context, server_tls, "mx.example.org");
  REQUIRE(line.shake_hands(piece) == std::pair(Step::done, Step::done));

  CHECK(line.client->write("EHLO probe.example.net\r\n") == Step::done);
  Line::carry(*line.client, *line.server, piece);
  CHECK(read_all(*line.server) == "EHLO probe.example.net\r\n");

  const std::string much(40'000, 'x');
  CHECK(line.server->write(much) == Step::done);
  Line::carry(*line.server, *line.client, piece);
  CHECK(line.client->has_octets());
  CHECK(read_all(*line.client) == much);
  CHECK_FALSE(line.client->has_octets());
}

TEST_CASE("what was agreed on is told, with what the certificate is worth", "[smtp][tls]") {
  TlsContext context;
  world::ServerTls server_tls;
  Line line(context, server_tls, "mx.example.org");
  line.shake_hands();

  CHECK(line.client->describe() ==
        "TLSv1.3 with TLS_AES_256_GCM_SHA384; the certificate would not verify: self-signed "
        "certificate");
}

TEST_CASE("a server's ticket is taken up by the next session with it, and by no other's",
          "[smtp][tls]") {
  TlsContext context;
  world::ServerTls server_tls;
  const auto resumes = [&](const std::string& host) {
    Line line(context, server_tls, host);
    REQUIRE(line.shake_hands() == std::pair(Step::done, Step::done));
    // The tickets come behind the handshake, and are no octets to be read.
    CHECK_FALSE(line.client->has_octets());
    return line.client->describe().find("resumed") != std::string::npos;
  };

  CHECK_FALSE(resumes("mx.example.org"));
  CHECK(resumes("mx.example.org"));
  CHECK(resumes("mx.example.org"));
  CHECK_FALSE(resumes("mx.example.net"));
  CHECK_FALSE(resumes("[192.0.2.1]"));
  CHECK_FALSE(resumes("[192.0.2.1]"));
}

TEST_CASE("tickets without end are a failure, as nothing follows to be read", "[smtp][tls]") {
  const auto [tickets, step] = GENERATE(values<std::pair<std::size_t, Step>>({
      {60, Step::needs_octets},
      {400, Step::failed},
  }));
  const auto piece = GENERATE(values<std::size_t>({1000, 1'000'000}));
  CAPTURE(tickets, piece);
  TlsContext context;
  world::ServerTls server_tls(tickets);
  Line line(context, server_tls, "mx.example.org");
  REQUIRE(line.shake_hands(piece) == std::pair(Step::done, Step::done));

  std::array<char, 100> space{};
  CHECK(line.client->has_octets() == (step == Step::failed));
  CHECK(line.client->read(space).step == step);
}

TEST_CASE("old tickets make room for new ones", "[smtp][tls]") {
  TlsContext context;
  world::ServerTls server_tls;
  const auto visit = [&](int number) {
    Line line(context, server_tls, "mx" + std::to_string(number) + ".example.org");
    line.shake_hands();
    line.client->has_octets();
    return line.client->describe().find("resumed") != std::string::npos;
  };
  for (int i = 0; i < 201; ++i) visit(i);

  CHECK_FALSE(visit(0));
  CHECK(visit(200));
}

TEST_CASE("what is no TLS ends a handshake with its reason", "[smtp][tls]") {
  struct Example {
    std::string octets;
    std::string reason;
  };
  const auto example = GENERATE(values<Example>({
      {"250 2.1.5 Ok\r\n", "wrong version number"},
      {std::string("\x15\x03\x03\x00\x02\x02\x50", 7), "tlsv1 alert internal error"},
      {std::string("\x16\x03\x03\x00\x04\x63\x00\x00\x00", 9), "unexpected message"},
  }));
  TlsContext context;
  const auto client = context.make_stream("mx.example.org");
  REQUIRE(client->shake_hands() == Step::needs_octets);
  client->feed(example.octets);

  CHECK(client->shake_hands() == Step::failed);
  CHECK(client->fault() == example.reason);
}

TEST_CASE("a record that was tampered with ends the connection", "[smtp][tls]") {
  TlsContext context;
  world::ServerTls server_tls;
  Line line(context, server_tls, "mx.example.org");
  line.shake_hands();
  line.server->write("550 5.1.1 no\r\n");
  std::string octets = line.server->take_output();
  octets.back() = static_cast<char>(octets.back() ^ 1);
  line.client->feed(octets);

  std::array<char, 100> space{};
  CHECK(line.client->read(space).step == Step::failed);
  CHECK(line.client->write("QUIT\r\n") == Step::failed);
}

}  // namespace
}  // namespace leadverify
