#include "fuzz/item_promises.hpp"

#include "app/base/usage_error.hpp"
#include "app/input/kept_row.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace leadverify::fuzz {
namespace {

constexpr std::size_t longest_text = 8 * 1024;
constexpr std::size_t longest_row = 8 * 1024;

struct Reading {
  std::optional<app::Items> items;
  std::string refusal;  // where there are none
};

Reading read(const app::Dialect& dialect, const std::vector<std::string_view>& pieces) {
  try {
    return {.items = app::read_items("list", dialect, pieces), .refusal = {}};
  } catch (const app::UsageError& error) {
    require(!std::string_view(error.what()).empty(), "a refusal says why");
    return {.items = std::nullopt, .refusal = error.what()};
  }
}

void check_row(const Row& row) {
  require(row.names && row.names->size() == row.values.size(), "each value has its name");
  require(std::set(row.names->begin(), row.names->end()).size() == row.names->size(),
          "no two names are alike");
  std::size_t octets = 0;
  for (const Row::Value& value : row.values) {
    require(value.text.size() <= app::longest_kept_value, "of a value a KiB is kept");
    octets += value.text.size();
  }
  require(octets <= longest_row, "of a row a few KiB are kept");
}

void check_item(const Input& item) {
  require(item.text.size() <= longest_text, "an address is a few KiB at most");
  require(!item.is_broken || item.remark, "what is broken is told");
  require(!item.remark || (!item.remark->empty() && item.remark->size() <= 1024),
          "a remark is a sentence");
  if (item.row) check_row(*item.row);
}

}  // namespace

std::optional<app::Items> promised_items(const app::Dialect& dialect, std::string_view text) {
  const Reading whole = read(dialect, {text});
  const Reading pieces = read(dialect, cut(text));
  require(whole.items.has_value() == pieces.items.has_value() && whole.refusal == pieces.refusal,
          "a refusal hangs on no cut");
  if (!whole.items) return std::nullopt;

  require(shown(*whole.items) == shown(*pieces.items), "items hang on no cut");
  require(whole.items->skipped == pieces.items->skipped, "nor does what is skipped");
  std::uint64_t line = 0;
  for (const Input& item : whole.items->items) {
    require(item.line > line, "items come in their order, one a line");
    line = item.line;
    check_item(item);
  }
  return whole.items;
}

}  // namespace leadverify::fuzz
