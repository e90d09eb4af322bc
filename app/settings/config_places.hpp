// Where configuration files are looked for, as the XDG base directory specification has it.
#pragma once

#include "app/settings/environment.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadverify::app {

struct ConfigPlaces {
  std::optional<std::string> user;  // the user's own file; absent: there is no home
  std::vector<std::string> system;  // the system's files, the strongest first
};

/// "leadverify/config" in XDG_CONFIG_HOME, or else in ~/.config, and in each folder of
/// XDG_CONFIG_DIRS, or else in /etc/xdg. A folder that is no absolute path does not count. Whether
/// the files exist is not looked at.
ConfigPlaces config_places(const Environment& environment);

}  // namespace leadverify::app
