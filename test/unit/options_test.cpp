#include <leadverify/options.hpp>

#include <catch2/catch.hpp>

#include <functional>
#include <limits>

namespace leadverify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

struct Example {
  std::string name;
  std::function<void(Options&)> change;
  std::string sentence;  // what the fault says
};

TEST_CASE("the defaults have no fault", "[options]") {
  CHECK_FALSE(fault(Options{}));
}

TEST_CASE("values in their ranges have no fault", "[options]") {
  const auto example = GENERATE(values<Example>({
      {"host name", [](Options& o) { o.helo = "probe.example.net"; }, ""},
      {"one label", [](Options& o) { o.helo = "probe"; }, ""},
      {"v4 literal", [](Options& o) { o.helo = "[192.0.2.1]"; }, ""},
      {"v6 literal", [](Options& o) { o.helo = "[IPv6:2001:db8::1]"; }, ""},
      {"null path", [](Options& o) { o.mail_from = ""; }, ""},
      {"path", [](Options& o) { o.mail_from = "probe@example.net"; }, ""},
      {"fallback", [](Options& o) { o.fallback_mail_from = "probe@[192.0.2.1]"; }, ""},
      {"providers",
       [](Options& o) {
         o.providers = "own accepts-all example.org";
         o.probe_providers = {"own"};
       },
       ""},
      {"provider of the built-in table", [](Options& o) { o.probe_providers = {"yahoo"}; }, ""},
      {"resolvers",
       [](Options& o) {
         o.resolvers = {"192.0.2.53", "127.0.0.1:5353", "::1", "[::1]:53"};
       },
       ""},
      {"nets",
       [](Options& o) {
         o.allow_nets = {"127.0.0.0/8", "::1", "fc00::/7"};
       },
       ""},
      {"port", [](Options& o) { o.smtp_port = 65535; }, ""},
      {"short waits",
       [](Options& o) {
         o.connect_timeout = o.command_timeout = o.session_timeout = 1ms;
         o.greylist_delays = {0s};
         o.greylist_retries = 0;
         o.greylist_max_delay = 0s;
         o.mx_ttl = 0s;
       },
       ""},
      {"ones",
       [](Options& o) {
         o.max_connections = o.domain_connections = o.mx_connections = 1;
         o.domain_burst = o.rcpt_per_session = o.threads = o.window = 1;
       },
       ""},
      {"no rate",
       [](Options& o) {
         o.domain_rate = {0, 1min};
       },
       ""},
      {"threads", [](Options& o) { o.threads = 64; }, ""},
  }));
  CAPTURE(example.name);
  Options options;

  example.change(options);

  CHECK(fault(options).value_or("") == "");
}

