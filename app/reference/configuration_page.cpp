// The page on configuration, docs/configuration.md: how settings are given, and every key.
#include "app/reference/argument_form.hpp"
#include "app/reference/pages.hpp"

namespace leadverify::app {
namespace {

constexpr std::string_view beginning = R"(# Configuration

<!-- Made from the table of options by scripts/reference. -->

Every option that says how to verify can be given in three places. From the strongest to the
weakest:

1. on the command line, `--domain-rate 3/s`;
2. as a variable, `LEADVERIFY_DOMAIN_RATE=3/s`: the option's name in capital letters, with `_` for
   `-`. An empty variable counts as not set;
3. in a file, `domain-rate = 3/s`.

Each option is taken from the strongest place that names it. A list is taken whole, never put
together from two places.

## Files

Two kinds of files are read, where they exist. The user's own is stronger than the system's.

| file | looked for |
|---|---|
| the user's own | `$XDG_CONFIG_HOME/leadverify/config`, without the variable `~/.config/leadverify/config` |
| the system's | `leadverify/config` in each folder of `$XDG_CONFIG_DIRS`, the first one being the strongest; without the variable `/etc/xdg/leadverify/config` |

`--config FILE`, or the variable `LEADVERIFY_CONFIG`, names another file in the place of the user's
own. `--config /dev/null` is none.

```ini
# Who asks, and how politely. A # that begins a line or follows a blank begins a comment.
helo = probe.example.net
mail-from = probe@example.net
domain-rate = 3/min

resolver = 192.0.2.53, 192.0.2.54   # lists have commas
verbose = yes                       # or true, 1; no, false, 0
output = "results # 1.jsonl"        # in quotes a # is a #
```

Names of files in it are seen from the folder in which leadverify is started.

## Mistakes

A key or a `LEADVERIFY_` variable of no option ends the call with exit status 2, as does a value that
is none of its option's. The message names the place:

    leadverify: /etc/xdg/leadverify/config:3: unknown key 'domain-rat': did you mean 'domain-rate'?
    leadverify: LEADVERIFY_SMTP_PORT wants a number from 1 to 65535, not 'smtp'

`-v` shows on standard error which settings were not typed, and where they come from:

    /etc/xdg/leadverify/config:2: helo = probe.example.net
    LEADVERIFY_DOMAIN_RATE = 3/s

)";

constexpr std::string_view end = R"(
## Runs by the clock

[leadverify.cron](examples/leadverify.cron) and [leadverify.service](examples/leadverify.service)
with [leadverify.timer](examples/leadverify.timer) verify a list every night. `--max-time` ends a run
before the day begins, with exit status 75.
)";

std::string cell(std::string_view text) {
  return escaped(text, "|*_<", "\\");
}

std::string code(std::string_view text) {
  return text.empty() ? "" : "`" + escaped(text, "|", "\\") + "`";
}

std::string value_of(const OptionEntry& entry) {
  if (entry.argument.empty()) return "`yes\\|no`";
  return code(entry.argument) + (entry.repeatable ? ", a list" : "");
}

std::string row(const OptionEntry& entry) {
  const std::string_view standard = entry.argument.empty() ? "no" : entry.standard;
  return "| " + code(entry.name) + " | " + value_of(entry) + " | " + code(standard) + " | " +
         cell(entry.text) + " |\n";
}

std::string keys() {
  std::string section = "## Keys\n";
  std::string_view group;
  for (const OptionEntry& entry : option_table()) {
    if (entry.weakest != Source::file) continue;
    if (entry.group != group) {
      group = entry.group;
      section += "\n**" + std::string(group) + "**\n\n| key | value | default | meaning |\n" +
                 "|---|---|---|---|\n";
    }
    section += row(entry);
  }
  return section;
}

std::string not_in_files() {
  std::string typed;
  std::string variables;
  for (const OptionEntry& entry : option_table()) {
    if (entry.weakest == Source::file) continue;
    std::string& names = entry.weakest == Source::variable ? variables : typed;
    names += (names.empty() ? "" : ", ") + code("--" + std::string(entry.name));
  }
  return "\nFor the command line alone: the inputs, and " + typed +
         ". For the command line and variables: " + variables + ".\n";
}

}  // namespace

std::string configuration_page() {
  return std::string(beginning) + keys() + not_in_files() + std::string(end);
}

}  // namespace leadverify::app
