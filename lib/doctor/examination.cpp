#include "doctor/examination.hpp"

#include "address/mailbox.hpp"
#include "base/await_value.hpp"
#include "dns/reverse_name.hpp"
#include "smtp/session.hpp"

#include <algorithm>
#include <random>
#include <sys/resource.h>
#include <utility>
#include <variant>

namespace leadverify {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_domains = 5;    // of a list whose exchanges are tried
constexpr std::size_t most_exchanges = 2;  // of each
constexpr std::size_t most_attempts = 4;   // over one IP version
constexpr std::size_t most_names = 10;     // of an address that are looked up again
constexpr Duration spf_patience = 30s;     // RFC 7208 §4.6.4 wants 20 s at least

// Answered by every resolver, with MX records, with none, or with NXDOMAIN (RFC 2606).
constexpr const char* name_to_ask_for = "example.com";

std::optional<std::uint64_t> open_file_limit() {
  rlimit limit{};
  // The program raises its own limit as far as this.
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max == RLIM_INFINITY) {
    return std::nullopt;
  }
  return limit.rlim_max;
}

Reach make_reach(const Options& options) {
  std::vector<IpNetwork> allowed;
  for (const std::string& net : options.allow_nets) allowed.push_back(*IpNetwork::parse(net));
  return Reach(std::move(allowed));
}

std::optional<IpAddress> chosen_source(const Options& options) {
  return options.source_ip ? IpAddress::parse(*options.source_ip) : std::nullopt;
}

/// The address to connect from decides over which IP version.
IpVersion version_of(const Options& options) {
  const std::optional<IpAddress> source = chosen_source(options);
  if (!source) return options.ip;
  return source->is_v4() ? IpVersion::v4 : IpVersion::v6;
}

/// The domains of the first addresses, each once.
std::vector<std::string> first_domains(const std::vector<std::string>& addresses) {
  std::vector<std::string> domains;
  for (const std::string& address : addresses) {
    const auto mailbox = parse_mailbox(address);
    if (!mailbox || mailbox->literal) continue;
    if (std::ranges::find(domains, mailbox->domain) == domains.end()) {
      domains.push_back(mailbox->domain);
    }
    if (domains.size() == most_domains) break;
  }
  return domains;
}

MailRoute route_of(const std::string& domain, const MxAnswer& answer) {
  std::mt19937_64 random(0);
  return route_mail(domain, answer, random);
}

}  // namespace

Examination::Examination(asio::io_context& context,
                         const Checkup& checkup,
                         Params params,
                         std::function<void(Check)> tell)
    : context_(context),
      checkup_(checkup),
      params_(std::move(params)),
      tell_(std::move(tell)),
      reach_(make_reach(checkup.options)),
      source_(chosen_source(checkup.options)),
      version_(version_of(checkup.options)),
      network_(context, reach_, source_),
      helo_(checkup.options.helo ? checkup.options.helo : system_helo()) {}

asio::awaitable<void> Examination::run() {
  ClockReadings clocks{.begun = std::chrono::system_clock::now(),
                       .ended = {},
                       .elapsed = {},
                       .built = params_.built};
  const TimePoint begun = clock_.now();

  tell_(judge_open_files(open_file_limit(), checkup_.options.max_connections));
  co_await look_at_resolvers();
  co_await find_targets();
  co_await look_at_mail_port();
  look_at_address();
  co_await look_at_ipv6();
  if (dns_answers_) {
    co_await look_at_names();
  } else {
    give_up_on_names();
  }

  clocks.ended = std::chrono::system_clock::now();
  clocks.elapsed = clock_.now() - begun;
  tell_(judge_clock(clocks));
  for (const Server& server : params_.servers) server.resolver->stop();
  params_.v4->stop();
  params_.v6->stop();
}

asio::awaitable<void> Examination::look_at_resolvers() {
  for (const Server& server : params_.servers) {
    const TimePoint begun = clock_.now();
    const auto start = [resolver = server.resolver](std::function<void(MxAnswer)> done) {
      resolver->lookup_mx(name_to_ask_for, std::move(done));
    };
    const MxAnswer answer = co_await await_value<MxAnswer>(start);
    if (answer.status != DnsStatus::failed) dns_answers_ = true;
    tell_(judge_resolver(server.name, answer, clock_.now() - begun));
  }
}

