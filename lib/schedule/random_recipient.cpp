#include "schedule/random_recipient.hpp"

#include <random>

namespace leadverify {
namespace {

constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t length = 20;
constexpr std::size_t stamp_length = 7;  // enough beyond the year 4400

/// FNV-1a: spreads domains well enough, and is the same on every platform.
std::uint64_t hash(std::string_view text, std::uint64_t seed) {
  std::uint64_t value = 14695981039346656037ULL ^ seed;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return value;
}

}  // namespace

std::string random_local_part(std::uint64_t seed,
                              std::string_view domain,
                              std::chrono::sys_seconds begun) {
  std::mt19937_64 random(hash(domain, seed));
  std::string name(length, '0');
  name[0] = digits[10 + random() % 26];
  for (std::size_t i = 1; i < length - stamp_length; ++i) name[i] = digits[random() % 36];

  auto seconds = static_cast<std::uint64_t>(begun.time_since_epoch().count());
  for (std::size_t i = length; i-- > length - stamp_length; seconds /= 36) {
    name[i] = digits[seconds % 36];
  }
  return name;
}

}  // namespace leadverify
