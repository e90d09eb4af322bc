#include "address/name_set.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <limits>
#include <utility>

namespace leadverify {
namespace {

std::size_t hash_of(std::string_view name) {
  return std::hash<std::string_view>()(name);
}

}  // namespace

void NameSet::add(std::string_view name) {
  assert(!name.empty() && name.size() <= std::numeric_limits<std::uint16_t>::max());
  if (size_ * 3 >= places_.size() * 2) grow();
  const std::size_t hash = hash_of(name);
  Place& place = places_[find(name, hash)];
  if (place.length != 0) return;
  place = {.begin = static_cast<std::uint32_t>(names_.size()),
           .length = static_cast<std::uint16_t>(name.size()),
           .mark = mark_of(hash)};
  names_ += name;
  ++size_;
}

bool NameSet::contains(std::string_view name) const {
  if (size_ == 0) return false;
  return places_[find(name, hash_of(name))].length != 0;
}

std::uint16_t NameSet::mark_of(std::size_t hash) {
  return static_cast<std::uint16_t>(hash >> (std::numeric_limits<std::size_t>::digits - 16));
}

std::string_view NameSet::name_at(const Place& place) const {
  return std::string_view(names_).substr(place.begin, place.length);
}

/// Where `name` stands, or else the free place where it would.
std::size_t NameSet::find(std::string_view name, std::size_t hash) const {
  const std::size_t last = places_.size() - 1;
  for (std::size_t at = hash & last;; at = (at + 1) & last) {
    const Place& place = places_[at];
    if (place.length == 0) return at;
    if (place.mark == mark_of(hash) && name_at(place) == name) return at;
  }
}

void NameSet::grow() {
  const std::vector<Place> old = std::exchange(places_, {});
  places_.resize(std::max<std::size_t>(16, old.size() * 2));
  for (const Place& place : old) {
    if (place.length == 0) continue;
    const std::string_view name = name_at(place);
    places_[find(name, hash_of(name))] = place;
  }
}

}  // namespace leadverify
