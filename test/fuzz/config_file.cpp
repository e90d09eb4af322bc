// A configuration file: the options that it gives, which make settings, or a refusal that names the
// line.
#include "app/settings/config_file.hpp"

#include "app/base/usage_error.hpp"
#include "app/settings/environment.hpp"
#include "app/settings/in_force.hpp"
#include "app/settings/option_table.hpp"
#include "app/settings/read_settings.hpp"
#include "fuzz/memory_file.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace leadverify::fuzz {
namespace {

using app::GivenOption;
using app::Layer;
using app::Settings;

constexpr std::string_view blanks = " \t\r";

struct Reading {
  std::optional<Layer> options;
  std::string refusal;  // where there are none
};

Reading read(const std::string& file, std::string_view text) {
  try {
    return {.options = app::read_config(file, text), .refusal = {}};
  } catch (const app::UsageError& error) {
    return {.options = std::nullopt, .refusal = error.what()};
  }
}

std::string_view without_mark(std::string_view text) {
  return text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

/// The lines, counted from 1, that give an option, by the rule alone.
std::vector<std::size_t> giving_lines(std::string_view text) {
  std::vector<std::size_t> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(blanks);
    if (begin != std::string_view::npos && line[begin] != '#') lines.push_back(number);
  }
  return lines;
}

/// Where `words` say that something in the file is: "FILE:LINE: "; absent where they don't.
std::optional<std::size_t> line_told(std::string_view words, std::string_view file) {
  if (!words.starts_with(std::string(file) + ":")) return std::nullopt;
  words.remove_prefix(file.size() + 1);
  const std::size_t digits = std::min(words.find_first_not_of("0123456789"), words.size());
  if (digits == 0 || digits > 9 || !words.substr(digits).starts_with(": ")) return std::nullopt;
  return std::stoul(std::string(words.substr(0, digits)));
}

void check_refusal(std::string_view refusal, std::string_view text) {
  const auto line = line_told(refusal, "config");
  const std::vector<std::size_t> lines = giving_lines(text);
  require(line && std::ranges::find(lines, *line) != lines.end(), "a refusal names its line");
  require(refusal.find('\n') == std::string_view::npos, "a refusal is one line");
}

void check_options(const Layer& options, std::string_view text) {
  const std::vector<std::size_t> lines = giving_lines(text);
  require(options.size() == lines.size(), "each line that says something gives an option");
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const app::OptionEntry& entry = *options[i].entry;
    require(options[i].source == app::Source::file, "what a file gives is a file's");
    require(entry.weakest == app::Source::file, "a file gives what has its place there");
    require(names.insert(entry.name).second || entry.repeatable, "an option is given once");
    require(options[i].value.option() ==
                "config:" + std::to_string(lines[i]) + ": " + std::string(entry.name),
            "an option knows its place");
  }
}

bool is_same(const Layer& one, const Layer& other) {
  return std::ranges::equal(one, other, [](const GivenOption& a, const GivenOption& b) {
    return a.entry == b.entry && a.value.any() == b.value.any();
  });
}

/// The options as a file, each value in quotes where it may be; absent where one can't be written.
std::optional<std::string> written(const Layer& options) {
  std::string text;
  for (const GivenOption& given : options) {
    const std::string& value = given.value.any();
    const bool has_quote = value.find('"') != std::string::npos;
    if (has_quote && (value.front() == '"' || value.find('#') != std::string::npos)) {
      return std::nullopt;
    }
    const std::string shown = has_quote ? value : "\"" + value + "\"";
    text += "\t" + std::string(given.entry->name) + " =" + shown + " # said before\r\n\r\n";
  }
  return text;
}

/// The settings that a run with the file has.
void check_settings(std::string_view text) {
  const MemoryFile file(text);
  try {
    const app::Environment environment(
        {"LEADVERIFY_CONFIG=" + file.path(), "XDG_CONFIG_DIRS=/proc/self/none"});
    const Settings settings = app::read_settings({"list.csv"}, environment);
    require(settings.files.size() == 1, "inputs are those of the command line");
    require(app::is_given(settings, "config"), "the file was named");
    require(settings.options.smtp_port != 0 && settings.options.threads >= 1 &&
                !settings.options.greylist_delays.empty(),
            "settings are within their ranges");
    const auto lines = static_cast<std::size_t>(std::ranges::count(app::not_typed(settings), '\n'));
    require(lines == settings.in_force.size(), "each setting that was not typed is told in a line");
    static_cast<void>(app::place_of_fault(settings));
  } catch (const app::UsageError& error) {
    const std::string_view words = error.what();
    require(!words.empty(), "a refusal says why");
    const auto line = line_told(words, file.path());
    require(!line || *line >= 1, "lines are counted from 1");
  }
}

void run(Octets octets) {
  const std::string_view text = as_text(octets);
  const Reading reading = read("config", text);
  if (!reading.options) {
    check_refusal(reading.refusal, without_mark(text));
    return;
  }
  const Layer& options = *reading.options;
  check_options(options, without_mark(text));
  if (const auto again = written(options)) {
    const Reading second = read("config", *again);
    require(second.options && is_same(*second.options, options), "what is written is read again");
  }
  check_settings(text);
}

const Registration registration({.name = "config_file", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
