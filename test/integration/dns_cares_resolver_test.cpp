#include "dns/caching_resolver.hpp"
#include "dns/cares_channel.hpp"
#include "dns/cares_resolver.hpp"
#include "support/loopback_name_server.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sys/resource.h>
#include <thread>

namespace {

std::atomic<bool> out_of_descriptors = false;

}  // namespace

/// In the place of the system library's. (A limit of descriptors would be in the sanitizers' way.)
extern "C" int socket(int family, int type, int protocol) noexcept {
  if (!out_of_descriptors) return static_cast<int>(::syscall(SYS_socket, family, type, protocol));
  errno = EMFILE;
  return -1;
}

namespace leadverify {
namespace {

using namespace std::chrono_literals;
using Question = LoopbackNameServer::Question;
using std::chrono::steady_clock;

const char* const domain = "example.org";

DnsMessage mx_message() {
  return DnsMessage(domain, DnsType::mx);
}

DnsOctets one_exchange() {
  return mx_message().answer(domain, DnsType::mx, 107, mx_content(10, "mx.example.org")).octets();
}

LoopbackNameServer::Script always(const DnsOctets& octets) {
  return [octets](const Question&) { return octets; };
}

std::optional<DnsOctets> silence(const Question&) {
  return std::nullopt;
}

/// Name servers and a resolver that asks them, on one io_context.
struct Scene {
  LoopbackNameServer& serve(LoopbackNameServer::Script script) {
    servers.push_back(std::make_unique<LoopbackNameServer>(io.get_executor(), std::move(script)));
    params.servers.push_back(servers.back()->endpoint());
    return *servers.back();
  }

  CaresResolver& resolver() {
    if (!made) made = *CaresResolver::make(io.get_executor(), params);
    return *made;
  }

  MxAnswer lookup_mx(const std::string& name = domain) {
    std::optional<MxAnswer> answer;
    resolver().lookup_mx(name, [&](const MxAnswer& told) { answer = told; });
    run_until([&] { return answer.has_value(); });
    return answer.value();
  }

  AddressAnswer lookup_addresses(const std::string& host) {
    std::optional<AddressAnswer> answer;
    resolver().lookup_addresses(host, [&](const AddressAnswer& told) { answer = told; });
    run_until([&] { return answer.has_value(); });
    return answer.value();
  }

  template <class Condition>
  void run_until(Condition condition) {
    const auto deadline = steady_clock::now() + 5s;
    while (!condition() && steady_clock::now() < deadline) io.run_one_for(1s);
    REQUIRE(condition());
  }

  /// Does the io_context run out of work, once the servers are gone?
  bool comes_to_rest() {
    servers.clear();
    io.run_for(2s);
    return io.stopped();
  }

  asio::io_context io;
  std::vector<std::unique_ptr<LoopbackNameServer>> servers;
  CaresResolver::Params params = {.timeout = 250ms, .outage_patience = 0ms};
  std::shared_ptr<CaresResolver> made;
};

TEST_CASE("a domain's MX records come with their TTL", "[dns][cares_resolver]") {
  Scene scene;
  const auto& server = scene.serve(always(one_exchange()));

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.records == std::vector<MxRecord>{{10, "mx.example.org"}});
  CHECK(answer.ttl == 107s);
  REQUIRE(server.questions().size() == 1);
  CHECK(server.questions()[0].name == "example.org");
  CHECK(server.questions()[0].type == DnsType::mx);
  CHECK(server.questions()[0].with_edns);
  CHECK(scene.resolver().counts().queries == 1);
}

struct Example {
  const char* what;
  DnsOctets octets;
  DnsStatus status;
  std::string error;  // how it begins
};

TEST_CASE("what a server says of a name and what it does not know are kept apart",
          "[dns][cares_resolver]") {
  const auto example = GENERATE(values<Example>({
      {"NXDOMAIN",
       mx_message().code(3).authority("org", DnsType::soa, 300, soa_content(77)).octets(),
       DnsStatus::nxdomain,
       ""},
      {"no data",
       mx_message().authority("org", DnsType::soa, 300, soa_content(77)).octets(),
       DnsStatus::no_data,
       ""},
      {"SERVFAIL", mx_message().code(2).octets(), DnsStatus::failed, "SERVFAIL from 127.0.0.1:"},
      {"REFUSED", mx_message().code(5).octets(), DnsStatus::failed, "REFUSED from 127.0.0.1:"},
      {"NOTIMP", mx_message().code(4).octets(), DnsStatus::failed, "NOTIMP from 127.0.0.1:"},
      {"FORMERR", mx_message().code(1).octets(), DnsStatus::failed, "FORMERR from 127.0.0.1:"},
      {"a CNAME loop",
       mx_message()
           .answer(domain, DnsType::cname, 60, wire_name("example.net"))
           .answer("example.net", DnsType::cname, 60, wire_name(domain))
           .octets(),
       DnsStatus::failed,
       "a CNAME loop"},
      {"a malformed record",
       mx_message().answer(domain, DnsType::mx, 60, {0, 10, 9}).octets(),
       DnsStatus::failed,
       "a malformed MX record"},
  }));
  CAPTURE(example.what);
  Scene scene;
  scene.serve(always(example.octets));

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == example.status);
  CHECK(answer.error.substr(0, example.error.size()) == example.error);
  CHECK(answer.ttl == (example.status == DnsStatus::failed ? 0s : 77s));
}

