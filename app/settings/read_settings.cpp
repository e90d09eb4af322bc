#include "app/settings/read_settings.hpp"

#include "app/settings/command_line.hpp"
#include "app/settings/config_file.hpp"
#include "app/settings/config_places.hpp"
#include "app/settings/in_force.hpp"
#include "app/settings/small_file.hpp"

#include <utility>

namespace leadverify::app {
namespace {

/// Do variables and files have a say in `task`?
bool takes_settings(Task task) {
  switch (task) {
    case Task::verify:
    case Task::doctor: return true;
    case Task::help:
    case Task::version:
    case Task::explain: return false;
  }
  return false;
}

void add_file_if_there(std::vector<Layer>& layers, const std::string& file) {
  if (const std::optional<std::string> text = read_small_file_if_there("", file)) {
    layers.push_back(read_config(file, *text));
  }
}

void add_files(std::vector<Layer>& layers, const Environment& environment) {
  const ConfigPlaces places = config_places(environment);
  const Settings stronger = settings_of(in_force(layers));
  if (stronger.config_file) {
    const std::string& file = *stronger.config_file;
    layers.push_back(read_config(file, read_small_file(given_as(stronger, "config"), file)));
  } else if (places.user) {
    add_file_if_there(layers, *places.user);
  }
  for (const std::string& file : places.system) add_file_if_there(layers, file);
}

}  // namespace

Settings read_settings(const std::vector<std::string>& arguments, const Environment& environment) {
  CommandLine call = read_command_line(arguments);
  std::vector<Layer> layers = {std::move(call.options)};
  Settings settings = settings_of(in_force(layers));
  if (takes_settings(settings.task)) {
    layers.push_back(environment.options());
    add_files(layers, environment);
    settings = settings_of(in_force(layers));
  }
  settings.files = std::move(call.files);
  join_options(settings);
  return settings;
}

}  // namespace leadverify::app
