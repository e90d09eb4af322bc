#include "app/settings/environment.hpp"

#include "app/base/usage_error.hpp"
#include "app/settings/nearest_name.hpp"
#include "app/settings/option_table.hpp"

#include <unistd.h>

#include <algorithm>

namespace leadverify::app {
namespace {

constexpr std::string_view prefix = "LEADVERIFY_";

struct Variable {
  std::string name;
  std::string value;
};

Variable split(const std::string& variable) {
  const std::size_t equals = std::min(variable.find('='), variable.size());
  return {.name = variable.substr(0, equals),
          .value = variable.substr(std::min(equals + 1, variable.size()))};
}

const OptionEntry& entry_of(const std::string& name) {
  std::vector<std::string> names;  // without the prefix
  for (const OptionEntry& entry : option_table()) {
    const bool is_meant = variable_of(entry.name) == name;
    if (is_meant && entry.weakest >= Source::variable) return entry;
    if (is_meant) {
      throw UsageError(name + ": --" + std::string(entry.name) + " is for the command line alone");
    }
    if (entry.weakest >= Source::variable) {
      names.push_back(variable_of(entry.name).substr(prefix.size()));
    }
  }
  throw UsageError("unknown variable '" + name + "'" +
                   suggestion(name.substr(prefix.size()), names, prefix));
}

}  // namespace

Environment Environment::of_process() {
  Environment environment;
  for (char** variable = ::environ; variable != nullptr && *variable != nullptr; ++variable) {
    environment.variables_.emplace_back(*variable);
  }
  return environment;
}

std::optional<std::string> Environment::value(std::string_view name) const {
  for (const std::string& variable : variables_) {
    Variable found = split(variable);
    if (found.name == name && !found.value.empty()) return std::move(found.value);
  }
  return std::nullopt;
}

Layer Environment::options() const {
  Layer options;
  for (const std::string& variable : variables_) {
    if (!variable.starts_with(prefix)) continue;
    const Variable given = split(variable);
    const OptionEntry& entry = entry_of(given.name);
    if (given.value.empty()) continue;
    // Of a variable that is there twice the first one counts, as value() has it.
    const bool again = std::ranges::find(options, &entry, &GivenOption::entry) != options.end();
    if (again) continue;
    options.push_back({.entry = &entry,
                       .value = OptionValue(given.name, given.value),
                       .source = Source::variable});
  }
  return options;
}

std::string variable_of(std::string_view name) {
  std::string variable(prefix);
  for (const char letter : name) {
    const bool lower = letter >= 'a' && letter <= 'z';
    variable += letter == '-' ? '_' : lower ? static_cast<char>(letter - ('a' - 'A')) : letter;
  }
  return variable;
}

}  // namespace leadverify::app
