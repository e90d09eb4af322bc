#include "app/settings/config_places.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("a user's own configuration lies in the folder that XDG names", "[app][config]") {
  struct Example {
    Names variables;
    std::optional<std::string> user;
  };
  const auto example = GENERATE(values<Example>({
      {{"HOME=/home/ada"}, "/home/ada/.config/leadverify/config"},
      {{"HOME=/home/ada", "XDG_CONFIG_HOME=/settings"}, "/settings/leadverify/config"},
      {{"HOME=/home/ada", "XDG_CONFIG_HOME=/settings/"}, "/settings/leadverify/config"},
      {{"HOME=/home/ada", "XDG_CONFIG_HOME="}, "/home/ada/.config/leadverify/config"},
      {{"HOME=/home/ada", "XDG_CONFIG_HOME=here"}, "/home/ada/.config/leadverify/config"},
      {{"HOME=here"}, std::nullopt},
      {{}, std::nullopt},
  }));
  CAPTURE(example.variables);

  CHECK(config_places(Environment(example.variables)).user == example.user);
}

TEST_CASE("the system's configuration lies in any folder that XDG names", "[app][config]") {
  struct Example {
    Names variables;
    Names system;
  };
  const auto example = GENERATE(values<Example>({
      {{}, {"/etc/xdg/leadverify/config"}},
      {{"XDG_CONFIG_DIRS="}, {"/etc/xdg/leadverify/config"}},
      {{"XDG_CONFIG_DIRS=/near:/far"}, {"/near/leadverify/config", "/far/leadverify/config"}},
      {{"XDG_CONFIG_DIRS=:here:/far:"}, {"/far/leadverify/config"}},
  }));
  CAPTURE(example.variables);

  CHECK(config_places(Environment(example.variables)).system == example.system);
}

}  // namespace
}  // namespace leadverify::app
