// Which of the given options hold, and where each of them came from.
#pragma once

#include "app/settings/given_option.hpp"
#include "app/settings/settings.hpp"

#include <span>
#include <string>
#include <string_view>

namespace leadverify::app {

/// What holds of `layers`, the strongest first: of each option what the strongest layer gives, all
/// of it where it is repeatable, in the order of option_table(). Throws UsageError where one layer
/// gives two that exclude each other; of those in two layers the stronger one holds.
Layer in_force(std::span<const Layer> layers);

/// The settings that `options` make, kept in Settings::in_force. Throws UsageError where a value
/// is none of its option's.
Settings settings_of(const Layer& options);

/// Did anybody give the option `name`?
bool is_given(const Settings& settings, std::string_view name);

/// What the option `name` is called where it was given: "--helo", "LEADVERIFY_HELO" or
/// "FILE:3: helo"; "--helo" where nobody gave it.
std::string given_as(const Settings& settings, std::string_view name);

/// The place of the option without which fault(settings.options) would be silent, with a colon and
/// a blank behind it; empty where that is the command line, or not one option alone.
std::string place_of_fault(const Settings& settings);

/// A message_line() for each option that holds and was not typed: "FILE:3: helo =
/// probe.example.net".
std::string not_typed(const Settings& settings);

}  // namespace leadverify::app
