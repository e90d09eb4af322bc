// A resolver that asks another one, and remembers: many askers, few questions.
//
// An answer is kept in an AnswerCache. While a name is being looked up, whoever asks for it too
// waits for the same answer.
#pragma once

#include "base/clock.hpp"
#include "dns/answer_cache.hpp"
#include "dns/resolver.hpp"

#include <memory>
#include <string>

namespace leadverify {

class CachingResolver final : public Resolver {
 public:
  /// Works on a strand of its own on `executor`. No answer is kept for longer than `ttl_cap`.
  /// `clock` must outlive the executor's work.
  CachingResolver(asio::any_io_executor executor,
                  std::shared_ptr<Resolver> inner,
                  const Clock& clock,
                  Duration ttl_cap);
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
