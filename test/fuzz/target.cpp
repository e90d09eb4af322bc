#include "fuzz/target.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace leadverify::fuzz {
namespace {

constexpr char unit_separator = '\x1F';

std::vector<Target>& registered() {
  static std::vector<Target> all;
  return all;
}

}  // namespace

Registration::Registration(const Target& target) {
  registered().push_back(target);
}

const std::vector<Target>& targets() {
  return registered();
}

void require(bool holds, std::string_view promise) {
  if (holds) return;
  std::fprintf(stderr, "BROKEN: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

std::string_view as_text(Octets octets) {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

std::vector<std::string_view> split_units(std::string_view text, std::size_t most) {
  std::vector<std::string_view> units;
  while (units.size() + 1 < most) {
    const std::size_t end = text.find(unit_separator);
    if (end == std::string_view::npos) break;
    units.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  units.push_back(text);
  return units;
}

std::string_view unit_at(const std::vector<std::string_view>& units, std::size_t index) {
  return index < units.size() ? units[index] : std::string_view();
}

unsigned octet_at(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0;
}

std::vector<std::string_view> cut(std::string_view text) {
  std::uint32_t seed = 1;
  for (const char c : text) seed = seed * 31 + static_cast<unsigned char>(c);
  std::minstd_rand random(seed);
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t length = std::min<std::size_t>(1 + random() % 16, text.size());
    pieces.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return pieces;
}

}  // namespace leadverify::fuzz
