// What options ask for, made: parts of the library as they are put together from it.
//
// REQUIRES, for all that take Options: fault(options) finds nothing. What is wrong with the world
// all the same, as no name server in resolv.conf, throws std::invalid_argument with a sentence.
#pragma once

#include <leadverify/options.hpp>

#include "address/lists.hpp"
#include "base/asio.hpp"
#include "base/ip.hpp"
#include "dns/cares_resolver.hpp"
#include "dns/provider_table.hpp"
#include "schedule/intake.hpp"
#include "smtp/session.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace leadverify {

/// A name server as people write it: an IP address, with a port if it is not 53. Absent: it is
/// none.
std::optional<Endpoint> parse_resolver(std::string_view text);

/// The name servers that were given; none: those of the system are meant.
std::vector<Endpoint> resolvers_of(const Options& options);

/// A resolver that asks `servers`, or those of the system if there are none.
std::shared_ptr<CaresResolver> make_resolver(asio::io_context& context,
                                             const std::vector<Endpoint>& servers,
                                             IpVersion ip);

Reach make_reach(const Options& options);
ProviderTable make_providers(const Options& options);

/// Those built in are read once for all: they are what costs most of a Verifier's beginning.
std::shared_ptr<const Lists> make_lists(const Options& options);

/// The address that connections come from; absent: the system chooses.
std::optional<IpAddress> source_of(const Options& options);

/// `trace` may be null, else it outlives the sessions.
Session::Params session_params(const Options& options, TraceSink* trace);

Intake::Limits intake_limits(const Options& options);

}  // namespace leadverify
