// Completion in fish: a line for each option.
#include "app/reference/argument_form.hpp"
#include "app/reference/pages.hpp"

namespace leadverify::app {
namespace {

std::string in_quotes(std::string_view text) {
  return "'" + escaped(text, "\\'", "\\") + "'";
}

/// How the argument is completed: -r wants one and offers files, -x offers none.
std::string argument_of(const OptionEntry& entry) {
  if (entry.argument.empty()) return {};
  const ArgumentForm form = argument_form(entry.argument);
  std::string words = words_of(form);
  if (form.is_folder())
    words += (words.empty() ? "" : " ") + std::string("(__fish_complete_directories)");
  const std::string offered = words.empty() ? "" : " -a " + in_quotes(words);
  return (form.is_file() ? " -r -F" : " -x") + offered;
}

}  // namespace

std::string fish_completion() {
  std::string script = "# Completes command lines of leadverify in fish.\n";
  for (const OptionEntry& entry : option_table()) {
    script += "complete -c leadverify";
    if (!entry.letter.empty()) script += " -s " + std::string(entry.letter);
    script += " -l " + std::string(entry.name) + argument_of(entry) + " -d " +
              in_quotes(in_short(entry)) + "\n";
  }
  return script;
}

}  // namespace leadverify::app
