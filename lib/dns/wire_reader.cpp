#include "dns/wire_reader.hpp"

namespace leadverify {
namespace {

constexpr std::size_t longest_name = 255;  // with its length octets, the root's too

void append_octet(std::string& text, std::uint8_t octet) {
  const char c = static_cast<char>(octet);
  if (c >= 'A' && c <= 'Z') {
    text += static_cast<char>(c - 'A' + 'a');
    return;
  }
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
    text += c;
    return;
  }
  text += '\\';
  text += static_cast<char>('0' + octet / 100);
  text += static_cast<char>('0' + octet / 10 % 10);
  text += static_cast<char>('0' + octet % 10);
}

}  // namespace

std::optional<std::uint8_t> WireReader::octet() {
  const auto one = octets(1);
  if (!one) return std::nullopt;
  return one->front();
}

std::optional<std::uint16_t> WireReader::u16() {
  const auto two = octets(2);
  if (!two) return std::nullopt;
  return static_cast<std::uint16_t>((*two)[0] << 8 | (*two)[1]);
}

std::optional<std::uint32_t> WireReader::u32() {
  const auto high = u16();
  const auto low = u16();
  if (!high || !low) return std::nullopt;
  return static_cast<std::uint32_t>(*high) << 16 | *low;
}

std::optional<std::span<const std::uint8_t>> WireReader::octets(std::size_t count) {
  if (offset_ > message_.size() || count > message_.size() - offset_) return std::nullopt;
  const auto taken = message_.subspan(offset_, count);
  offset_ += count;
  return taken;
}

std::optional<std::string> WireReader::name() {
  std::string text;
  std::size_t length = 1;
  WireReader part = *this;             // reads on where a pointer leads
  std::size_t part_begin = offset_;    // pointers lead before it, so that they come to an end
  std::optional<std::size_t> our_end;  // behind the first pointer
  while (true) {
    const auto size = part.octet();
    if (!size) return std::nullopt;
    if (*size == 0) break;

    if (*size >= 0xC0) {
      const auto low = part.octet();
      if (!low) return std::nullopt;
      if (!our_end) our_end = part.offset();
      const std::size_t target = static_cast<std::size_t>(*size & 0x3F) << 8 | *low;
      if (target >= part_begin) return std::nullopt;
      part = WireReader(message_, target);
      part_begin = target;
      continue;
    }

    if (*size > 63) return std::nullopt;  // 01 and 10 are no label types (RFC 6891 §5)
    length += *size + 1U;
    if (length > longest_name) return std::nullopt;
    const auto label = part.octets(*size);
    if (!label) return std::nullopt;
    if (!text.empty()) text += '.';
    for (const std::uint8_t octet : *label) append_octet(text, octet);
  }
  offset_ = our_end.value_or(part.offset());
  return text;
}

}  // namespace leadverify
