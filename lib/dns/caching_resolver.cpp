#include "dns/caching_resolver.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace leadverify {

/// What the strand's work keeps alive; touched on the strand alone, but for `mx_hits`.
class CachingResolver::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(asio::any_io_executor executor,
       std::shared_ptr<Resolver> inner,
       const Clock& clock,
       Duration ttl_cap)
      : strand_(std::move(executor)),
        inner_(std::move(inner)),
        clock_(clock),
        mx_{.cache = AnswerCache<MxAnswer>({.ttl_cap = ttl_cap}), .asking = {}},
        addresses_{.cache = AnswerCache<AddressAnswer>({.ttl_cap = ttl_cap}), .asking = {}} {}

  template <class Answer>
  void post_lookup(const std::string& name, std::function<void(const Answer&)> done) {
    asio::post(strand_, [core = shared_from_this(), name, done = std::move(done)]() mutable {
      core->look_up<Answer>(name, std::move(done));
    });
  }

  ResolverCounts counts() const {
    return {.queries = inner_->counts().queries, .mx_hits = mx_hits_};
  }

 private:
  template <class Answer>
  struct Shelf {
    AnswerCache<Answer> cache;
    std::unordered_map<std::string, std::vector<std::function<void(const Answer&)>>> asking;
  };

  template <class Answer>
  Shelf<Answer>& shelf() {
    if constexpr (std::is_same_v<Answer, MxAnswer>) {
      return mx_;
    } else {
      return addresses_;
    }
  }

  template <class Answer>
  void look_up(const std::string& name, std::function<void(const Answer&)> done) {
    const Answer* known = shelf<Answer>().cache.find(name, clock_.now());
    if (known != nullptr) {
      count_hit<Answer>();
      done(*known);
      return;
    }

    auto& askers = shelf<Answer>().asking[name];
    askers.push_back(std::move(done));
    if (askers.size() > 1) {
      count_hit<Answer>();
      return;
    }
    ask<Answer>(name);
  }

  template <class Answer>
  void count_hit() {
    if (std::is_same_v<Answer, MxAnswer>) ++mx_hits_;
  }

  template <class Answer>
  void ask(const std::string& name) {
    // Weak: the core owns the inner resolver, and would otherwise be owned by its lookups.
    auto done = [weak = weak_from_this(), name](const Answer& answer) {
      if (const auto core = weak.lock()) core->post_answer(name, answer);
    };
    if constexpr (std::is_same_v<Answer, MxAnswer>) {
      inner_->lookup_mx(name, std::move(done));
    } else {
      inner_->lookup_addresses(name, std::move(done));
    }
  }

  template <class Answer>
  void post_answer(const std::string& name, const Answer& answer) {
    asio::post(strand_,
               [core = shared_from_this(), name, answer] { core->take_answer(name, answer); });
  }

  template <class Answer>
  void take_answer(const std::string& name, const Answer& answer) {
    shelf<Answer>().cache.keep(name, answer, clock_.now());
    const auto askers = shelf<Answer>().asking.extract(name);
    for (const auto& done : askers.mapped()) done(answer);
  }

  asio::strand<asio::any_io_executor> strand_;
  std::shared_ptr<Resolver> inner_;
  const Clock& clock_;
  Shelf<MxAnswer> mx_;
  Shelf<AddressAnswer> addresses_;
  std::atomic<std::uint64_t> mx_hits_ = 0;
};

CachingResolver::CachingResolver(asio::any_io_executor executor,
                                 std::shared_ptr<Resolver> inner,
                                 const Clock& clock,
                                 Duration ttl_cap)
    : core_(std::make_shared<Core>(std::move(executor), std::move(inner), clock, ttl_cap)) {}

CachingResolver::~CachingResolver() = default;

void CachingResolver::lookup_mx(const std::string& domain, MxDone done) {
  core_->post_lookup<MxAnswer>(domain, std::move(done));
}

void CachingResolver::lookup_addresses(const std::string& host, AddressDone done) {
  core_->post_lookup<AddressAnswer>(host, std::move(done));
}

ResolverCounts CachingResolver::counts() const {
  return core_->counts();
}

}  // namespace leadverify
