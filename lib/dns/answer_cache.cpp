#include "dns/answer_cache.hpp"

#include <algorithm>

namespace leadverify {

template <class Answer>
const Answer* AnswerCache<Answer>::find(const std::string& name, TimePoint now) const {
  const auto found = entries_.find(name);
  if (found == entries_.end() || found->second.expires <= now) return nullptr;
  return &found->second.answer;
}

template <class Answer>
void AnswerCache<Answer>::keep(const std::string& name, const Answer& answer, TimePoint now) {
  if (const auto old = entries_.find(name); old != entries_.end()) drop(old);

  const Duration told = answer.status == DnsStatus::failed ? params_.failed_ttl : answer.ttl;
  const Duration lifetime = std::min(told, params_.ttl_cap);
  if (lifetime <= Duration::zero()) return;

  const auto [entry, is_new] = entries_.try_emplace(name, Entry{answer, now + lifetime});
  by_expiry_.emplace(entry->second.expires, entry->first);
  if (entries_.size() > params_.max_entries) {
    drop(entries_.find(std::string(by_expiry_.begin()->second)));
  }
}

template <class Answer>
void AnswerCache<Answer>::drop(typename Entries::iterator entry) {
  by_expiry_.erase({entry->second.expires, entry->first});
  entries_.erase(entry);
}

template class AnswerCache<MxAnswer>;
template class AnswerCache<AddressAnswer>;

}  // namespace leadverify