TEST_CASE("a value out of its range is told in a sentence", "[options]") {
  const auto example = GENERATE(values<Example>({
      {"", [](Options& o) { o.helo = ""; }, "no host name"},
      {"", [](Options& o) { o.helo = "probe example.net"; }, "no host name"},
      {"", [](Options& o) { o.helo = "pröbe.example.net"; }, "no host name"},
      {"", [](Options& o) { o.helo = "probe.example.net\r\nQUIT"; }, "no host name"},
      {"", [](Options& o) { o.helo = "probe.example.net\0"s; }, "no host name"},
      {"", [](Options& o) { o.helo = "192.0.2.1"; }, "[192.0.2.1]"},
      {"", [](Options& o) { o.helo = "2001:db8::1"; }, "[IPv6:2001:db8::1]"},
      {"", [](Options& o) { o.helo = "[2001:db8::1]"; }, "no host name"},
      {"", [](Options& o) { o.helo = "[192.0.2.1"; }, "no host name"},
      {"", [](Options& o) { o.mail_from = "probe"; }, "there is no @"},
      {"", [](Options& o) { o.mail_from = "<>"; }, "there is no @"},
      {"", [](Options& o) { o.mail_from = "a@example.org\r\nDATA"; }, "U+000D"},
      {"", [](Options& o) { o.mail_from = "é@example.org"; }, "must be ASCII"},
      {"", [](Options& o) { o.mail_from = "a@é.example"; }, "must be ASCII"},
      {"", [](Options& o) { o.fallback_mail_from = ""; }, "the fallback reverse-path"},
      {"", [](Options& o) { o.fallback_mail_from = "a@b"; }, "the domain has no dot"},
      {"", [](Options& o) { o.probe_providers = {"yaho"}; }, "there is no provider 'yaho'"},
      {"",
       [](Options& o) {
         o.providers = "# mine\nown sometimes example.org";
         o.probe_providers = {"own"};
       },
       "line 2 of the provider table"},
      {"",
       [](Options& o) {
         o.resolvers = {"::1", "dns.example.org"};
       },
       "'dns.example.org'"},
      {"", [](Options& o) { o.resolvers = {"192.0.2.53:0"}; }, "the resolver"},
      {"", [](Options& o) { o.resolvers = {""}; }, "the resolver"},
      {"", [](Options& o) { o.allow_nets = {"10.0.0.0/33"}; }, "an allowed net"},
      {"", [](Options& o) { o.smtp_port = 0; }, "the SMTP port"},
      {"", [](Options& o) { o.connect_timeout = 0s; }, "the connect timeout"},
      {"", [](Options& o) { o.command_timeout = -1s; }, "the command timeout"},
      {"", [](Options& o) { o.session_timeout = 24h * 366; }, "the session timeout"},
      {"",
       [](Options& o) { o.session_timeout = std::chrono::nanoseconds::max(); },
       "the session timeout"},
      {"", [](Options& o) { o.greylist_delays = {}; }, "no greylist delay"},
      {"",
       [](Options& o) {
         o.greylist_delays = {1s, -1s};
       },
       "each greylist delay"},
      {"", [](Options& o) { o.greylist_retries = -1; }, "at least 0, and is -1"},
      {"", [](Options& o) { o.greylist_max_delay = -1s; }, "the longest greylist delay"},
      {"", [](Options& o) { o.mx_ttl = -1s; }, "a DNS answer is kept"},
      {"", [](Options& o) { o.max_connections = 0; }, "connections in all must be at least 1"},
      {"", [](Options& o) { o.domain_connections = 0; }, "connections for a domain"},
      {"", [](Options& o) { o.mx_connections = -5; }, "connections for a mail server"},
      {"", [](Options& o) { o.domain_burst = 0; }, "the burst"},
      {"", [](Options& o) { o.rcpt_per_session = 0; }, "recipients in a session"},
      {"", [](Options& o) { o.threads = 0; }, "threads must be at least 1"},
      {"", [](Options& o) { o.threads = 65; }, "at most 64, and is 65"},
      {"", [](Options& o) { o.window = 0; }, "the window"},
      {"", [](Options& o) { o.domain_rate = {10, 0s}; }, "the rate"},
      {"", [](Options& o) { o.domain_rate = {10, -1s}; }, "the rate"},
  }));
  CAPTURE(example.sentence);
  Options options;

  example.change(options);

  CHECK_THAT(fault(options).value_or(""), Catch::Contains(example.sentence));
}

TEST_CASE("a fault quotes what was given only where it is safe to show", "[options]") {
  Options options;
  options.helo = "a\x1B[2J\n" + std::string(5'000, 'a');

  const std::string sentence = fault(options).value_or("");

  CHECK(sentence.size() < 300);
  CHECK(sentence.find('\x1B') == std::string::npos);
  CHECK(sentence.find('\n') == std::string::npos);
}

TEST_CASE("the name that the system gives this host can be greeted with", "[options]") {
  const auto name = system_helo();
  if (!name) return;

  Options options;
  options.helo = name;

  CHECK_FALSE(fault(options));
  CHECK(name->find('.') != std::string::npos);
}

TEST_CASE("the source address is one of this host's, and of the IP version that is asked for",
          "[options]") {
  struct Source {
    std::string address;
    IpVersion version;
    std::string complaint;
  };
  const auto source = GENERATE(values<Source>({
      {"127.0.0.1", IpVersion::any, ""},
      {"127.9.9.9", IpVersion::v4, ""},
      {"127.0.0.1", IpVersion::v6, "of the other IP version"},
      {"::1", IpVersion::v4, "of the other IP version"},
      {"203.0.113.77", IpVersion::any, "none of this host's"},
      {"2001:db8::77", IpVersion::any, "none of this host's"},
      {"localhost", IpVersion::any, "no IP address"},
      {"127.0.0.1:25", IpVersion::any, "no IP address"},
      {"", IpVersion::any, "no IP address"},
  }));
  CAPTURE(source.address);
  Options options;
  options.source_ip = source.address;
  options.ip = source.version;

  const std::string words = fault(options).value_or("");

  CHECK(words.empty() == source.complaint.empty());
  CHECK(words.find(source.complaint) != std::string::npos);
}

}  // namespace
}  // namespace leadverify
