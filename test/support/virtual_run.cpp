#include "support/virtual_run.hpp"

#include "support/allocation_faults.hpp"

#include <stdexcept>

namespace leadverify {
namespace {

world::Script read(std::string_view text) {
  auto script = world::read_script(text);
  if (!script) throw std::invalid_argument(to_string(script.error()));
  return *std::move(script);
}

ProviderTable read_providers(const Options& options) {
  auto table = make_provider_table(options);
  if (!table) throw std::invalid_argument(table.error());
  return *std::move(table);
}

Session::Params session_params(const Options& options) {
  return {.helo_name = "probe.example.net",
          .most_recipients = options.rcpt_per_session,
          .starttls = options.starttls,
          .connect_timeout = options.connect_timeout,
          .command_timeout = options.command_timeout,
          .session_timeout = options.session_timeout};
}

}  // namespace

VirtualRun::VirtualRun(std::string_view script, Options options)
    : VirtualRun(script, std::move(options), VirtualNetwork::Params{}) {}

VirtualRun::VirtualRun(std::string_view script, Options options, VirtualNetwork::Params network)
    : options_(std::move(options)),
      world_(read(script), clock_.now()),
      network_(world_, clock_, std::move(network)),
      reach_({*IpNetwork::parse("127.0.0.0/8"), *IpNetwork::parse("fd00::/8")}),
      providers_(read_providers(options_)),
      resolver_(context_.get_executor(),
                std::make_shared<VirtualResolver>(context_, clock_, world_),
                clock_,
                options_.mx_ttl),
      pool_(context_,
            network_,
            clock_,
            session_params(options_),
            {.in_all = options_.max_connections, .an_address = options_.mx_connections},
            [this](const std::string& notice) { notices_.push_back(notice); }),
      dispatcher_(
          {.context = context_,
           .clock = clock_,
           .resolver = resolver_,
           .pool = pool_,
           .reach = reach_,
           .providers = providers_,
           .counts = counts_,
           .on_event = {}},
          options_,
          {.seed = 7, .begun = std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000))},
          [this](Settlement settlement) {
            const FaultShelter shelter;
            const std::string address = settlement.recipient.address;
            if (settled_.contains(address)) throw std::logic_error("settled twice");
            settled_[address] = {std::move(settlement), elapsed()};
          }) {}

void VirtualRun::submit(std::string_view address) {
  const auto mailbox = parse_mailbox(address);
  if (!mailbox) throw std::invalid_argument(to_string(mailbox.error()));
  dispatcher_.dispatch(*mailbox, {.id = ++last_id_});
}

void VirtualRun::run_for(Duration time) {
  const TimePoint end = clock_.now() + time;
  run_in_virtual_time(context_, clock_, time);
  clock_.jump_to(end);
  while (context_.poll() > 0) continue;
  context_.restart();
}

}  // namespace leadverify
