#include "from_options.hpp"

#include <algorithm>
#include <stdexcept>

namespace leadverify {
namespace {

constexpr std::uint16_t dns_port = 53;
// One domain has at most this part of the window; what is beyond waits in the backlog.
constexpr int share_of_window = 8;

}  // namespace

std::optional<Endpoint> parse_resolver(std::string_view text) {
  return parse_endpoint(text, dns_port);
}

std::vector<Endpoint> resolvers_of(const Options& options) {
  std::vector<Endpoint> servers;
  for (const std::string& server : options.resolvers) servers.push_back(*parse_resolver(server));
  return servers;
}

std::shared_ptr<CaresResolver> make_resolver(asio::io_context& context,
                                             const std::vector<Endpoint>& servers,
                                             IpVersion ip) {
  CaresResolver::Params params;
  params.servers = servers;
  params.ip = ip;
  auto made = CaresResolver::make(context.get_executor(), params);
  if (!made) throw std::invalid_argument(made.error());
  return *made;
}

Reach make_reach(const Options& options) {
  std::vector<IpNetwork> allowed;
  for (const std::string& net : options.allow_nets) allowed.push_back(*IpNetwork::parse(net));
  return Reach(std::move(allowed));
}

ProviderTable make_providers(const Options& options) {
  auto made = make_provider_table(options);
  if (!made) throw std::invalid_argument(made.error());
  return *std::move(made);
}

std::shared_ptr<const Lists> make_lists(const Options& options) {
  const auto read = [](const ListTexts& texts) {
    auto made = Lists::make(texts);
    if (!made) throw std::invalid_argument(made.error());
    return std::make_shared<const Lists>(*std::move(made));
  };
  static const std::shared_ptr<const Lists> built_in = read({});
  return options.lists == ListTexts{} ? built_in : read(options.lists);
}

std::optional<IpAddress> source_of(const Options& options) {
  return options.source_ip ? IpAddress::parse(*options.source_ip) : std::nullopt;
}

Session::Params session_params(const Options& options, TraceSink* trace) {
  return {.helo_name = options.helo ? options.helo : system_helo(),
          .most_recipients = options.rcpt_per_session,
          .pipelining = true,
          .starttls = options.starttls,
          .connect_timeout = options.connect_timeout,
          .command_timeout = options.command_timeout,
          .session_timeout = options.session_timeout,
          .trace = trace};
}

Intake::Limits intake_limits(const Options& options) {
  Intake::Limits limits;
  limits.window = static_cast<std::size_t>(options.window);
  // Without a question to anybody an address is in hand for no time.
  if (options.depth != Depth::syntax) {
    limits.share = std::max(1, options.window / share_of_window);
  }
  return limits;
}

}  // namespace leadverify
