#include "app/base/descriptor.hpp"
#include "app/terminal/look.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <optional>

namespace leadverify::app {
namespace {

/// Variables of the environment, as they were once it goes.
class Environment {
 public:
  explicit Environment(const std::map<std::string, std::string>& set) {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "TERM"}) {
      const char* const value = std::getenv(name);
      before_[name] = value == nullptr ? std::nullopt : std::optional<std::string>(value);
      ::unsetenv(name);
    }
    for (const auto& [name, value] : set) ::setenv(name.c_str(), value.c_str(), 1);
  }
  ~Environment() {
    for (const auto& [name, value] : before_) {
      if (value) {
        ::setenv(name.c_str(), value->c_str(), 1);
      } else {
        ::unsetenv(name.c_str());
      }
    }
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::map<std::string, std::optional<std::string>> before_;
};

TEST_CASE("the locale tells whether there is more than ASCII", "[app][look]") {
  struct Example {
    std::map<std::string, std::string> set;
    bool utf8;
  };
  const auto example = GENERATE(values<Example>({
      {{}, false},
      {{{"LANG", "en_GB.UTF-8"}}, true},
      {{{"LANG", "C.utf8"}}, true},
      {{{"LANG", "de_DE.UTF-8@euro"}}, true},
      {{{"LANG", "de_DE@euro"}}, false},
      {{{"LANG", "en_GB.UTF-8"}, {"LC_ALL", "C"}}, false},
      {{{"LANG", "C"}, {"LC_CTYPE", "C.UTF-8"}}, true},
      {{{"LANG", "C.UTF-8"}, {"LC_ALL", ""}}, true},
  }));
  CAPTURE(example.set);
  const Environment environment(example.set);
  const Descriptor file(::open("/dev/null", O_WRONLY | O_CLOEXEC));

  CHECK(look_of(file.number(), ColourStyle::by_terminal).utf8 == example.utf8);
}

TEST_CASE("what is no terminal gets colours where they were asked for", "[app][look]") {
  const std::map<std::string, std::string> set{{"TERM", "xterm"}};
  const Environment environment(set);
  const Descriptor file(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  CHECK_FALSE(look_of(file.number(), ColourStyle::by_terminal).terminal);
  CHECK_FALSE(look_of(file.number(), ColourStyle::by_terminal).redraws);
  CHECK_FALSE(look_of(file.number(), ColourStyle::by_terminal).colours);
  CHECK_FALSE(look_of(file.number(), ColourStyle::never).colours);
  CHECK(look_of(file.number(), ColourStyle::always).colours);
}

TEST_CASE("a colour ends where its text ends", "[app][look]") {
  CHECK(in_colour("9", Colour::red, {.colours = true}) == "\033[31m9\033[0m");
  CHECK(in_colour("9", Colour::none, {.colours = true}) == "9");
  CHECK(in_colour("9", Colour::red, {}) == "9");
}

}  // namespace
}  // namespace leadverify::app
