// Every option of the program, told once: what is parsed, shown by --help and documented
// is made from this table.
#pragma once

#include "app/settings/given_option.hpp"
#include "app/settings/option_value.hpp"
#include "app/settings/settings.hpp"

#include <span>
#include <string>
#include <string_view>

namespace leadverify::app {

struct OptionEntry {
  std::string_view group;          // heading in --help; entries of a group stand together
  std::string_view letter = {};    // "o" for -o; empty: none
  std::string_view name;           // "output" for --output
  std::string_view argument = {};  // "FILE"; words to be typed as they stand are in lower case;
                                   // empty: takes none, and is off unless it is given
  std::string_view standard = {};  // the default, as it would be typed; empty: none
  std::string_view text;           // what it does, in a line or two of plain words
  bool repeatable = false;         // may it be given more than once? Each time adds to the others.
                                   // As a variable, or in a file, it is a list with commas
  Source weakest = Source::file;  // help has no meaning in a file: the weakest source that gives it
  std::string_view excludes = {};  // name of the flag that is its opposite; empty: none
  void (*apply)(Settings& settings, const OptionValue& value);
};

std::span<const OptionEntry> option_table();

/// The page that --help prints.
std::string help_page();

/// The few lines shown where nothing was asked for.
std::string short_help();

}  // namespace leadverify::app
