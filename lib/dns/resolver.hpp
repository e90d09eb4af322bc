// DNS as an interface: who is asked where a domain's mail goes.
#pragma once

#include "base/asio.hpp"
#include "dns/answers.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace leadverify {

/// What a resolver has done so far.
struct ResolverCounts {
  std::uint64_t queries = 0;  // questions put to servers, repeated ones not counted again
  std::uint64_t mx_hits = 0;  // MX lookups answered without a question of their own
};

class Resolver {
 public:
  using MxDone = std::function<void(const MxAnswer&)>;
  using AddressDone = std::function<void(const AddressAnswer&)>;

  virtual ~Resolver() = default;

  /// Looks up the MX records of `domain` (A-labels, no trailing dot). `done` is called once,
  /// later, never from inside this call, on a thread of the resolver's; failure is a status.
  virtual void lookup_mx(const std::string& domain, MxDone done) = 0;

  /// Looks up the addresses of `host`, of the IP versions that the resolver was made for.
  /// `failed` if one of the questions failed and no other gave an address.
  virtual void lookup_addresses(const std::string& host, AddressDone done) = 0;

  /// From any thread; nothing where a resolver does not count.
  virtual ResolverCounts counts() const { return {}; }
};

}  // namespace leadverify
