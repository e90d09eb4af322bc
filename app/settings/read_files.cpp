#include "app/settings/read_files.hpp"

#include "app/settings/in_force.hpp"
#include "app/settings/list_folder.hpp"
#include "app/settings/small_file.hpp"

namespace leadverify::app {

Options options_of(const Settings& settings) {
  Options options = settings.options;
  if (settings.provider_file) {
    options.providers = read_small_file(given_as(settings, "providers"), *settings.provider_file);
  }
  if (settings.list_folder)
    options.lists = read_lists(given_as(settings, "lists"), *settings.list_folder);
  return options;
}

}  // namespace leadverify::app