// ---- mail servers to connect to -------------------------------------------------------------

asio::awaitable<void> Examination::find_targets() {
  if (!checkup_.probe_host) {
    co_await find_exchanges();
    co_return;
  }
  const std::string& host = *checkup_.probe_host;
  if (const auto address = IpAddress::parse(host)) {
    targets_.push_back(Target{host, *address});
    no_targets_because_ = host + " is of the other IP version";
    co_return;
  }
  no_targets_because_ = dns_answers_ ? host + " has no address of this IP version in the DNS"
                                     : host + " can't be looked up: no DNS server answers";
  co_await add_target(host, Family::v4);
  co_await add_target(host, Family::v6);
}

asio::awaitable<void> Examination::find_exchanges() {
  const std::vector<std::string> domains = first_domains(checkup_.addresses);
  no_targets_because_ =
      domains.empty()
          ? "there is no mail server to try: name one with --probe-host, or a list as FILE"
          : "no mail server of the first domains was found in the DNS: name one with --probe-host";
  if (!dns_answers_) co_return;
  for (const std::string& domain : domains) {
    const MxAnswer answer = co_await exchanges(domain);
    MailRoute route = route_of(domain, answer);
    if (route.exchanges.size() > most_exchanges) route.exchanges.resize(most_exchanges);
    for (const std::string& exchange : route.exchanges) {
      co_await add_target(exchange, Family::v4);
      co_await add_target(exchange, Family::v6);
    }
  }
}

/// Adds the first address of `host`, of the versions that are wanted.
asio::awaitable<void> Examination::add_target(std::string host, Family family) {
  if (version_ == (family == Family::v4 ? IpVersion::v6 : IpVersion::v4)) co_return;
  if (!dns_answers_ || targets_of(family).size() >= most_attempts) co_return;
  const AddressAnswer answer = co_await addresses(host, family);
  if (!answer.addresses.empty()) targets_.push_back(Target{host, answer.addresses.front()});
}

std::vector<Examination::Target> Examination::targets_of(Family family) const {
  std::vector<Target> targets;
  std::ranges::copy_if(targets_, std::back_inserter(targets), [&](const Target& target) {
    return target.address.family() == family;
  });
  return targets;
}

IpAddress::Family Examination::first_family() const {
  return version_ == IpVersion::v6 ? Family::v6 : Family::v4;
}

// ---- the network ----------------------------------------------------------------------------

asio::awaitable<void> Examination::look_at_mail_port() {
  std::vector<Attempt> attempts;
  for (const Target& target : targets_of(first_family())) {
    const Attempt attempted = co_await attempt(target);
    attempts.push_back(attempted);
    if (!attempted.failure || attempted.failure->stage != Stage::connect) break;
  }
  tell_(judge_mail_port(attempts, checkup_.options.smtp_port, no_targets_because_));
}

/// Greets the server and leaves.
asio::awaitable<Attempt> Examination::attempt(Target target) {
  const Options& options = checkup_.options;
  const Session::Params params{.helo_name = helo_,
                               .connect_timeout = options.connect_timeout,
                               .command_timeout = options.command_timeout,
                               .session_timeout = options.session_timeout};
  Session session(params, network_.make_transport(), clock_);
  const Endpoint endpoint{target.address, options.smtp_port};
  const TimePoint deadline = clock_.now() + options.session_timeout;
  const auto failure = co_await session.open(endpoint, target.host, deadline);
  co_await session.quit();
  co_return Attempt{target.host, target.address, failure};
}

asio::awaitable<void> Examination::look_at_ipv6() {
  if (version_ != IpVersion::any) co_return;
  const std::optional<IpAddress> source = source_of(Family::v6);
  const std::vector<Target> targets = targets_of(Family::v6);
  std::optional<Attempt> attempted;
  if (source && !targets.empty()) attempted = co_await attempt(targets.front());
  tell_(judge_ipv6(source, attempted, reach_));
  const bool works = attempted && !attempted->failure;
  if (works && reach_.permits(*source)) own_.push_back(*source);
}

