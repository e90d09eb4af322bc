// A resolver that asks another one, and remembers: many askers, few questions.
//
// An answer is kept in an AnswerCache. While a name is being looked up, whoever asks for it too
// waits for the same answer. At most so many lookups are under way at once, since a burst of
// answers overflows a UDP socket's receive buffer; the rest wait their turn, first come, first
// served.
#pragma once

#include "base/clock.hpp"
#include "dns/answer_cache.hpp"
#include "dns/resolver.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace leadverify {

class CachingResolver final : public Resolver {
 public:
  struct Params {
    Duration ttl_cap = std::chrono::hours{1};
    std::size_t max_in_flight = 200;  // lookups that `inner` has under way at once; at least 1
  };

  /// Works on a strand of its own on `executor`. `clock` must outlive the executor's work.
  CachingResolver(asio::any_io_executor executor,
                  std::shared_ptr<Resolver> inner,
                  const Clock& clock,
                  Params params);
  /// Lookups under way end without a word: their `done` is never called.
  ~CachingResolver() override;

  /// From any thread. `done` is called on the resolver's strand, also where the answer is at hand.
  void lookup_mx(const std::string& domain, MxDone done) override;
  void lookup_addresses(const std::string& host, AddressDone done) override;

  /// The inner resolver's queries. An MX hit is a lookup answered from the cache or by one that
  /// was under way already.
  ResolverCounts counts() const override;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace leadverify
