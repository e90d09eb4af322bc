// An option as somebody gave it, and where: on the command line, as a variable, in a file.
#pragma once

#include "app/settings/option_value.hpp"

#include <cstdint>
#include <vector>

namespace leadverify::app {

struct OptionEntry;

/// Where an option is given, from the strongest place to the weakest.
enum class Source : std::uint8_t { command_line, variable, file };

struct GivenOption {
  const OptionEntry* entry;  // of option_table()
  OptionValue value;  // its errors name the place: "--helo", "LEADVERIFY_HELO", "FILE:3: helo"
  Source source;
};

/// What one place gives, in its own order.
using Layer = std::vector<GivenOption>;

}  // namespace leadverify::app
