// The variables that the program was started with, and the options among them: LEADVERIFY_HELO
// is --helo.
#pragma once

#include "app/settings/given_option.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadverify::app {

class Environment {
 public:
  /// Each as "NAME=value".
  explicit Environment(std::vector<std::string> variables) : variables_(std::move(variables)) {}
  Environment() = default;

  /// Those of this process.
  static Environment of_process();

  /// Absent where the variable is not set, or empty, which is as good as that.
  std::optional<std::string> value(std::string_view name) const;

  /// The options that are given as variables. Throws UsageError where a LEADVERIFY_ variable,
  /// also an empty one, belongs to no option or to one that is for the command line alone.
  Layer options() const;

 private:
  std::vector<std::string> variables_;
};

/// The variable that gives the option `name`: "smtp-port" as LEADVERIFY_SMTP_PORT.
std::string variable_of(std::string_view name);

}  // namespace leadverify::app