TEST_CASE("a null MX and a CNAME chain come through", "[dns][cares_resolver]") {
  Scene scene;
  scene.serve(always(mx_message()
                         .answer(domain, DnsType::cname, 60, wire_name("example.net"))
                         .answer("example.net", DnsType::mx, 90, mx_content(0, ""))
                         .octets()));

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.records == std::vector<MxRecord>{{0, ""}});
  CHECK(answer.ttl == 60s);
}

TEST_CASE("a truncated answer is asked for again over TCP", "[dns][cares_resolver]") {
  DnsMessage long_message = mx_message();
  for (int i = 0; i < 60; ++i) {
    const std::string exchange = "mx" + std::to_string(i) + ".example.org";
    long_message.answer(domain, DnsType::mx, 60, mx_content(10, exchange));
  }
  Scene scene;
  const auto& server = scene.serve([&](const Question& question) {
    return question.over_tcp ? long_message.octets() : mx_message().set(0x0200).octets();
  });

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.records.size() == 60);
  CHECK(server.questions().size() == 2);
  CHECK(scene.comes_to_rest());
}

TEST_CASE("a truncated answer whose rest never comes fails the lookup", "[dns][cares_resolver]") {
  Scene scene;
  const auto& server = scene.serve([&](const Question& question) -> std::optional<DnsOctets> {
    if (question.over_tcp) return std::nullopt;
    return mx_message().set(0x0200).octets();
  });
  const auto begin = steady_clock::now();

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == DnsStatus::failed);
  CHECK(server.questions().size() == 4);
  CHECK(steady_clock::now() - begin < 4s);
}

TEST_CASE("an answer that is none to the question says nothing of the name",
          "[dns][cares_resolver]") {
  using Make = std::function<DnsOctets()>;
  const auto answer_of = [](const char* name, const char* owner, const char* exchange) {
    return DnsMessage(name, DnsType::mx)
        .answer(owner, DnsType::mx, 60, mx_content(10, exchange))
        .octets();
  };
  const std::vector<std::pair<std::string, Make>> examples = {
      {"another name's", [&] { return answer_of("other.example", "other.example", "mx.test"); }},
      {"another type's",
       [&] {
         return DnsMessage(domain, DnsType::a)
             .answer(domain, DnsType::a, 60, address_content("192.0.2.1"))
             .octets();
       }},
      {"a question", [&] { return mx_message().clear(0x8000).octets(); }},
      {"octets", [] { return DnsOctets(40, 0xFF); }},
      {"too short",
       [] {
         return DnsOctets{0, 0, 0x81};
       }},
      {"a loop of aliases",
       [&] {
         return mx_message()
             .answer(domain, DnsType::cname, 60, wire_name("b.example"))
             .answer("b.example", DnsType::cname, 60, wire_name(domain))
             .octets();
       }},
      {"records cut off",
       [&] {
         DnsOctets octets = answer_of(domain, domain, "mx.example.org");
         octets.resize(octets.size() - 5);
         return octets;
       }},
  };
  for (const auto& [what, make] : examples) {
    CAPTURE(what);
    Scene scene;
    scene.params.timeout = 100ms;
    scene.serve(always(make()));

    CHECK(scene.lookup_mx().status == DnsStatus::failed);
  }
}

