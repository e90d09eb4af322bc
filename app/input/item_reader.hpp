// What the octets of a file hold, item by item: an interface with a reader for each format.
//
// However the octets come in, in one piece or one by one, the items are the same. An item
// that can't be read is an item all the same: Input::is_broken.
#pragma once

#include <leadverify/result.hpp>

#include "app/input/dialect.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify::app {

class ItemReader {
 public:
  virtual ~ItemReader() = default;

  /// Takes octets from the front of `octets` until an item is complete, or none is left; the
  /// item if one is. Throws UsageError where the file does not have what the dialect says.
  virtual std::optional<Input> next(std::string_view& octets) = 0;

  /// After the last octet: the items that are complete with it, one a call. Throws like next().
  virtual std::optional<Input> last() = 0;

  /// Lines so far that hold no item: blank ones, comments.
  std::uint64_t skipped() const { return skipped_; }

 protected:
  std::uint64_t skipped_ = 0;
};

/// A reader for `file`, which is written in `dialect`; the name is used in messages too.
std::unique_ptr<ItemReader> make_item_reader(const std::string& file, const Dialect& dialect);

}  // namespace leadverify::app
