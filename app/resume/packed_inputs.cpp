#include "app/resume/packed_inputs.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace leadverify::app {
namespace {

constexpr std::size_t block_size = 1024;
constexpr std::uint32_t gone = std::numeric_limits<std::uint32_t>::max();

}  // namespace

void PackedInputs::keep(Place place, const std::string& text) {
  if (blocks_.empty() || blocks_.back().entries.size() == block_size) {
    blocks_.push_back({.first = place});
  }
  Block& block = blocks_.back();
  block.entries.push_back({.place = place,
                           .begin = static_cast<std::uint32_t>(block.texts.size()),
                           .length = static_cast<std::uint32_t>(text.size())});
  block.texts += text;
  ++block.left;
  ++size_;
}

std::optional<std::string_view> PackedInputs::find(Place place) const {
  const auto behind = std::ranges::upper_bound(blocks_, place, {}, &Block::first);
  if (behind == blocks_.begin()) return std::nullopt;
  const Block& block = *std::prev(behind);
  const auto entry = std::ranges::lower_bound(block.entries, place, {}, &Entry::place);
  if (entry == block.entries.end() || entry->place != place || entry->length == gone) {
    return std::nullopt;
  }
  return std::string_view(block.texts).substr(entry->begin, entry->length);
}

std::optional<PackedInputs::Kept> PackedInputs::take(Place place) {
  if (!find(place)) return std::nullopt;
  Block& block = *std::prev(std::ranges::upper_bound(blocks_, place, {}, &Block::first));
  return take(block, *std::ranges::lower_bound(block.entries, place, {}, &Entry::place));
}

std::optional<PackedInputs::Kept> PackedInputs::take_first() {
  if (size_ == 0) return std::nullopt;
  Block& block = blocks_.front();
  return take(block, *std::ranges::find_if(block.entries, [](const Entry& entry) {
                return entry.length != gone;
              }));
}

PackedInputs::Kept PackedInputs::take(Block& block, Entry& entry) {
  Kept kept{.place = entry.place, .text = block.texts.substr(entry.begin, entry.length)};
  entry.length = gone;
  --block.left;
  --size_;
  if (block.left <= block.entries.size() / 2) pack(block);
  while (!blocks_.empty() && blocks_.front().left == 0) blocks_.pop_front();
  return kept;
}

void PackedInputs::pack(Block& block) {
  Block packed{.first = block.first};
  packed.entries.reserve(block.left);
  for (Entry entry : block.entries) {
    if (entry.length == gone) continue;
    packed.texts.append(block.texts, entry.begin, entry.length);
    entry.begin = static_cast<std::uint32_t>(packed.texts.size()) - entry.length;
    packed.entries.push_back(entry);
  }
  packed.left = block.left;
  block = std::move(packed);
}

}  // namespace leadverify::app
