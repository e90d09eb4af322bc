#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace leadverify {
namespace {

bool continues(char octet) {
  return (static_cast<unsigned char>(octet) & 0xC0) == 0x80;
}

/// What a lead octet announces: how many octets follow, and between which bounds the first of
/// them lies (the table of RFC 3629 §4).
struct Lead {
  std::size_t following = 0;  // 0: no lead octet of a longer character
  unsigned char lowest = 0x80;
  unsigned char highest = 0xBF;
};

Lead read_lead(unsigned char octet) {
  if (octet < 0xC2) return {};
  if (octet < 0xE0) return {.following = 1};
  if (octet == 0xE0) return {.following = 2, .lowest = 0xA0};
  if (octet == 0xED) return {.following = 2, .highest = 0x9F};
  if (octet < 0xF0) return {.following = 2};
  if (octet == 0xF0) return {.following = 3, .lowest = 0x90};
  if (octet < 0xF4) return {.following = 3};
  if (octet == 0xF4) return {.following = 3, .highest = 0x8F};
  return {};
}

}  // namespace

FirstCharacter first_character(std::string_view text) {
  assert(!text.empty());
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return {.code_point = first, .length = 1};

  const Lead lead = read_lead(first);
  if (lead.following == 0 || text.size() < 2) return {};
  const auto second = static_cast<unsigned char>(text[1]);
  if (second < lead.lowest || second > lead.highest) return {};

  char32_t code_point = first & (0x3FU >> lead.following);
  for (std::size_t i = 1; i <= lead.following; ++i) {
    if (i == text.size() || !continues(text[i])) return {.code_point = {}, .length = i};
    code_point = code_point << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {.code_point = code_point, .length = lead.following + 1};
}

bool is_ascii(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t octets = 0;
    std::memcpy(&octets, text.data(), sizeof octets);
    if ((octets & high_bits) != 0) return false;
    text.remove_prefix(sizeof octets);
  }
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::size_t> find_broken_utf8(std::string_view text) {
  if (is_ascii(text)) return std::nullopt;
  for (std::size_t offset = 0; offset < text.size();) {
    const FirstCharacter character = first_character(text.substr(offset));
    if (!character.code_point) return offset;
    offset += character.length;
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char octet) { return !continues(octet); }));
}

std::size_t start_of_character(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return text.size();
  while (offset > 0 && continues(text[offset])) --offset;
  return offset;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto append_tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU));
  };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xC0U | (code_point >> 6));
    append_tail(0);
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xE0U | (code_point >> 12));
    append_tail(6);
    append_tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code_point >> 18));
    append_tail(12);
    append_tail(6);
    append_tail(0);
  }
}

bool is_bidi_control(char32_t code_point) {
  return code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
         (code_point >= 0x202A && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x206F);
}

std::string code_point_name(char32_t code_point) {
  std::array<char, sizeof "U+10FFFF"> name{};
  std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(code_point & 0x1FFFFF));
  return name.data();
}

}  // namespace leadverify