void Examination::look_at_address() {
  const std::optional<IpAddress> source = source_of(first_family());
  if (source && reach_.permits(*source)) own_.push_back(*source);
  tell_(judge_address(source, reach_));
}

/// The address from which this host would connect; absent: there is no route. Sends nothing: a
/// UDP socket is connected to by the routing table alone.
std::optional<IpAddress> Examination::source_of(Family family) {
  const std::vector<Target> targets = targets_of(family);
  const std::string somewhere = family == Family::v4 ? "192.0.2.1" : "2001:db8::1";
  const std::string there = targets.empty() ? somewhere : targets.front().address.to_string();
  const asio::ip::udp::endpoint endpoint(asio::ip::make_address(there), checkup_.options.smtp_port);
  asio::ip::udp::socket socket(context_);
  error_code error;
  socket.open(endpoint.protocol(), error);
  if (!error && source_) {
    const auto own = asio::ip::make_address(source_->to_string());
    socket.bind(asio::ip::udp::endpoint(own, 0), error);
  }
  if (!error) socket.connect(endpoint, error);
  if (error) return std::nullopt;
  const asio::ip::udp::endpoint local = socket.local_endpoint(error);
  if (error) return std::nullopt;
  return IpAddress::parse(local.address().to_string());
}

// ---- what others say of this host -----------------------------------------------------------

asio::awaitable<void> Examination::look_at_names() {
  co_await look_at_helo_name();
  for (const IpAddress& own : own_) co_await look_at_reverse_dns(own);
  co_await look_at_sender_domain();
  for (const IpAddress& own : own_) co_await look_at_spf(own);
  for (const IpAddress& own : own_) co_await look_at_blocklists(own);
}

void Examination::give_up_on_names() {
  for (const char* name : {"helo_name", "reverse_dns", "sender_domain", "spf", "blocklist"}) {
    tell_(judge_unknown(name, {}, "no DNS server answers"));
  }
}

asio::awaitable<void> Examination::look_at_helo_name() {
  AddressAnswer answer;
  if (helo_ && !helo_->starts_with('[')) answer = co_await addresses(*helo_, first_family());
  std::optional<IpAddress> own;
  if (!own_.empty() && own_.front().family() == first_family()) own = own_.front();
  tell_(judge_helo_name(helo_, answer, own));
}

asio::awaitable<void> Examination::look_at_reverse_dns(IpAddress own) {
  ReverseDns reverse;
  reverse.pointers = co_await pointers(reverse_name(own));
  std::size_t looked_up = 0;
  for (const std::string& name : reverse.pointers.names) {
    if (reverse.confirmed || ++looked_up > most_names) break;
    const AddressAnswer answer = co_await addresses(name, own.family());
    const auto& there = answer.addresses;
    if (std::ranges::find(there, own) != there.end()) reverse.confirmed = name;
  }
  tell_(judge_reverse_dns(own, reverse));
}

/// The domain of the reverse-path that servers see at last; absent: there is none.
std::optional<std::string> Examination::sender_domain() const {
  const Options& options = checkup_.options;
  std::string path = options.mail_from;
  if (path.empty()) path = options.fallback_mail_from.value_or("postmaster@" + helo_.value_or(""));
  const auto mailbox = parse_mailbox(path);
  if (!mailbox || mailbox->literal) return std::nullopt;
  return mailbox->domain;
}

asio::awaitable<void> Examination::look_at_sender_domain() {
  const std::optional<std::string> domain = sender_domain();
  if (!domain) {
    tell_(judge_unknown("sender_domain", {}, "the reverse-path has no domain"));
    co_return;
  }
  const MxAnswer answer = co_await exchanges(*domain);
  const MailRoute route = route_of(*domain, answer);
  bool has_address = false;
  if (route.kind == MailRoute::Kind::implicit) {
    const AddressAnswer v4 = co_await addresses(*domain, Family::v4);
    const AddressAnswer v6 = co_await addresses(*domain, Family::v6);
    has_address = !v4.addresses.empty() || !v6.addresses.empty();
  }
  tell_(judge_sender_domain(*domain, route, has_address));
}

