#include "schedule/seen_addresses.hpp"

// Header-only: nothing to link.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace leadverify {
namespace {

/// Puts small numbers into one, field behind field.
class Packer {
 public:
  void put(std::uint64_t value, int bits) {
    packed_ |= value << at_;
    at_ += bits;
  }
  std::uint64_t packed() const { return packed_; }

 private:
  std::uint64_t packed_ = 0;
  int at_ = 0;
};

/// Takes them out again in the same order.
class Unpacker {
 public:
  explicit Unpacker(std::uint64_t packed) : rest_(packed) {}
  std::uint64_t take(int bits) {
    const std::uint64_t value = rest_ & ((std::uint64_t{1} << bits) - 1);
    rest_ >>= bits;
    return value;
  }

 private:
  std::uint64_t rest_;
};

template <class Enum>
std::uint64_t one_up(const std::optional<Enum>& value) {
  return value ? static_cast<std::uint64_t>(*value) + 1 : 0;
}

template <class Enum>
std::optional<Enum> one_down(std::uint64_t value) {
  if (value == 0) return std::nullopt;
  return static_cast<Enum>(value - 1);
}

std::uint64_t pack(const Verdict& verdict) {
  const EnhancedStatus enhanced = verdict.enhanced.value_or(EnhancedStatus{});
  Packer packer;
  packer.put(static_cast<std::uint64_t>(verdict.status), 2);
  packer.put(static_cast<std::uint64_t>(verdict.reason), 6);
  packer.put(one_up(verdict.confidence), 2);
  packer.put(one_up(verdict.catch_all), 2);
  packer.put(verdict.greylist ? 1 : 0, 1);
  packer.put(static_cast<std::uint64_t>(verdict.code.value_or(0)), 10);
  packer.put(enhanced.klass, 3);
  packer.put(enhanced.subject, 10);
  packer.put(enhanced.detail, 10);
  packer.put(one_up(verdict.stage), 4);
  return packer.packed();
}

Verdict unpack(std::uint64_t packed) {
  Unpacker unpacker(packed);
  Verdict verdict;
  verdict.status = static_cast<Status>(unpacker.take(2));
  verdict.reason = static_cast<Reason>(unpacker.take(6));
  verdict.confidence = one_down<Confidence>(unpacker.take(2));
  verdict.catch_all = one_down<bool>(unpacker.take(2));
  verdict.greylist = unpacker.take(1) != 0;
  const auto code = static_cast<int>(unpacker.take(10));
  if (code != 0) verdict.code = code;
  EnhancedStatus enhanced;
  enhanced.klass = static_cast<std::uint8_t>(unpacker.take(3));
  enhanced.subject = static_cast<std::uint16_t>(unpacker.take(10));
  enhanced.detail = static_cast<std::uint16_t>(unpacker.take(10));
  if (enhanced.klass != 0) verdict.enhanced = enhanced;
  verdict.stage = one_down<Stage>(unpacker.take(4));
  return verdict;
}

}  // namespace

Verdict verdict_of(const Result& result) {
  return {.status = result.status,
          .reason = result.reason,
          .confidence = result.confidence,
          .catch_all = result.catch_all,
          .greylist = result.greylist,
          .code = result.code,
          .enhanced = result.enhanced,
          .stage = result.stage};
}

void apply(const Verdict& verdict, Result& result) {
  result.status = verdict.status;
  result.reason = verdict.reason;
  result.confidence = verdict.confidence;
  result.catch_all = verdict.catch_all;
  result.greylist = verdict.greylist;
  result.code = verdict.code;
  result.enhanced = verdict.enhanced;
  result.stage = verdict.stage;
}

VerdictBook::Place VerdictBook::note(const Verdict& verdict) {
  const auto [entry, is_new] = places_.try_emplace(pack(verdict), 0);
  if (is_new) {
    packed_.push_back(entry->first);
    entry->second = static_cast<Place>(packed_.size());
  }
  return entry->second;
}

Verdict VerdictBook::at(Place place) const {
  assert(place != 0 && place <= packed_.size());
  return unpack(packed_[place - 1]);
}

SeenAddresses::Key SeenAddresses::key(std::string_view address) const {
  // 0 marks a free place.
  return std::max<Key>(1, XXH3_64bits_withSeed(address.data(), address.size(), secret_));
}

/// Where `key` stands, or else the free place where it would.
std::size_t SeenAddresses::place(const Shelf& shelf, Key key) {
  std::size_t at = (key >> 8) % shelf.keys.size();
  while (shelf.keys[at] != 0 && shelf.keys[at] != key) at = (at + 1) % shelf.keys.size();
  return at;
}

void SeenAddresses::grow(Shelf& shelf) {
  const Shelf old = std::exchange(shelf, {});
  const std::size_t size = std::max<std::size_t>(16, old.keys.size() + old.keys.size() / 8);
  shelf.keys.resize(size);
  shelf.lines.resize(size);
  shelf.verdicts.resize(size);
  shelf.used = old.used;
  for (std::size_t i = 0; i < old.keys.size(); ++i) {
    if (old.keys[i] == 0) continue;
    const std::size_t at = place(shelf, old.keys[i]);
    shelf.keys[at] = old.keys[i];
    shelf.lines[at] = old.lines[i];
    shelf.verdicts[at] = old.verdicts[i];
  }
}

std::optional<SeenAddresses::Seen> SeenAddresses::look_up_or_note(Key key, std::uint64_t line) {
  Shelf& there = shelf(key);
  if ((there.used + 1) * 10 > there.keys.size() * 9) grow(there);
  const std::size_t at = place(there, key);
  if (there.keys[at] == 0) {
    there.keys[at] = key;
    there.lines[at] = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(line, std::numeric_limits<std::uint32_t>::max()));
    ++there.used;
    return std::nullopt;
  }
  Seen seen{.line = there.lines[at], .verdict = std::nullopt};
  if (there.verdicts[at] != 0) seen.verdict = book_.at(there.verdicts[at]);
  return seen;
}

void SeenAddresses::settle(Key key, const Verdict& verdict) {
  Shelf& there = shelf(key);
  const std::size_t at = place(there, key);
  assert(there.keys[at] == key);
  there.verdicts[at] = book_.note(verdict);
}

}  // namespace leadverify
