#include "app/input/text_items.hpp"

namespace leadverify::app {
namespace {

// Far longer than any address (RFC 5321 section 4.5.3.1: 320), and far shorter than memory.
constexpr std::size_t longest_line = 8 * 1024;

}  // namespace

TextItems::TextItems() : cutter_(longest_line) {}

std::optional<Input> TextItems::next(std::string_view& octets) {
  while (std::optional<Line> line = cutter_.next(octets)) {
    if (std::optional<Input> item = item_on(*std::move(line))) return item;
  }
  return std::nullopt;
}

std::optional<Input> TextItems::last() {
  std::optional<Line> line = cutter_.last();
  return line ? item_on(*std::move(line)) : std::nullopt;
}

std::optional<Input> TextItems::item_on(Line line) {
  if (line.text.empty() || line.text.front() == '#') {
    ++skipped_;
    return std::nullopt;
  }
  Input item{.text = {}, .line = line.number, .file = {}};
  if (line.cut) {
    // It has no end to find brackets at, and is no address anyway.
    item.text = std::move(line.text);
    item.remark = "the line is longer than 8 KiB";
    item.is_broken = true;
    return item;
  }
  item.text = address_in(line.text);
  return item;
}

}  // namespace leadverify::app
