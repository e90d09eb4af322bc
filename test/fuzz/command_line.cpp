// The words behind the program's name: settings that can be worked with, or a refusal.
#include "app/command_line.hpp"

#include <leadverify/options.hpp>

#include "app/units.hpp"
#include "app/usage_error.hpp"
#include "fuzz/target.hpp"

#include <optional>
#include <string>

namespace leadverify::fuzz {
namespace {

using app::Settings;

std::optional<Settings> parse(const std::vector<std::string>& arguments) {
  try {
    return app::parse_command_line(arguments);
  } catch (const app::UsageError& error) {
    require(!std::string_view(error.what()).empty(), "a refusal says why");
    return std::nullopt;
  }
}

void check(const Settings& settings) {
  const Options& options = settings.options;
  require(options.smtp_port != 0, "a port is one of 1 to 65535");
  require(options.max_connections >= 1 && options.domain_connections >= 1 &&
              options.mx_connections >= 1 && options.rcpt_per_session >= 1,
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

/// An argument a unit.
void run(Octets octets) {
  std::vector<std::string> arguments;
  for (const std::string_view unit : split_units(as_text(octets))) {
    arguments.emplace_back(unit.substr(0, unit.find('\0')));  // no argument has a NUL
    check_units(unit);
  }
  if (const auto settings = parse(arguments)) check(*settings);
}

const Registration registration({.name = "command_line", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
