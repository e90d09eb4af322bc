#include "schedule/unproven_answers.hpp"

#include <algorithm>
#include <utility>

namespace leadverify {

void UnprovenAnswers::add(Entry entry) {
  entries_.push_back(std::move(entry));
}

std::list<UnprovenAnswers::Entry> UnprovenAnswers::take(Use use) {
  return take_if([&](const Entry& entry) { return entry.use == use; });
}

std::list<UnprovenAnswers::Entry> UnprovenAnswers::take_due(TimePoint now) {
  return take_if([&](const Entry& entry) { return entry.due <= now; });
}

/// Allocates nothing: it is what is done for want of memory, too.
template <typename Condition>
std::list<UnprovenAnswers::Entry> UnprovenAnswers::take_if(Condition condition) {
  std::list<Entry> taken;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const auto next = std::next(entry);
    const bool is_random = entry->answer.recipient.id == 0;
    if (condition(*entry)) taken.splice(is_random ? taken.begin() : taken.end(), entries_, entry);
    entry = next;
  }
  return taken;
}

std::optional<TimePoint> UnprovenAnswers::next_due() const {
  const auto first = std::ranges::min_element(entries_, {}, &Entry::due);
  return first == entries_.end() ? std::nullopt : std::optional(first->due);
}

}  // namespace leadverify
