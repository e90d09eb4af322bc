// Prints one of the pages that are made from the table of options. Run by the build, and by
// scripts/reference.
#include "app/reference/pages.hpp"

#include <array>
#include <iostream>
#include <string_view>

namespace {

struct Page {
  std::string_view name;
  std::string (*make)();
};

constexpr std::array pages = {
    Page{"man", leadverify::app::man_page},
    Page{"configuration", leadverify::app::configuration_page},
    Page{"bash", leadverify::app::bash_completion},
    Page{"fish", leadverify::app::fish_completion},
    Page{"zsh", leadverify::app::zsh_completion},
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view name = argc == 2 ? argv[1] : "";
  for (const Page& page : pages) {
    if (page.name != name) continue;
    std::cout << page.make() << std::flush;
    return std::cout ? 0 : 1;
  }
  std::cerr << "usage: make_reference man|configuration|bash|fish|zsh\n";
  return 2;
}
