// Completion in bash: one function that looks at the word before.
#include "app/reference/argument_form.hpp"
#include "app/reference/pages.hpp"

namespace leadverify::app {
namespace {

constexpr std::string_view beginning = R"(# Completes command lines of leadverify in bash.
_leadverify() {
    local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
    # Readline takes --option=value apart into three words.
    if [[ $current == = ]]; then
        current=
    elif [[ $option == = && $COMP_CWORD -gt 2 ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    fi

    local words= files=
    case $option in
)";

constexpr std::string_view all_options = "OPTIONS";

constexpr std::string_view end = R"(        *)
            files=file
            [[ $current == -* ]] && files= words='OPTIONS'
            ;;
    esac

    COMPREPLY=()
    [[ -n $words ]] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    if [[ -n $files ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -A "$files" -- "$current")
    fi
}
complete -F _leadverify leadverify
)";

/// `entry` as a pattern of case.
std::string pattern(const OptionEntry& entry) {
  std::string pattern = "--" + std::string(entry.name);
  if (!entry.letter.empty()) pattern += " | -" + std::string(entry.letter);
  return pattern;
}

/// What is offered for an argument; empty where there is nothing to offer.
std::string offer(const ArgumentForm& form) {
  std::string lines;
  if (!form.words.empty()) lines += "            words='" + words_of(form) + "'\n";
  if (form.is_file()) lines += "            files=file\n";
  if (form.is_folder()) lines += "            files=directory\n";
  return lines;
}

}  // namespace

std::string bash_completion() {
  std::string script(beginning);
  std::string options;
  std::string without_offer;
  for (const OptionEntry& entry : option_table()) {
    options += (options.empty() ? "--" : " --") + std::string(entry.name);
    if (!entry.letter.empty()) options += " -" + std::string(entry.letter);
    if (entry.argument.empty()) continue;
    const std::string lines = offer(argument_form(entry.argument));
    if (lines.empty()) {
      without_offer += (without_offer.empty() ? "        " : " | \\\n        ") + pattern(entry);
    } else {
      script += "        " + pattern(entry) + ")\n" + lines + "            ;;\n";
    }
  }
  script += without_offer + ")\n            ;;\n" + std::string(end);
  return script.replace(script.find(all_options), all_options.size(), options);
}

}  // namespace leadverify::app
