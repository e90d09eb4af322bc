// A DNS message read from front to back: numbers and domain names (RFC 1035 §3.1, §4.1.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace leadverify {

/// Reads within the message's bounds; every read is absent where they do not suffice, and the
/// place of the reader means nothing after that.
class WireReader {
 public:
  explicit WireReader(std::span<const std::uint8_t> message, std::size_t offset = 0)
      : message_(message), offset_(offset) {}

  std::size_t offset() const { return offset_; }

  std::optional<std::uint8_t> octet();
  std::optional<std::uint16_t> u16();
  std::optional<std::uint32_t> u32();
  /// The next `count` octets.
  std::optional<std::span<const std::uint8_t>> octets(std::size_t count);

  /// A domain name in lower case without its trailing dot; empty is the root. Every octet but
  /// letters, digits, hyphens and underscores, a dot within a label too, is written \DDD as in
  /// RFC 1035 §5.1, so that two names are equal if and only if their texts are. Absent also
  /// where the name is longer than 255 octets, or a compression pointer does not lead backwards.
  std::optional<std::string> name();

 private:
  std::span<const std::uint8_t> message_;
  std::size_t offset_;
};

}  // namespace leadverify
