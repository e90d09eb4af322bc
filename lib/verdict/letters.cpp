#include "verdict/letters.hpp"

#include <array>
#include <cstdint>

namespace leadverify {

namespace {

struct CodePoint {
  std::size_t octets;
  std::uint32_t value;
};

bool continues(char octet) {
  return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U;
}

CodePoint read_code_point(std::string_view text) {
  const auto octet = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  const std::uint32_t lead = octet(0);
  const auto tail = [&](std::size_t at) { return octet(at) & 0x3FU; };
  const auto has_tail = [&](std::size_t count) {
    if (text.size() <= count) return false;
    for (std::size_t at = 1; at <= count; ++at) {
      if (!continues(text[at])) return false;
    }
    return true;
  };
  if (lead >= 0xC2 && lead < 0xE0 && has_tail(1)) return {2, (lead & 0x1FU) << 6U | tail(1)};
  if (lead >= 0xE0 && lead < 0xF0 && has_tail(2)) {
    return {3, (lead & 0x0FU) << 12U | tail(1) << 6U | tail(2)};
  }
  if (lead >= 0xF0 && lead < 0xF5 && has_tail(3)) {
    return {4, (lead & 0x07U) << 18U | tail(1) << 12U | tail(2) << 6U | tail(3)};
  }
  return {1, lead};  // ASCII, or Latin-1
}

constexpr std::string_view lower_ascii = "abcdefghijklmnopqrstuvwxyz0123456789";

std::string_view fold_ascii(std::uint32_t value) {
  if (value >= 'a' && value <= 'z') return lower_ascii.substr(value - 'a', 1);
  if (value >= 'A' && value <= 'Z') return lower_ascii.substr(value - 'A', 1);
  if (value >= '0' && value <= '9') return lower_ascii.substr(26 + value - '0', 1);
  return {};
}

// U+00C0 to U+00FF.
constexpr std::array<std::string_view, 64> latin_1 = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};

// U+0100 to U+017F, one letter each but for the ligatures, which lose their second.
constexpr std::string_view latin_extended =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_extended.size() == 128);

// U+0430 to U+044F; the capitals stand 32 before them.
constexpr std::array<std::string_view, 32> cyrillic = {
    "a", "b", "v", "g", "d", "e", "zh", "z",  "i",  "y",   "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sch", "",  "y", "",  "e", "yu", "ya"};

std::string_view fold_cyrillic(std::uint32_t value) {
  if (value == 0x401 || value == 0x451) return "e";  // ё
  if (value == 0x404 || value == 0x454) return "ye";
  if (value == 0x406 || value == 0x456 || value == 0x407 || value == 0x457) return "i";
  if (value >= 0x410 && value < 0x430) return cyrillic[value - 0x410];
  if (value >= 0x430 && value < 0x450) return cyrillic[value - 0x430];
  return {};
}

// U+03B1 to U+03CE; the capitals stand 32 before the first 25.
constexpr std::string_view greek = "abgdezhqiklmncoprsstufxywiuouw";

std::string_view fold_greek(std::uint32_t value) {
  if (value == 0x386) return "a";
  if (value == 0x388) return "e";
  if (value == 0x389) return "h";
  if (value == 0x38A || value == 0x390) return "i";
  if (value == 0x38C) return "o";
  if (value == 0x38E || value == 0x3B0) return "u";
  if (value == 0x38F) return "w";
  if (value >= 0x391 && value < 0x3AC) return greek.substr(value - 0x391, 1);
  if (value >= 0x3AC && value < 0x3B0) return std::string_view("aehi").substr(value - 0x3AC, 1);
  if (value >= 0x3B1 && value < 0x3CF) return greek.substr(value - 0x3B1, 1);
  return {};
}

/// Ș and ț of Romanian, which stand apart from the rest.
std::string_view fold_comma_below(std::uint32_t value) {
  if (value == 0x218 || value == 0x219) return "s";
  if (value == 0x21A || value == 0x21B) return "t";
  return {};
}

/// An accent that follows its letter.
bool is_combining(std::uint32_t value) {
  return value >= 0x300 && value < 0x370;
}

/// The soft and the hard sign.
bool is_cyrillic_sign(std::uint32_t value) {
  return value == 0x42A || value == 0x42C || value == 0x44A || value == 0x44C;
}

bool is_ideograph(std::uint32_t value) {
  return (value >= 0x3041 && value <= 0x30FF) || (value >= 0x3400 && value <= 0x9FFF) ||
         (value >= 0xAC00 && value <= 0xD7A3);
}

}  // namespace

FoldedLetter fold_letter(std::string_view text) {
  const CodePoint point = read_code_point(text);
  FoldedLetter letter;
  letter.octets = point.octets;
  if (point.value < 0x80) {
    letter.ascii = fold_ascii(point.value);
  } else if (point.value >= 0xC0 && point.value < 0x100) {
    letter.ascii = latin_1[point.value - 0xC0];
  } else if (point.value >= 0x100 && point.value < 0x180) {
    letter.ascii = latin_extended.substr(point.value - 0x100, 1);
  } else if (point.value >= 0x218 && point.value < 0x21C) {
    letter.ascii = fold_comma_below(point.value);
  } else if (point.value >= 0x370 && point.value < 0x400) {
    letter.ascii = fold_greek(point.value);
  } else {
    letter.ascii = fold_cyrillic(point.value);
    letter.silent = is_cyrillic_sign(point.value) || is_combining(point.value);
    letter.ideograph = is_ideograph(point.value);
  }
  return letter;
}

}  // namespace leadverify
