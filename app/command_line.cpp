#include "app/command_line.hpp"

#include "app/option_table.hpp"
#include "app/usage_error.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <set>

namespace leadverify::app {
namespace {

namespace po = boost::program_options;

// Guessing is off: an abbreviation that works today would change its meaning with the next
// option that begins alike.
constexpr int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;

po::options_description describe(std::span<const OptionEntry> table) {
  po::options_description description;
  for (const OptionEntry& entry : table) {
    std::string names(entry.name);
    if (!entry.letter.empty()) names += "," + std::string(entry.letter);
    if (entry.argument.empty()) {
      description.add_options()(names.c_str(), "");
    } else {
      description.add_options()(names.c_str(), po::value<std::string>(), "");
    }
  }
  return description;
}

/// How many letters have to be changed, added, left out or swapped with their neighbour.
std::size_t distance(std::string_view one, std::string_view other) {
  std::vector<std::vector<std::size_t>> cost(one.size() + 1,
                                             std::vector<std::size_t>(other.size() + 1));
  for (std::size_t i = 0; i <= one.size(); ++i) {
    for (std::size_t j = 0; j <= other.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t change = one[i - 1] == other[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      const bool swapped =
          i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[one.size()][other.size()];
}

/// The option that `word` was most likely to be; empty where none is near.
std::string_view nearest_option(std::string_view word) {
  const std::size_t near = word.size() < 6 ? 1 : 2;
  std::string_view nearest;
  std::size_t least = near + 1;
  for (const OptionEntry& entry : option_table()) {
    if (word.size() > 2 && entry.name.starts_with(word)) return entry.name;
    const std::size_t changes = distance(word, entry.name);
    if (changes < least && changes < word.size()) {
      least = changes;
      nearest = entry.name;
    }
  }
  return nearest;
}

[[noreturn]] void refuse_unknown(const std::string& token) {
  const std::string option = token.substr(0, token.find('='));
  std::string message = "unknown option '" + option + "'";
  const std::string_view nearest = nearest_option(option.substr(option.find_first_not_of('-')));
  if (!nearest.empty()) message += ": did you mean '--" + std::string(nearest) + "'?";
  throw UsageError(message);
}

[[noreturn]] void refuse_syntax(const po::invalid_command_line_syntax& error) {
  const std::string option = error.get_option_name();
  switch (error.kind()) {
    case po::invalid_syntax::missing_parameter: throw UsageError(option + " wants an argument");
    case po::invalid_syntax::empty_adjacent_parameter:
      throw UsageError(option + "= has nothing behind its '='");
    case po::invalid_syntax::extra_parameter: throw UsageError(option + " takes no argument");
    default: throw UsageError(error.what());
  }
}

std::vector<po::option> split(const std::vector<std::string>& arguments) {
  const po::options_description description = describe(option_table());
  try {
    return po::command_line_parser(arguments).options(description).style(style).run().options;
  } catch (const po::unknown_option& error) {
    refuse_unknown(error.get_option_name());
  } catch (const po::invalid_command_line_syntax& error) {
    refuse_syntax(error);
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
}

const OptionEntry& entry_named(const std::string& name) {
  return *std::ranges::find(option_table(), name, &OptionEntry::name);
}

void add_file(Settings& settings, const std::string& file) {
  if (file.empty()) throw UsageError("a FILE has an empty name");
  const auto given = [&](std::string_view name) {
    return std::ranges::find(settings.files, name) != settings.files.end();
  };
  if (file == "-" && given("-")) throw UsageError("standard input, '-', can be read only once");
  settings.files.push_back(file);
}

std::set<InputFormat> formats_of(const Settings& settings) {
  const InputFormat asked = settings.dialect.format;
  if (settings.files.empty()) return {asked};
  std::set<InputFormat> formats;
  for (const std::string& file : settings.files) formats.insert(format_of(file, asked));
  return formats;
}

/// Throws where an option is about columns and no input has any.
void check_columns(const Settings& settings) {
  const Dialect& dialect = settings.dialect;
  const std::set<InputFormat> formats = formats_of(settings);
  const auto refuse = [](const std::string& option, const std::string& wanted) {
    throw UsageError(option + " is for " + wanted + ", and no input is: give --input-format");
  };
  const bool has_csv = formats.contains(InputFormat::csv);
  const bool has_columns = has_csv || formats.contains(InputFormat::jsonl);
  if (dialect.delimiter && !has_csv) refuse("--delimiter", "CSV");
  if (!dialect.header && !has_csv) refuse("--no-header", "CSV");
  if (dialect.column && !has_columns) refuse("--column", "CSV and JSON lines");
  if (dialect.keep.any() && !has_columns) refuse("--keep", "CSV and JSON lines");
  if (dialect.same_columns && formats != std::set{InputFormat::csv}) {
    throw UsageError("--keep all with --format csv is for CSV inputs alone: name the columns");
  }
}

SummaryPlace place_by_format(const Settings& settings) {
  if (settings.format != RecordFormat::csv) return SummaryPlace::standard_output;
  return settings.quiet ? SummaryPlace::none : SummaryPlace::standard_error;
}

/// What one option means for another: filled in, or refused.
void join_options(Settings& settings) {
  if (settings.quiet && settings.verbose) throw UsageError("choose one of -q and -v");
  if (settings.task == Task::explain && !settings.files.empty()) {
    throw UsageError("--explain takes one REPLY and no FILE: put the reply in quotes");
  }
  if (settings.summary_place == SummaryPlace::by_format) {
    settings.summary_place = place_by_format(settings);
  }
  settings.dialect.same_columns = settings.format == RecordFormat::csv && settings.dialect.keep.all;
  check_columns(settings);
}

}  // namespace

Settings parse_command_line(const std::vector<std::string>& arguments) {
  Settings settings;
  std::set<std::string> seen;
  const std::vector<po::option> given = split(arguments);
  if (std::ranges::find(given, "help", &po::option::string_key) != given.end()) {
    settings.task = Task::help;
    return settings;
  }

  for (const po::option& option : given) {
    const std::string argument = option.value.empty() ? "" : option.value.front();
    if (option.string_key.empty()) {
      add_file(settings, argument);
      continue;
    }
    const OptionEntry& entry = entry_named(option.string_key);
    const std::string shown = "--" + option.string_key;
    const bool repeated = !seen.insert(option.string_key).second;
    if (repeated && !entry.argument.empty() && !entry.repeatable) {
      throw UsageError(shown + " is given more than once");
    }
    entry.apply(settings, OptionValue(shown, argument));
  }
  join_options(settings);
  return settings;
}

}  // namespace leadverify::app
