// What is fuzzed: a function that takes any octets, and holds what has to be true of all of them.
//
// A target is one file here. Linked with libfuzzer.cpp it is searched for octets that break its
// promises (scripts/fuzz); linked with replay.cpp it is held to those that were kept.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::fuzz {

/// What the fuzzer came up with.
using Octets = std::span<const std::uint8_t>;

struct Target {
  std::string_view name;  // also of its folder under corpus/
  void (*run)(Octets octets);
};

/// Makes a target known to the program that it is linked into: defined once in each target's file.
class Registration {
 public:
  explicit Registration(const Target& target);
};

/// Those that are linked in.
const std::vector<Target>& targets();

/// Ends the program with a finding, `promise`, unless it holds.
void require(bool holds, std::string_view promise);

std::string_view as_text(Octets octets);

/// The pieces of `text` between its unit separators (octet 1F), at most `most` of them; at least
/// one, which may be empty.
std::vector<std::string_view> split_units(std::string_view text, std::size_t most = 64);

/// The `index`th of `units`; empty where there are not so many.
std::string_view unit_at(const std::vector<std::string_view>& units, std::size_t index);

/// The number that the `index`th octet of `text` is; 0 where there are not so many.
unsigned octet_at(std::string_view text, std::size_t index);

/// `text` cut into pieces of 1 to 16 octets, in a way that follows from the text itself.
std::vector<std::string_view> cut(std::string_view text);

}  // namespace leadverify::fuzz
