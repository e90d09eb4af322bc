// The pages and files that are made from the table of options, beside --help.
#pragma once

#include <string>

namespace leadverify::app {

/// docs/leadverify.1, in mdoc.
std::string man_page();

/// docs/configuration.md.
std::string configuration_page();

/// What completes a command line in each shell, for the folder where that shell looks for it.
std::string bash_completion();
std::string fish_completion();
std::string zsh_completion();

}  // namespace leadverify::app
