// Completion in zsh: a specification for _arguments for each option.
#include "app/reference/argument_form.hpp"
#include "app/reference/pages.hpp"

namespace leadverify::app {
namespace {

/// `text` inside single quotes.
std::string in_quotes(std::string_view text) {
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? "'\\''" : std::string(1, letter);
  return quoted + "'";
}

/// What offers the arguments; a blank where there is nothing to offer.
std::string action(const ArgumentForm& form) {
  const std::string words = form.words.empty() ? "" : "(" + words_of(form) + ")";
  const std::string files = form.is_file() ? "_files" : form.is_folder() ? "_files -/" : "";
  if (words.empty()) return files.empty() ? " " : files;
  if (files.empty()) return words;
  return "_alternative \"words\\:word\\:" + words + "\" \"files\\:file\\:" + files + "\"";
}

/// The explanation of `entry` in brackets, and its argument.
std::string explanation(const OptionEntry& entry) {
  std::string text = "[" + escaped(in_short(entry), "[]\\:", "\\") + "]";
  if (entry.argument.empty()) return text;
  return text + ":" + escaped(entry.argument, "\\:", "\\") + ":" +
         action(argument_form(entry.argument));
}

std::string specification(const OptionEntry& entry) {
  const std::string name = "--" + std::string(entry.name) + (entry.argument.empty() ? "" : "=");
  if (entry.letter.empty()) {
    return in_quotes((entry.repeatable ? "*" : "") + name + explanation(entry));
  }
  const std::string letter = "-" + std::string(entry.letter);
  // Either of the two rules out the other.
  return "'(" + letter + " --" + std::string(entry.name) + ")'{" + letter +
         (entry.argument.empty() ? "," : "+,") + name + "}" + in_quotes(explanation(entry));
}

}  // namespace

std::string zsh_completion() {
  std::string script =
      "#compdef leadverify\n# Completes command lines of leadverify in zsh.\n_arguments -s -S : "
      "\\\n";
  for (const OptionEntry& entry : option_table()) script += "  " + specification(entry) + " \\\n";
  return script + "  '*:file:_files'\n";
}

}  // namespace leadverify::app
