#include "bench/arguments.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace leadverify::bench {
namespace {

[[noreturn]] void refuse(const std::string& word) {
  std::fprintf(stderr, "what is '%s'?\n", word.c_str());
  std::exit(2);
}

}  // namespace

Arguments::Arguments(int count, char** words) {
  for (int i = 1; i < count; ++i) {
    const std::string name = words[i];
    if (name == "--") {
      rest_.assign(words + i + 1, words + count);
      return;
    }
    if (!name.starts_with("--") || i + 1 == count) refuse(name);
    values_[name.substr(2)] = words[++i];
  }
}

std::uint64_t Arguments::number(const std::string& name, std::uint64_t standard) {
  known_[name] = true;
  const auto found = values_.find(name);
  if (found == values_.end()) return standard;
  const std::string& text = found->second;
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) refuse(text);
  return number;
}

std::string Arguments::word(const std::string& name, const std::string& standard) {
  known_[name] = true;
  const auto found = values_.find(name);
  return found == values_.end() ? standard : found->second;
}

void Arguments::refuse_others() const {
  for (const auto& [name, value] : values_) {
    if (!known_.contains(name)) refuse("--" + name);
  }
}

}  // namespace leadverify::bench
