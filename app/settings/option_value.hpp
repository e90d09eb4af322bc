// The argument that an option was given, read as what the option wants.
//
// Each reading throws a UsageError that names the option, what it wants and what it got.
#pragma once

#include <leadverify/options.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadverify::app {

class OptionValue {
 public:
  /// `option` as it is shown: "--smtp-port", or with its place, "FILE:3: smtp-port".
  OptionValue(std::string option, std::string text)
      : option_(std::move(option)), text_(std::move(text)) {}

  /// As it is shown.
  const std::string& option() const { return option_; }

  /// The argument itself; it is not empty.
  const std::string& word() const;
  /// The argument itself, also the empty one.
  const std::string& any() const { return text_; }

  /// Of a flag that is no word on the command line: true, yes and 1, or false, no and 0.
  bool yes_or_no() const;
  int number(int least, int most) const;
  std::chrono::nanoseconds duration() const;
  Rate rate() const;
  /// A list with commas, and white space beside them: at least one item, none of them empty.
  std::vector<std::string> list() const;
  std::vector<std::chrono::nanoseconds> durations() const;

  template <class Choice>
  using Choices = std::vector<std::pair<std::string_view, Choice>>;

  /// The meaning of the one of `choices` that was chosen.
  template <class Choice>
  Choice choice(const Choices<Choice>& choices) const {
    std::string names;
    for (const auto& [name, meaning] : choices) {
      if (name == text_) return meaning;
      names += (names.empty() ? "" : ", ") + std::string(name);
    }
    refuse("one of " + names);
  }

  /// Throws "OPTION wants WANTED, not 'ARGUMENT'".
  [[noreturn]] void refuse(const std::string& wanted) const;

 private:
  std::chrono::nanoseconds duration_in(std::string_view item) const;

  std::string option_;
  std::string text_;
};

}  // namespace leadverify::app
