// The words behind the program's name and the variables that it is started with: settings that can
// be worked with, or a refusal.
#include "app/settings/command_line.hpp"

#include <leadverify/options.hpp>

#include "app/base/units.hpp"
#include "app/base/usage_error.hpp"
#include "app/settings/environment.hpp"
#include "app/settings/in_force.hpp"
#include "app/settings/option_table.hpp"
#include "app/settings/read_settings.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace leadverify::fuzz {
namespace {

using app::Environment;
using app::GivenOption;
using app::Settings;
using app::Source;

struct Call {
  std::vector<std::string> arguments;
  // No home, and no file of the system's.
  std::vector<std::string> variables = {"XDG_CONFIG_DIRS=/proc/self/none"};
};

/// What the call gives, before files are looked at.
std::vector<app::Layer> layers_of(const Call& call) {
  return {app::read_command_line(call.arguments).options, Environment(call.variables).options()};
}

/// Would a file that is anywhere be read?
bool names_file(const std::vector<app::Layer>& layers) {
  return std::ranges::any_of(layers, [](const app::Layer& layer) {
    return std::ranges::any_of(
        layer, [](const GivenOption& given) { return given.entry->name == "config"; });
  });
}

std::optional<Settings> parse(const Call& call) {
  try {
    const std::vector<app::Layer> layers = layers_of(call);
    if (names_file(layers)) return app::settings_of(app::in_force(layers));
    return app::read_settings(call.arguments, Environment(call.variables));
  } catch (const app::UsageError& error) {
    require(!std::string_view(error.what()).empty(), "a refusal says why");
    return std::nullopt;
  }
}

void check(const Settings& settings) {
  const Options& options = settings.options;
  require(options.smtp_port != 0, "a port is one of 1 to 65535");
  require(options.max_connections >= 1 && options.domain_connections >= 1 &&
              options.mx_connections >= 1 && options.rcpt_per_session >= 1 && options.window >= 1,
          "a limit lets something through");
  require(options.threads >= 1 && options.threads <= 64, "there are 1 to 64 threads");
  require(options.greylist_retries >= 0, "nobody retries less than never");
  require(!options.greylist_delays.empty(), "a retry has its wait");
  require(!settings.max_time || settings.max_time->count() > 0, "a run has time");
  require(!settings.output || !settings.output->empty(), "an output has a name");
  for (const std::string& file : settings.files) require(!file.empty(), "a file has a name");
  const auto words = fault(options);
  require(!words || !words->empty(), "a fault says what is wrong");
}

/// What holds was given, in one place each, and makes the same settings again.
void check_force(const Settings& settings) {
  std::map<std::string_view, std::size_t> times;
  std::map<std::string_view, Source> sources;
  for (const GivenOption& given : settings.in_force) {
    const app::OptionEntry& entry = *given.entry;
    ++times[entry.name];
    require(sources.emplace(entry.name, given.source).first->second == given.source,
            "an option comes from one place");
    require(times[entry.name] == 1 || entry.repeatable || entry.argument.empty(),
            "an option that is not repeatable holds once");
    require(given.source <= entry.weakest, "an option is given where it may be");
    require(app::is_given(settings, entry.name), "what holds is given");
    require(!app::given_as(settings, entry.name).empty(), "what is given has a name");
  }
  const Settings again =
      app::settings_of(app::in_force(std::vector<app::Layer>{settings.in_force}));
  require(again.in_force.size() == settings.in_force.size() && again.task == settings.task,
          "what holds by itself holds");
  require(app::not_typed(again) == app::not_typed(settings), "it is told alike");
}

void check_units(std::string_view text) {
  if (const auto duration = app::parse_duration(text)) {
    require(duration->count() >= 0 && *duration <= std::chrono::hours{366 * 24},
            "a duration is a year at most");
    require(!app::to_text(*duration).empty(), "a duration can be told");
  }
  if (const auto rate = app::parse_rate(text)) {
    require(rate->count <= 1'000'000 && rate->per.count() > 0, "a rate is a million at most");
  }
  static_cast<void>(app::parse_count(text));
}

/// An argument a unit, or a variable.
void run(Octets octets) {
  Call call;
  for (const std::string_view unit : split_units(as_text(octets))) {
    const std::string_view word = unit.substr(0, unit.find('\0'));  // neither has a NUL
    (word.starts_with("LEADVERIFY_") ? call.variables : call.arguments).emplace_back(word);
    check_units(unit);
  }
  const auto settings = parse(call);
  if (!settings) return;
  check(*settings);
  check_force(*settings);
}

const Registration registration({.name = "command_line", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
