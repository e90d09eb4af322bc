// TLS over real sockets: a transport with the openssl program, and with one who never answers.
#include "base/clock.hpp"
#include "bench/child.hpp"
#include "smtp/transport.hpp"
#include "support/temporary_folder.hpp"
#include "world/server_tls.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <thread>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

constexpr const char* openssl = "/usr/bin/openssl";
constexpr auto patience = 20s;

/// Runs a coroutine to its end.
template <class T>
T wait_for(asio::io_context& context, asio::awaitable<T> task) {
  std::optional<T> result;
  asio::co_spawn(context, std::move(task), [&](const std::exception_ptr& fault, T value) {
    if (!fault) result = std::move(value);
  });
  context.restart();
  while (!result && context.run_one() > 0) continue;  // a deadline that was met still ticks
  REQUIRE(result);
  return *std::move(result);
}

TimePoint in(Duration time) {
  return SteadyClock().now() + time;
}

/// openssl s_server with a certificate for mx.example.org that it has signed itself; what is
/// written to `words` it says to its client.
class TlsServer {
 public:
  explicit TlsServer(const std::vector<std::string>& options,
                     const std::string& key = "ec",
                     const std::string& key_option = "ec_paramgen_curve:P-256") {
    bench::Child maker({openssl,
                        "req",
                        "-x509",
                        "-newkey",
                        key,
                        "-pkeyopt",
                        key_option,
                        "-nodes",
                        "-subj",
                        "/CN=mx.example.org",
                        "-addext",
                        "subjectAltName=DNS:mx.example.org",
                        "-keyout",
                        folder.path("key.pem"),
                        "-out",
                        certificate()},
                       {});
    REQUIRE(maker.wait().exit_status == 0);
    std::vector<std::string> command = {openssl,
                                        "s_server",
                                        "-accept",
                                        "127.0.0.1:0",
                                        "-cert",
                                        certificate(),
                                        "-key",
                                        folder.path("key.pem")};
    command.insert(command.end(), options.begin(), options.end());
    child.emplace(command, bench::Child::Streams{words.read_end, said.write_end});
    said.close_write_end();
    const auto line = hear("ACCEPT ");
    REQUIRE(line);
    place = *parse_endpoint(line->substr(7), 1);
  }

  /// The next line that begins with `start`: it tells much besides.
  std::optional<std::string> hear(const std::string& start) const {
    for (int lines = 0; lines < 100; ++lines) {
      std::string line = bench::read_line(said.read_end);
      if (line.starts_with(start)) return line;
    }
    return std::nullopt;
  }

  std::string certificate() const { return folder.path("certificate.pem"); }
  void say(const std::string& line) {
    REQUIRE(::write(words.write_end, line.data(), line.size()) == ssize_t(line.size()));
  }

  TemporaryFolder folder;
  bench::Pipe words;
  bench::Pipe said;
  std::optional<bench::Child> child;
  Endpoint place;
};

struct Client {
  Expected<std::string, TlsFault> secure(const Endpoint& place,
                                         const std::string& host,
                                         Duration time) {
    const auto fault = wait_for(context, transport->connect(place, in(patience)));
    REQUIRE_FALSE(fault);
    // A wait that is over too early would be a fault of its own; to be late is the machine's.
    return *wait_for(context, keep(transport->secure(host, in(time))));
  }
  std::string read_line() {
    std::string line;
    while (!line.ends_with('\n')) {
      const auto octets = *wait_for(context, keep(transport->read(in(patience))));
      REQUIRE(octets);
      line += *octets;
    }
    return line;
  }

  template <class T>
  static asio::awaitable<std::optional<T>> keep(asio::awaitable<T> task) {
    T value = co_await std::move(task);
    co_return std::optional<T>(std::move(value));
  }

  asio::io_context context;
  TcpNetwork network{context, Reach({*IpNetwork::parse("127.0.0.0/8")})};
  std::unique_ptr<Transport> transport = network.make_transport();
};

TEST_CASE("TLS is spoken in its versions 1.2 and 1.3", "[tls]") {
  const auto version = GENERATE(values<std::string>({"1_2", "1_3"}));
  CAPTURE(version);
  TlsServer server({"-tls" + version});
  Client client;

  const auto secured = client.secure(server.place, "mx.example.org", patience);
  REQUIRE(secured);
  CHECK(secured->starts_with(version == "1_2" ? "TLSv1.2 with " : "TLSv1.3 with "));

  server.say("220 so far so good\n");
  CHECK(client.read_line() == "220 so far so good\n");
  CHECK_FALSE(wait_for(client.context, client.transport->write("QUIT\r\n", in(patience))));
  CHECK(server.hear("QUIT\r"));
}