TEST_CASE("records of other names in an answer are passed over", "[dns][cares_resolver]") {
  Scene scene;
  scene.serve(always(mx_message()
                         .answer("other.example", DnsType::mx, 60, mx_content(1, "evil.example"))
                         .answer(domain, DnsType::mx, 60, mx_content(10, "mx.example.org"))
                         .octets()));

  CHECK(scene.lookup_mx().records == std::vector<MxRecord>{{10, "mx.example.org"}});
}

TEST_CASE("of a hundred addresses five are used", "[dns][cares_resolver]") {
  Scene scene;
  scene.params.ip = IpVersion::v4;
  DnsMessage message("mx.example.org", DnsType::a);
  for (int i = 1; i <= 100; ++i) {
    message.answer(
        "mx.example.org", DnsType::a, 60, address_content("192.0.2." + std::to_string(i)));
  }
  scene.serve([&](const Question& question) {
    return question.over_tcp ? message.octets()
                             : DnsMessage("mx.example.org", DnsType::a).set(0x0200).octets();
  });

  CHECK(scene.lookup_addresses("mx.example.org").addresses.size() == 5);
}

TEST_CASE("in an outage of the DNS questions wait for a server that answers again",
          "[dns][cares_resolver]") {
  Scene scene;
  scene.params.timeout = 50ms;
  scene.params.outage_patience = 4s;
  bool is_up = true;
  auto& server = scene.serve([&](const Question& question) -> std::optional<DnsOctets> {
    if (!is_up) return std::nullopt;
    return DnsMessage(question.name, DnsType::mx)
        .answer(question.name, DnsType::mx, 60, mx_content(10, "mx.example.org"))
        .octets();
  });
  CHECK(scene.lookup_mx().status == DnsStatus::ok);

  is_up = false;
  int answered = 0;
  int failed = 0;
  for (int i = 0; i < 200; ++i) {
    scene.resolver().lookup_mx("d" + std::to_string(i) + ".example", [&](const MxAnswer& answer) {
      ++(answer.status == DnsStatus::ok ? answered : failed);
    });
  }
  scene.io.run_for(1s);
  CHECK(answered + failed == 0);
  // Those that were not under way yet, and then one at a time: no storm meets the server's return.
  CHECK(server.questions().size() < 500);

  is_up = true;
  scene.run_until([&] { return answered + failed == 200; });
  CHECK(answered == 200);
  CHECK(scene.comes_to_rest());
}

/// A server that has an MX record for each name, and a say in which questions it answers.
struct ChoosyServer {
  explicit ChoosyServer(Scene& scene) : resolver_scene(scene) {
    scene.params.timeout = 50ms;
    scene.params.outage_patience = 4s;
    scene.serve([this](const Question& question) -> std::optional<DnsOctets> {
      if (question.name == "patient.example" && !answers_patient(++times_asked)) return {};
      return DnsMessage(question.name, DnsType::mx)
          .answer(question.name, DnsType::mx, 60, mx_content(10, "mx.example.org"))
          .octets();
    });
  }

  /// Has another name asked for, which the server answers.
  void answer_another() {
    resolver_scene.resolver().lookup_mx("other.example", [this](const MxAnswer& answer) {
      CHECK(answer.status == DnsStatus::ok);
      ++others_answered;
      if (on_other_answered) on_other_answered();
    });
  }

  Scene& resolver_scene;
  std::function<bool(int times_asked)> answers_patient;
  std::function<void()> on_other_answered;
  int times_asked = 0;  // for patient.example
  int others_answered = 0;
};

TEST_CASE("a question that was put in an outage is put again when others are answered",
          "[dns][cares_resolver]") {
  Scene scene;
  ChoosyServer server(scene);
  // Back just after the last attempt.
  server.answers_patient = [&](int times_asked) {
    if (times_asked == 2) server.answer_another();
    return times_asked > 2;
  };

  CHECK(scene.lookup_mx("patient.example").status == DnsStatus::ok);
  CHECK(server.times_asked == 3);
}

TEST_CASE("a question that was under way as an outage began waits for its end",
          "[dns][cares_resolver]") {
  Scene scene;
  ChoosyServer server(scene);
  // Gone just after the first attempt, but for one more answer to somebody else.
  server.answers_patient = [&](int times_asked) {
    if (times_asked == 1) server.answer_another();
    return times_asked > 2;
  };

  CHECK(scene.lookup_mx("patient.example").status == DnsStatus::ok);
  CHECK(server.times_asked == 3);
}

