#include "app/output/ordered_records.hpp"

#include <utility>

namespace leadverify::app {

void OrderedRecords::take(std::uint64_t number, std::optional<std::string> record) {
  const auto place = static_cast<std::size_t>(number - next_);
  if (place >= places_.size()) places_.resize(place + 1);
  if (record) {
    ++held_;
    octets_ += record->size();
  }
  places_[place] = {.come = true, .record = std::move(record)};
  for (; !places_.empty() && places_.front().come; places_.pop_front(), ++next_) {
    const std::optional<std::string>& first = places_.front().record;
    if (!first) continue;
    --held_;
    octets_ -= first->size();
    pass_on_(*first);
  }
}

}  // namespace leadverify::app
