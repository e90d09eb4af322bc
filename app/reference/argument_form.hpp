// What can stand as an option's argument, as the table's own notation tells it: in
// "stdout|stderr|none|FILE" what is in lower case is typed as it stands.
#pragma once

#include "app/settings/option_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

struct ArgumentForm {
  std::vector<std::string_view> words;   // to be typed as they stand
  std::vector<std::string_view> others;  // "N", "FILE": what stands for something else

  /// Can it be the name of a file, or of a folder?
  bool is_file() const;
  bool is_folder() const;
};

/// The forms of `argument`, as OptionEntry::argument has it.
ArgumentForm argument_form(std::string_view argument);

/// The words with a blank between each two of them.
std::string words_of(const ArgumentForm& form);

/// What `entry` does, as far as a line of a completion has room for it.
std::string_view in_short(const OptionEntry& entry);

/// `text` with `escape` in front of each octet that is one of `special`.
std::string escaped(std::string_view text, std::string_view special, std::string_view escape);

}  // namespace leadverify::app