TEST_CASE("a name about which a server is silent while it answers others is given up",
          "[dns][cares_resolver]") {
  Scene scene;
  ChoosyServer server(scene);
  server.answers_patient = [](int) { return false; };
  bool is_over = false;
  server.on_other_answered = [&] {
    if (!is_over) server.answer_another();
  };
  server.answer_another();

  const MxAnswer answer = scene.lookup_mx("patient.example");
  is_over = true;

  CHECK(answer.status == DnsStatus::failed);
  CHECK(server.times_asked == 2);
}

TEST_CASE("a name about which a server is silent is given up, however seldom it answers others",
          "[dns][cares_resolver]") {
  Scene scene;
  ChoosyServer server(scene);
  scene.params.outage_patience = 1s;
  // Each answer ends an outage, and before the next one the question has waited in vain again.
  server.answers_patient = [&](int times_asked) {
    if (times_asked % 2 == 1) server.answer_another();
    return false;
  };

  CHECK(scene.lookup_mx("patient.example").status == DnsStatus::failed);
  CHECK(server.others_answered >= 1);
}

/// As long as it lives, this process gets no more sockets.
struct NoDescriptors {
  NoDescriptors() { out_of_descriptors = true; }
  ~NoDescriptors() { out_of_descriptors = false; }
};

TEST_CASE("what this host has no descriptor to ask with is asked once it has",
          "[dns][cares_resolver]") {
  Scene scene;
  scene.params.shortage_patience = 10s;
  const auto& server = scene.serve(always(one_exchange()));
  std::optional<MxAnswer> answer;
  {
    const NoDescriptors shortage;
    scene.resolver().lookup_mx(domain, [&](const MxAnswer& told) { answer = told; });
    scene.io.run_for(100ms);
    CHECK_FALSE(answer);
    CHECK(server.questions().empty());
  }

  scene.run_until([&] { return answer.has_value(); });
  CHECK(answer->status == DnsStatus::ok);
  CHECK(scene.comes_to_rest());
}

TEST_CASE("what this host can't ask for long is given up, and why is told",
          "[dns][cares_resolver]") {
  Scene scene;
  scene.params.shortage_patience = 300ms;
  const auto& server = scene.serve(silence);
  scene.resolver();
  const NoDescriptors shortage;

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == DnsStatus::failed);
  CHECK(answer.error == to_string(server.endpoint()) + " cannot be asked (Too many open files)");
}

TEST_CASE("an outage that does not end fails the questions, and later ones at once",
          "[dns][cares_resolver]") {
  Scene scene;
  scene.params.timeout = 20ms;
  scene.params.outage_patience = 300ms;
  scene.params.servers = {dead_endpoint()};
  const auto begin = steady_clock::now();

  CHECK(scene.lookup_mx().status == DnsStatus::failed);
  CHECK(steady_clock::now() - begin >= 300ms);
  const auto again = steady_clock::now();
  CHECK(scene.lookup_mx("other.example").status == DnsStatus::failed);
  CHECK(steady_clock::now() - again < 250ms);
  CHECK(scene.comes_to_rest());
}

TEST_CASE("a server that does not understand EDNS is asked without it", "[dns][cares_resolver]") {
  Scene scene;
  scene.serve([](const Question& question) {
    return question.with_edns ? mx_message().code(1).octets() : one_exchange();
  });
  int answered = 0;
  for (int i = 0; i < 20; ++i) {
    scene.resolver().lookup_mx(domain, [&](const MxAnswer& answer) {
      CHECK(answer.status == DnsStatus::ok);
      ++answered;
    });
  }

  scene.run_until([&] { return answered == 20; });
}

TEST_CASE("a server that fails or refuses is passed over for the next", "[dns][cares_resolver]") {
  const std::uint8_t code = GENERATE(std::uint8_t{2}, std::uint8_t{4}, std::uint8_t{5});
  CAPTURE(code);
  Scene scene;
  const auto& failing = scene.serve(always(mx_message().code(code).octets()));
  const auto& working = scene.serve(always(one_exchange()));

  CHECK(scene.lookup_mx().status == DnsStatus::ok);
  CHECK(failing.questions().size() == 1);
  CHECK(working.questions().size() == 1);
  CHECK(scene.resolver().counts().queries == 1);
}

