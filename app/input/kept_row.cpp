#include "app/input/kept_row.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

// Thousands of rows are in memory at a time.
constexpr std::size_t longest_row_of_values = 8 * 1024;

bool continues_character(char octet) {
  return (static_cast<unsigned char>(octet) & 0xC0) == 0x80;
}

}  // namespace

KeptRow::KeptRow(Names names)
    : row_{.names = std::move(names), .values = {}}, room_(longest_row_of_values) {
  row_.values.reserve(row_.names->size());
}

void KeptRow::add_text(std::string text) {
  cut(text);
  row_.values.push_back({.text = std::move(text), .is_json = false});
}

void KeptRow::add_json(std::string json) {
  const bool is_whole = !cut(json);
  row_.values.push_back({.text = std::move(json), .is_json = is_whole});
}

/// Cuts `text` between characters, if it has to be cut.
bool KeptRow::cut(std::string& text) {
  std::size_t end = std::min({text.size(), longest_kept_value, room_});
  const bool is_cut = end < text.size();
  while (is_cut && end > 0 && continues_character(text[end])) --end;
  text.resize(end);
  room_ -= end;
  return is_cut;
}

}  // namespace leadverify::app
