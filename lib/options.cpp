#include <leadverify/json_line.hpp>
#include <leadverify/options.hpp>

#include "address/domain_name.hpp"
#include "address/lists.hpp"
#include "address/mailbox.hpp"
#include "address/own_name.hpp"
#include "base/ip.hpp"
#include "base/utf8.hpp"
#include "dns/provider_table.hpp"
#include "from_options.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>

namespace leadverify {
namespace {

using Sentence = std::optional<std::string>;
using std::chrono::nanoseconds;

// Longer waits serve nobody, and added to a moment they could leave the clock's range.
constexpr nanoseconds longest = std::chrono::hours{24 * 365};
constexpr nanoseconds shortest_timeout = std::chrono::milliseconds{1};
constexpr std::size_t quoted_limit = 80;
constexpr std::size_t sentence_limit = 300;

/// `text` as a sentence can quote it.
std::string quote(std::string_view text) {
  return "'" + safe_text(text, quoted_limit) + "'";
}

Sentence check_at_least(std::string_view name, int value, int lowest) {
  if (value >= lowest) return std::nullopt;
  return std::string(name) + " must be at least " + std::to_string(lowest) + ", and is " +
         std::to_string(value);
}

Sentence check_wait(std::string_view name, nanoseconds value) {
  if (value >= nanoseconds{0} && value <= longest) return std::nullopt;
  return std::string(name) + " must be between 0 and a year";
}

Sentence check_timeout(std::string_view name, nanoseconds value) {
  if (value >= shortest_timeout && value <= longest) return std::nullopt;
  return std::string(name) + " must be between a millisecond and a year";
}

bool is_address_literal(std::string_view text) {
  // Whatever can stand after the @ of a mailbox in brackets can be greeted with (RFC 5321 §4.1.3).
  const auto mailbox = parse_mailbox("postmaster@" + std::string(text));
  return mailbox && mailbox->literal;
}

Sentence check_helo(std::string_view helo) {
  if (is_helo_name(helo) || is_address_literal(helo)) return std::nullopt;
  if (const auto address = IpAddress::parse(helo)) {
    return "the HELO name " + quote(helo) + " is an IP address: write it in brackets, as in " +
           (address->is_v4() ? "[192.0.2.1]" : "[IPv6:2001:db8::1]");
  }
  return "the HELO name " + quote(helo) +
         " is no host name: give this host's fully qualified name, as in mail.example.org";
}

/// `name` says which reverse-path it is.
Sentence check_reverse_path(std::string_view name, std::string_view path) {
  const auto mailbox = parse_mailbox(path);
  if (!mailbox) {
    return std::string(name) + " " + quote(path) + " is no address: " + to_string(mailbox.error());
  }
  // It is sent as it stands, to servers with SMTPUTF8 and without.
  if (!is_ascii(path)) {
    return std::string(name) + " " + quote(path) +
           " must be ASCII: write an internationalised domain as A-labels (xn--...)";
  }
  return std::nullopt;
}

Sentence check_resolver(std::string_view resolver) {
  if (parse_resolver(resolver)) return std::nullopt;
  return "the resolver " + quote(resolver) +
         " is no IP address: write 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353";
}

Sentence check_net(std::string_view net) {
  const auto network = IpNetwork::parse(net);
  if (network) return std::nullopt;
  return "an allowed net is wrong: " + safe_text(network.error(), 2 * quoted_limit);
}

Sentence check_identity(const Options& options) {
  if (options.helo) {
    if (auto sentence = check_helo(*options.helo)) return sentence;
  }
  if (!options.mail_from.empty()) {
    if (auto sentence = check_reverse_path("the reverse-path", options.mail_from)) return sentence;
  }
  if (options.fallback_mail_from) {
    return check_reverse_path("the fallback reverse-path", *options.fallback_mail_from);
  }
  return std::nullopt;
}

Sentence check_providers(const Options& options) {
  const auto table = make_provider_table(options);
  if (table) return std::nullopt;
  return safe_text(table.error(), sentence_limit);
}

Sentence check_lists(const Options& options) {
  if (options.lists == ListTexts{}) return std::nullopt;  // those built in are known to be right
  const auto lists = Lists::make(options.lists);
  if (lists) return std::nullopt;
  return safe_text(lists.error(), sentence_limit);
}

/// Can a socket of this host have `address`?
bool is_own_address(const std::string& address) {
  addrinfo wish{};
  wish.ai_flags = AI_NUMERICHOST;
  wish.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.c_str(), nullptr, &wish, &found) != 0) return false;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> place(found, ::freeaddrinfo);
  const int socket = ::socket(place->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return errno != EAFNOSUPPORT;
  const bool bound = ::bind(socket, place->ai_addr, place->ai_addrlen) == 0;
  const bool is_ours = bound || errno != EADDRNOTAVAIL;
  ::close(socket);
  return is_ours;
}

Sentence check_source(const Options& options) {
  const std::string& source = *options.source_ip;
  const auto address = IpAddress::parse(source);
  if (!address) {
    return "the source address " + quote(source) +
           " is no IP address: write 192.0.2.1 or 2001:db8::1";
  }
  const IpVersion version = address->is_v4() ? IpVersion::v4 : IpVersion::v6;
  if (options.ip != IpVersion::any && options.ip != version) {
    return "the source address " + quote(source) + " is of the other IP version";
  }
  if (!is_own_address(source)) {
    return "the source address " + quote(source) + " is none of this host's";
  }
  return std::nullopt;
}

Sentence check_network(const Options& options) {
  if (options.source_ip) {
    if (auto sentence = check_source(options)) return sentence;
  }
  for (const std::string& resolver : options.resolvers) {
    if (auto sentence = check_resolver(resolver)) return sentence;
  }
  for (const std::string& net : options.allow_nets) {
    if (auto sentence = check_net(net)) return sentence;
  }
  if (options.smtp_port == 0) return "the SMTP port must be between 1 and 65535, and is 0";
  return std::nullopt;
}

Sentence check_time(const Options& options) {
  if (auto sentence = check_timeout("the connect timeout", options.connect_timeout)) {
    return sentence;
  }
  if (auto sentence = check_timeout("the command timeout", options.command_timeout)) {
    return sentence;
  }
  if (auto sentence = check_timeout("the session timeout", options.session_timeout)) {
    return sentence;
  }
  if (options.greylist_delays.empty()) {
    return "there is no greylist delay: give at least one, as in 45s";
  }
  for (const nanoseconds delay : options.greylist_delays) {
    if (auto sentence = check_wait("each greylist delay", delay)) return sentence;
  }
  if (auto sentence =
          check_at_least("the number of greylist retries", options.greylist_retries, 0)) {
    return sentence;
  }
  if (auto sentence = check_wait("the longest greylist delay", options.greylist_max_delay)) {
    return sentence;
  }
  return check_wait("the longest time that a DNS answer is kept", options.mx_ttl);
}

Sentence check_limits(const Options& options) {
  struct Limit {
    std::string_view name;
    int value;
  };
  const std::array limits = {
      Limit{"the number of connections in all", options.max_connections},
      Limit{"the number of connections for a domain", options.domain_connections},
      Limit{"the number of connections for a mail server", options.mx_connections},
      Limit{"the burst of recipients for a domain", options.domain_burst},
      Limit{"the number of recipients in a session", options.rcpt_per_session},
      Limit{"the number of threads", options.threads},
      Limit{"the window of unsettled addresses", options.window},
  };
  for (const Limit& limit : limits) {
    if (auto sentence = check_at_least(limit.name, limit.value, 1)) return sentence;
  }
  if (options.threads > 64) {
    return "the number of threads must be at most 64, and is " + std::to_string(options.threads);
  }
  if (options.domain_rate.per <= nanoseconds{0} || options.domain_rate.per > longest) {
    return "the rate of recipients for a domain must be per some time of at most a year, as in "
           "10/min";
  }
  return std::nullopt;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

std::string hosts_file() {
  std::ifstream file("/etc/hosts", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::optional<std::string> fault(const Options& options) {
  for (const auto check :
       {check_identity, check_providers, check_lists, check_network, check_time, check_limits}) {
    if (auto sentence = check(options)) return sentence;
  }
  return std::nullopt;
}

std::optional<std::string> system_helo() {
  return own_name(host_name(), hosts_file());
}

}  // namespace leadverify