TEST_CASE("a lookup that no server answers fails after its tries", "[dns][cares_resolver]") {
  Scene scene;
  const auto& server = scene.serve(silence);
  const auto begin = steady_clock::now();

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == DnsStatus::failed);
  CHECK(answer.error == "no answer from " + to_string(server.endpoint()));
  CHECK(server.questions().size() == 2);
  CHECK(steady_clock::now() - begin >= 500ms);
  CHECK(steady_clock::now() - begin < 2s);
}

TEST_CASE("a server at which nobody listens fails the lookup at once", "[dns][cares_resolver]") {
  Scene scene;
  scene.params.servers = {dead_endpoint()};
  scene.params.timeout = 4s;

  const MxAnswer answer = scene.lookup_mx();

  CHECK(answer.status == DnsStatus::failed);
  CHECK(answer.error.find("cannot be asked") != std::string::npos);
  CHECK(scene.comes_to_rest());
}

TEST_CASE("a dead first server costs the first lookup its timeout, and the next ones nothing",
          "[dns][cares_resolver]") {
  Scene scene;
  const auto& dead = scene.serve(silence);
  const auto& working = scene.serve(always(one_exchange()));

  for (int i = 0; i < 10; ++i) CHECK(scene.lookup_mx().status == DnsStatus::ok);

  CHECK(dead.questions().size() == 1);
  CHECK(working.questions().size() == 10);
}

struct Versions {
  IpVersion ip;
  std::vector<std::string> addresses;
  std::uint64_t queries;
};

TEST_CASE("a host's addresses are those of the IP versions asked for", "[dns][cares_resolver]") {
  const auto example = GENERATE(values<Versions>({
      {IpVersion::any, {"2001:db8::1", "192.0.2.1"}, 2},
      {IpVersion::v4, {"192.0.2.1"}, 1},
      {IpVersion::v6, {"2001:db8::1"}, 1},
  }));
  CAPTURE(example.ip);
  const std::string host = "mx.example.org";
  Scene scene;
  scene.params.ip = example.ip;
  scene.serve([&](const Question& question) {
    const auto type = static_cast<DnsType>(question.type);
    const char* address = type == DnsType::a ? "192.0.2.1" : "2001:db8::1";
    return DnsMessage(host, type).answer(host, type, 60, address_content(address)).octets();
  });

  const AddressAnswer answer = scene.lookup_addresses(host);

  std::vector<std::string> texts;
  for (const IpAddress& address : answer.addresses) texts.push_back(address.to_string());
  CHECK(texts == example.addresses);
  CHECK(scene.resolver().counts().queries == example.queries);
}

TEST_CASE("a failure of the AAAA question does not spoil the IPv4 addresses",
          "[dns][cares_resolver]") {
  const std::string host = "mx.example.org";
  Scene scene;
  scene.serve([&](const Question& question) {
    if (question.type == DnsType::aaaa) return DnsMessage(host, DnsType::aaaa).code(2).octets();
    return DnsMessage(host, DnsType::a)
        .answer(host, DnsType::a, 60, address_content("192.0.2.1"))
        .octets();
  });

  const AddressAnswer answer = scene.lookup_addresses(host);

  CHECK(answer.status == DnsStatus::ok);
  CHECK(answer.addresses.size() == 1);
}

TEST_CASE("localhost is asked about like any name, and never the hosts file",
          "[dns][cares_resolver]") {
  Scene scene;
  const auto& server = scene.serve([](const Question& question) {
    return DnsMessage("localhost", static_cast<DnsType>(question.type)).code(3).octets();
  });

  CHECK(scene.lookup_addresses("localhost").status == DnsStatus::nxdomain);
  CHECK(server.questions().size() == 2);
}

TEST_CASE("the system's servers are those that resolv.conf names", "[dns][cares_resolver]") {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("resolv.conf." + std::to_string(getpid()));
  std::ofstream(path) << "search example.net\nnameserver 192.0.2.53\nnameserver 2001:db8::53\n";

  const auto servers = servers_in(path);
  std::filesystem::remove(path);

  REQUIRE(servers.has_value());
  CHECK(*servers == std::vector<Endpoint>{{IpAddress::parse("192.0.2.53").value(), 53},
                                          {IpAddress::parse("2001:db8::53").value(), 53}});
}

