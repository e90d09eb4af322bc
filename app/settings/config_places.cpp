#include "app/settings/config_places.hpp"

#include <algorithm>
#include <utility>

namespace leadverify::app {
namespace {

/// The file in `folder`; absent where that is no absolute path.
std::optional<std::string> file_in(const std::string& folder) {
  if (!folder.starts_with('/')) return std::nullopt;
  return folder + (folder.ends_with('/') ? "" : "/") + "leadverify/config";
}

std::optional<std::string> user_file(const Environment& environment) {
  const std::optional<std::string> folder = environment.value("XDG_CONFIG_HOME");
  if (folder && file_in(*folder)) return file_in(*folder);
  const std::optional<std::string> home = environment.value("HOME");
  if (!home) return std::nullopt;
  return file_in(*home + "/.config");
}

}  // namespace

ConfigPlaces config_places(const Environment& environment) {
  ConfigPlaces places;
  places.user = user_file(environment);
  const std::string folders = environment.value("XDG_CONFIG_DIRS").value_or("/etc/xdg");
  std::size_t begin = 0;
  while (begin < folders.size()) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    if (auto file = file_in(folders.substr(begin, end - begin))) {
      places.system.push_back(std::move(*file));
    }
    begin = end + 1;
  }
  return places;
}

}  // namespace leadverify::app
