// A configuration file: `key = value` a line, the long names of options as keys.
//
//   # who we are
//   helo = probe.example.net
//   domain-rate = 3/s            # the same as --domain-rate 3/s
//   probe-provider = yahoo, outlook
//
// A # that begins a line or follows white space begins a comment, and a value in double quotes
// is what stands between them. Boost.Program_options reads such files too, but can't tell in
// which line a mistake is.
#pragma once

#include "app/settings/given_option.hpp"

#include <string>
#include <string_view>

namespace leadverify::app {

/// The options that `text`, the content of `file`, gives. Throws UsageError with "FILE:LINE: " in
/// front where a line can't be understood, a key is unknown, has no place in a file, or is there
/// twice without being repeatable. Values are not looked at here.
Layer read_config(const std::string& file, std::string_view text);

}  // namespace leadverify::app