TEST_CASE("names that the DNS cannot be asked for cost no query", "[dns][cares_resolver]") {
  Scene scene;
  const auto& server = scene.serve(silence);

  CHECK(scene.lookup_mx("example.onion").status == DnsStatus::nxdomain);
  CHECK(scene.lookup_mx("a..example.org").status == DnsStatus::failed);
  CHECK(scene.lookup_mx(std::string(64, 'a') + ".org").status == DnsStatus::failed);
  CHECK(server.questions().empty());
}

TEST_CASE("a thousand lookups at once are all answered", "[dns][cares_resolver]") {
  Scene scene;
  scene.params.timeout = 2s;
  scene.serve([](const Question& question) {
    return DnsMessage(question.name, DnsType::mx)
        .answer(question.name, DnsType::mx, 60, mx_content(10, "mx." + question.name))
        .octets();
  });
  int answered = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "d" + std::to_string(i) + ".example";
    scene.resolver().lookup_mx(name, [&answered, name](const MxAnswer& answer) {
      CHECK(answer.records == std::vector<MxRecord>{{10, "mx." + name}});
      ++answered;
    });
  }

  scene.run_until([&] { return answered == 1000; });

  CHECK(scene.comes_to_rest());
}

TEST_CASE("questions beyond the limit wait their turn", "[dns][cares_resolver]") {
  Scene scene;
  scene.params.timeout = 4s;
  scene.params.most_questions = 3;
  const auto& server = scene.serve(silence);
  int ended = 0;
  for (int i = 0; i < 5; ++i) {
    scene.resolver().lookup_mx(domain, [&](const MxAnswer&) { ++ended; });
  }

  scene.run_until([&] { return server.questions().size() >= 3; });
  scene.io.poll();
  CHECK(server.questions().size() == 3);

  scene.resolver().stop();
  scene.run_until([&] { return ended == 5; });
  CHECK(server.questions().size() == 3);
}

TEST_CASE("a stopped resolver fails what is under way, and leaves no work behind",
          "[dns][cares_resolver]") {
  Scene scene;
  scene.params.timeout = 4s;
  scene.params.most_questions = 1;
  scene.serve(silence);
  std::vector<MxAnswer> answers;
  const auto keep = [&](const MxAnswer& answer) { answers.push_back(answer); };
  scene.resolver().lookup_mx(domain, keep);
  scene.resolver().lookup_mx("example.net", keep);
  scene.io.poll();
  REQUIRE(answers.empty());

  scene.resolver().stop();
  scene.resolver().lookup_mx("example.com", keep);
  scene.made = nullptr;
  scene.run_until([&] { return answers.size() == 3; });

  for (const MxAnswer& answer : answers) CHECK(answer.status == DnsStatus::failed);
  CHECK(scene.comes_to_rest());
}

TEST_CASE("an io_context may be destroyed with lookups under way", "[dns][cares_resolver]") {
  bool answered = false;
  {
    Scene scene;
    scene.serve(silence);
    scene.resolver().lookup_mx(domain, [&](const MxAnswer&) { answered = true; });
    scene.io.poll();
  }

  CHECK_FALSE(answered);
}

TEST_CASE("a cache before a resolver may be left with lookups under way", "[dns][cares_resolver]") {
  const SteadyClock clock;
  bool answered = false;
  {
    Scene scene;
    scene.serve(silence);
    scene.resolver();
    CachingResolver caching(scene.io.get_executor(), std::move(scene.made), clock, 1h);
    caching.lookup_mx(domain, [&](const MxAnswer&) { answered = true; });
    scene.io.poll();
  }

  CHECK_FALSE(answered);
}

TEST_CASE("lookups may come from any thread while others run the io_context",
          "[dns][cares_resolver]") {
  asio::io_context server_io;
  LoopbackNameServer server(server_io.get_executor(), always(one_exchange()));
  std::thread serving([&] { server_io.run(); });
  asio::io_context io;
  const auto resolver = *CaresResolver::make(io.get_executor(), {.servers = {server.endpoint()}});
  std::atomic<int> answered = 0;

  auto work = asio::make_work_guard(io);
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&] { io.run(); });
  for (int i = 0; i < 300; ++i) {
    resolver->lookup_mx(domain, [&](const MxAnswer& answer) {
      if (answer.status == DnsStatus::ok) ++answered;
    });
  }
  work.reset();
  for (std::thread& thread : threads) thread.join();
  server_io.stop();
  serving.join();

  CHECK(answered == 300);
}

}  // namespace
}  // namespace leadverify
