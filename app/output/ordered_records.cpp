#include "app/output/ordered_records.hpp"

#include <algorithm>
#include <utility>

namespace leadverify::app {

void OrderedRecords::take(std::uint64_t number, WrittenRecord record) {
  if (number >= end_) return;
  const auto place = static_cast<std::size_t>(number - next_);
  if (place >= places_.size()) places_.resize(place + 1);
  ++held_;
  octets_ += record.text.size();
  places_[place] = std::move(record);
  for (; !places_.empty() && places_.front(); places_.pop_front(), ++next_) {
    const WrittenRecord& first = *places_.front();
    --held_;
    octets_ -= first.text.size();
    pass_on_(first);
  }
}

void OrderedRecords::end_before(std::uint64_t number) {
  end_ = std::min(end_, number);
  while (next_ + places_.size() > end_) drop_last();
}

void OrderedRecords::drop_last() {
  if (const std::optional<WrittenRecord>& last = places_.back()) {
    --held_;
    octets_ -= last->text.size();
  }
  places_.pop_back();
}

}  // namespace leadverify::app