TEST_CASE("older versions of TLS are none", "[tls]") {
  TlsServer server({"-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"});
  Client client;

  const auto secured = client.secure(server.place, "mx.example.org", patience);

  REQUIRE_FALSE(secured);
  CHECK(secured.error().kind == TransportFault::tls_failed);
  CHECK(secured.error().what == "the TLS handshake failed: tlsv1 alert protocol version");
}

TEST_CASE("keys are not exchanged in a finite field, whose size the server would choose", "[tls]") {
  const auto options = GENERATE(values<std::vector<std::string>>({
      {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0"},
      {"-tls1_3", "-groups", "ffdhe2048"},
  }));
  CAPTURE(options);
  TlsServer server(options, "rsa", "rsa_keygen_bits:2048");
  Client client;

  const auto secured = client.secure(server.place, "mx.example.org", patience);

  REQUIRE_FALSE(secured);
  CHECK(secured.error().what == "the TLS handshake failed: sslv3 alert handshake failure");
}

TEST_CASE("what a certificate is worth is told, and not held against the server", "[tls]") {
  struct Example {
    std::string host;
    bool trusted;
    std::string verdict;
  };
  const auto example = GENERATE(values<Example>({
      {"mx.example.org", true, "; the certificate would verify"},
      {"mx.example.net", true, "; the certificate would not verify: hostname mismatch"},
      {"mx.example.org", false, "; the certificate would not verify: self-signed certificate"},
  }));
  TlsServer server({});
  const std::string trusted = example.trusted ? server.certificate() : "/dev/null";
  ::setenv("SSL_CERT_FILE", trusted.c_str(), 1);
  Client client;

  const auto secured = client.secure(server.place, example.host, patience);
  ::unsetenv("SSL_CERT_FILE");

  REQUIRE(secured);
  CHECK(secured->ends_with(example.verdict));
}

/// Shakes hands with one client, and then sends it tickets as long as it listens.
void flood_with_tickets(asio::ip::tcp::acceptor& acceptor) {
  world::ServerTls server_tls(4000);
  const std::unique_ptr<TlsStream> tls = server_tls.make_stream();
  asio::ip::tcp::socket socket = acceptor.accept();
  error_code error;
  std::array<char, 4096> space{};
  TlsStream::Step step = TlsStream::Step::needs_octets;
  while (!error && step == TlsStream::Step::needs_octets) {
    const std::size_t length = socket.read_some(asio::buffer(space), error);
    tls->feed({space.data(), length});
    step = tls->shake_hands();
    asio::write(socket, asio::buffer(tls->take_output()), error);
  }
  socket.read_some(asio::buffer(space), error);  // until the client hangs up
}

TEST_CASE("a server that sends tickets without end is not listened to for long", "[tls]") {
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  std::thread thread([&] { flood_with_tickets(acceptor); });
  Client client;
  const Endpoint place{*IpAddress::parse("127.0.0.1"), acceptor.local_endpoint().port()};
  REQUIRE(client.secure(place, "mx.example.org", patience));

  const TimePoint due = in(patience);
  bool has_octets = client.transport->has_octets();
  while (!has_octets && SteadyClock().now() < due) has_octets = client.transport->has_octets();
  const auto octets = *wait_for(client.context, Client::keep(client.transport->read(in(patience))));
  client.transport->close();
  thread.join();

  CHECK(has_octets);
  REQUIRE_FALSE(octets);
  CHECK(octets.error() == TransportFault::tls_failed);
}

TEST_CASE("a handshake is over at its deadline", "[tls]") {
  asio::io_context context;
  asio::ip::tcp::acceptor silent(context, {asio::ip::make_address("127.0.0.1"), 0});
  Client client;
  const Endpoint place{*IpAddress::parse("127.0.0.1"), silent.local_endpoint().port()};

  const TimePoint begun = SteadyClock().now();
  const auto secured = client.secure(place, "mx.example.org", 100ms);

  REQUIRE_FALSE(secured);
  CHECK(secured.error().kind == TransportFault::timed_out);
  CHECK(SteadyClock().now() - begun >= 100ms);
}

TEST_CASE("a server that hangs up in the handshake has failed at it", "[tls]") {
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  acceptor.async_accept([](error_code, asio::ip::tcp::socket) {});
  std::thread thread([&] { context.run(); });
  Client client;
  const Endpoint place{*IpAddress::parse("127.0.0.1"), acceptor.local_endpoint().port()};

  const auto secured = client.secure(place, "mx.example.org", patience);
  thread.join();

  REQUIRE_FALSE(secured);
  CHECK(secured.error().kind == TransportFault::tls_failed);
  CHECK(secured.error().what == "the server hung up during the TLS handshake");
}

}  // namespace
}  // namespace leadverify
