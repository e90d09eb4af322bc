#include "app/settings/in_force.hpp"

#include "app/base/message.hpp"
#include "app/base/usage_error.hpp"
#include "app/settings/option_table.hpp"

#include <algorithm>
#include <optional>

namespace leadverify::app {
namespace {

bool is_flag(const OptionEntry& entry) {
  return entry.argument.empty();
}

/// Is it a flag that is given in order to be off?
bool is_off(const GivenOption& given) {
  return is_flag(*given.entry) && given.source != Source::command_line && !given.value.yes_or_no();
}

std::string call_of(const OptionEntry& entry) {
  return entry.letter.empty() ? "--" + std::string(entry.name) : "-" + std::string(entry.letter);
}

bool turns_on(const Layer& layer, std::string_view name) {
  return std::ranges::any_of(
      layer, [&](const GivenOption& given) { return given.entry->name == name && !is_off(given); });
}

/// Does a layer as strong as `own`, or stronger, say the opposite of `entry`?
bool is_overruled(const OptionEntry& entry, std::span<const Layer> layers, std::size_t own) {
  if (entry.excludes.empty()) return false;
  if (turns_on(layers[own], entry.name) && turns_on(layers[own], entry.excludes)) {
    const auto other = std::ranges::find(option_table(), entry.excludes, &OptionEntry::name);
    throw UsageError("choose one of " + call_of(entry) + " and " + call_of(*other));
  }
  return std::ranges::any_of(layers.first(own),
                             [&](const Layer& layer) { return turns_on(layer, entry.excludes); });
}

void apply(Settings& settings, const GivenOption& given) {
  const OptionEntry& entry = *given.entry;
  if (is_off(given)) return;
  if (given.source == Source::command_line || !entry.repeatable) {
    return entry.apply(settings, given.value);
  }
  for (const std::string& item : given.value.list()) {
    entry.apply(settings, OptionValue(given.value.option(), item));
  }
}

bool is_without_fault(const Settings& settings, const GivenOption& left_out) {
  Layer others;
  std::ranges::copy_if(settings.in_force,
                       std::back_inserter(others),
                       [&](const GivenOption& given) { return &given != &left_out; });
  Settings without = settings_of(others);
  if (without.provider_file) without.options.providers = settings.options.providers;
  return !fault(without.options);
}

}  // namespace

Layer in_force(std::span<const Layer> layers) {
  Layer held;
  for (const OptionEntry& entry : option_table()) {
    const auto is_given = [&](const Layer& layer) {
      return std::ranges::find(layer, &entry, &GivenOption::entry) != layer.end();
    };
    const auto layer = std::ranges::find_if(layers, is_given);
    if (layer == layers.end()) continue;
    if (is_overruled(entry, layers, static_cast<std::size_t>(layer - layers.begin()))) continue;
    std::ranges::copy_if(*layer, std::back_inserter(held), [&](const GivenOption& given) {
      return given.entry == &entry;
    });
  }
  return held;
}

Settings settings_of(const Layer& options) {
  Settings settings;
  for (const GivenOption& given : options) apply(settings, given);
  settings.in_force = options;
  return settings;
}

bool is_given(const Settings& settings, std::string_view name) {
  return std::ranges::any_of(settings.in_force,
                             [&](const GivenOption& given) { return given.entry->name == name; });
}

std::string given_as(const Settings& settings, std::string_view name) {
  for (const GivenOption& given : settings.in_force) {
    if (given.entry->name == name) return given.value.option();
  }
  return "--" + std::string(name);
}

std::string place_of_fault(const Settings& settings) {
  for (const GivenOption& given : settings.in_force) {
    if (given.source == Source::command_line || !is_without_fault(settings, given)) continue;
    return given.value.option() + ": ";
  }
  return {};
}

std::string not_typed(const Settings& settings) {
  std::string lines;
  for (const GivenOption& given : settings.in_force) {
    if (given.source == Source::command_line) continue;
    lines += message_line(given.value.option() + " = " + given.value.any());
  }
  return lines;
}

}  // namespace leadverify::app
