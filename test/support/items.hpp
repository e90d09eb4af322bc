// What an item reader makes of a text that comes in pieces.
#pragma once

#include "app/input/item_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

struct Items {
  std::vector<Input> items = {};
  std::uint64_t skipped = 0;
};

/// What `file`, which holds `pieces` one after the other and is written in `dialect`, holds item by
/// item.
inline Items read_items(const std::string& file,
                        const Dialect& dialect,
                        const std::vector<std::string_view>& pieces) {
  const std::unique_ptr<ItemReader> reader = make_item_reader(file, dialect);
  Items read;
  for (std::string_view octets : pieces) {
    while (!octets.empty()) {
      if (auto item = reader->next(octets)) read.items.push_back(*std::move(item));
    }
  }
  while (auto item = reader->last()) read.items.push_back(*std::move(item));
  read.skipped = reader->skipped();
  return read;
}

/// The same of `text`, which comes in pieces of `piece` octets.
inline Items read_items(const std::string& file,
                        const Dialect& dialect,
                        std::string_view text,
                        std::size_t piece = std::string_view::npos) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    pieces.push_back(text.substr(0, piece));
    text.remove_prefix(pieces.back().size());
  }
  return read_items(file, dialect, pieces);
}

inline std::vector<std::string> texts(const Items& read) {
  std::vector<std::string> texts;
  for (const Input& item : read.items) texts.push_back(item.text);
  return texts;
}

/// All that an item says, in one line for comparison.
inline std::string shown(const Input& item) {
  std::string text = std::to_string(item.line) + (item.is_broken ? " broken <" : " <") + item.text +
                     "> " + item.remark.value_or("");
  if (!item.row) return text;
  if (!item.row->names) return text + " []";
  for (std::size_t i = 0; i < item.row->values.size(); ++i) {
    const Row::Value& value = item.row->values[i];
    text += " [" + item.row->names->at(i) + (value.is_json ? ":" : "=") + value.text + "]";
  }
  return text;
}

inline std::vector<std::string> shown(const Items& read) {
  std::vector<std::string> lines;
  for (const Input& item : read.items) lines.push_back(shown(item));
  return lines;
}

}  // namespace leadverify::app
