// Addresses by their place in the input, packed: what each takes is little more than its text.
//
// They come in the order of the input and go in any. A block of them is packed anew once half
// of it has gone, so that what is taken of memory goes with what is left.
#pragma once

#include <leadverify/result.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadverify::app {

class PackedInputs {
 public:
  /// The number of a file, and a line of it.
  using Place = std::pair<std::uint32_t, std::uint64_t>;

  struct Kept {
    Place place;
    std::string text;
  };

  /// REQUIRES: `place` comes behind all that were kept.
  void keep(Place place, const std::string& text);

  /// The text of the one at `place`, good until the next call; absent: there is none.
  std::optional<std::string_view> find(Place place) const;

  /// Takes out the one at `place`, or the first of all; absent: there is none.
  std::optional<Kept> take(Place place);
  std::optional<Kept> take_first();

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    Place place;
    std::uint32_t begin = 0;   // in the texts of its block
    std::uint32_t length = 0;  // `gone`, where it was taken
  };
  struct Block {
    Place first;  // of all that it ever held
    std::vector<Entry> entries;
    std::string texts;
    std::size_t left = 0;
  };

  Kept take(Block& block, Entry& entry);
  static void pack(Block& block);

  std::deque<Block> blocks_;
  std::size_t size_ = 0;
};

}  // namespace leadverify::app