asio::awaitable<void> Examination::look_at_spf(IpAddress own) {
  // With the null reverse-path it is the EHLO name that is checked (RFC 7208 §2.4).
  const std::optional<std::string> domain =
      checkup_.options.mail_from.empty() ? helo_ : sender_domain();
  if (!domain || domain->starts_with('[')) {
    tell_(judge_unknown("spf", {}, "there is no domain whose record could be looked at"));
    co_return;
  }
  const SpfVerdict verdict = co_await check(*domain, own);
  tell_(judge_spf(*domain, own, verdict));
}

asio::awaitable<SpfVerdict> Examination::check(std::string domain, IpAddress own) {
  const TimePoint due = clock_.now() + spf_patience;
  SpfAnswers answers;
  while (clock_.now() < due) {
    const auto step = check_spf(domain, own, answers);
    if (const auto* const verdict = std::get_if<SpfVerdict>(&step)) co_return *verdict;
    const SpfQuestion question = std::get<SpfQuestion>(step);
    switch (question.kind) {
      case SpfQuestion::Kind::texts: {
        const TextAnswer answer = co_await texts(question.name);
        answers.texts[question.name] = answer;
        break;
      }
      case SpfQuestion::Kind::exchanges: {
        const MxAnswer answer = co_await exchanges(question.name);
        answers.exchanges[question.name] = answer;
        break;
      }
      case SpfQuestion::Kind::addresses: {
        const AddressAnswer answer = co_await addresses(question.name, own.family());
        answers.addresses[question.name] = answer;
        break;
      }
    }
  }
  co_return SpfVerdict{SpfResult::temperror, "the DNS took too long"};
}

asio::awaitable<void> Examination::look_at_blocklists(IpAddress own) {
  const std::vector<std::string> zones =
      checkup_.blocklists.empty() ? built_in_blocklists() : checkup_.blocklists;
  for (const std::string& zone : zones) {
    Listing listing;
    const std::string test_name = blocklist_name(blocklist_test_address(own.family()), zone);
    listing.test = co_await addresses(test_name, Family::v4);
    const std::string own_name = blocklist_name(own, zone);
    if (is_listed(listing.test)) listing.own = co_await addresses(own_name, Family::v4);
    if (is_listed(listing.own)) {
      const TextAnswer reason = co_await texts(own_name);
      if (!reason.texts.empty()) listing.reason = reason.texts.front();
    }
    tell_(judge_blocklist(zone, own, listing));
  }
}

// ---- questions to the DNS -------------------------------------------------------------------

asio::awaitable<AddressAnswer> Examination::addresses(std::string host, Family family) {
  const std::shared_ptr<CaresResolver> resolver = family == Family::v4 ? params_.v4 : params_.v6;
  const auto start = [resolver, host](std::function<void(AddressAnswer)> done) {
    resolver->lookup_addresses(host, std::move(done));
  };
  const AddressAnswer answer = co_await await_value<AddressAnswer>(start);
  co_return answer;
}

asio::awaitable<MxAnswer> Examination::exchanges(std::string domain) {
  const auto start = [this, domain](std::function<void(MxAnswer)> done) {
    params_.v4->lookup_mx(domain, std::move(done));
  };
  const MxAnswer answer = co_await await_value<MxAnswer>(start);
  co_return answer;
}

asio::awaitable<TextAnswer> Examination::texts(std::string name) {
  const auto start = [this, name](std::function<void(TextAnswer)> done) {
    params_.v4->lookup_texts(name, std::move(done));
  };
  const TextAnswer answer = co_await await_value<TextAnswer>(start);
  co_return answer;
}

asio::awaitable<PointerAnswer> Examination::pointers(std::string name) {
  const auto start = [this, name](std::function<void(PointerAnswer)> done) {
    params_.v4->lookup_pointers(name, std::move(done));
  };
  const PointerAnswer answer = co_await await_value<PointerAnswer>(start);
  co_return answer;
}

}  // namespace leadverify
