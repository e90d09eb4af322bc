// Answers of the DNS, kept for as long as they may be believed.
//
// Told the time. An answer is kept for its TTL, negative ones too (RFC 2308), and at most for
// the cap. A failed lookup says nothing of the name and carries no TTL; it is kept for some
// seconds of this program's own, so that the many addresses of one domain do not each make an
// ailing server fail again, and the domain is soon asked about once more.
#pragma once

#include "base/time.hpp"
#include "dns/answers.hpp"

#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace leadverify {

/// `Answer` is MxAnswer or AddressAnswer.
template <class Answer>
class AnswerCache {
 public:
  struct Params {
    Duration ttl_cap = std::chrono::hours{1};
    Duration failed_ttl = std::chrono::seconds{5};
    std::size_t max_entries = 20'000;  // beyond it goes what would expire first; at least 1
  };

  explicit AnswerCache(Params params) : params_(params) {}

  /// The answer kept for `name`, or nullptr; it is there until the next call of keep().
  const Answer* find(const std::string& name, TimePoint now) const;

  /// Replaces what was kept for `name`. A TTL of 0 is not kept at all.
  void keep(const std::string& name, const Answer& answer, TimePoint now);

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Answer answer;
    TimePoint expires;
  };
  using Entries = std::unordered_map<std::string, Entry>;

  void drop(typename Entries::iterator entry);

  Params params_;
  Entries entries_;
  std::set<std::pair<TimePoint, std::string_view>> by_expiry_;  // names are the keys of entries_
};

extern template class AnswerCache<MxAnswer>;
extern template class AnswerCache<AddressAnswer>;

}  // namespace leadverify
