#include "app/settings/command_line.hpp"

#include "app/base/usage_error.hpp"
#include "app/settings/nearest_name.hpp"
#include "app/settings/option_table.hpp"

#include <boost/program_options.hpp>

#include <algorithm>

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

[[noreturn]] void refuse_unknown(const std::string& token) {
  const std::string option = token.substr(0, token.find('='));
  std::vector<std::string> names;
  for (const OptionEntry& entry : option_table()) names.emplace_back(entry.name);
  const std::size_t begin = std::min(option.find_first_not_of('-'), option.size());
  throw UsageError("unknown option '" + option + "'" +
                   suggestion(option.substr(begin), names, "--"));
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

void add_file(std::vector<std::string>& files, const std::string& file) {
  if (file.empty()) throw UsageError("a FILE has an empty name");
  const bool again = std::ranges::find(files, file) != files.end();
  if (file == "-" && again) throw UsageError("standard input, '-', can be read only once");
  files.push_back(file);
}

void add_option(Layer& options, const OptionEntry& entry, const std::string& argument) {
  const std::string shown = "--" + std::string(entry.name);
  const bool again = std::ranges::find(options, &entry, &GivenOption::entry) != options.end();
  if (again && !entry.argument.empty() && !entry.repeatable) {
    throw UsageError(shown + " is given more than once");
  }
  options.push_back(
      {.entry = &entry, .value = OptionValue(shown, argument), .source = Source::command_line});
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

void check_resume(const Settings& settings) {
  if (!settings.resume) return;
  if (!settings.output) throw UsageError("--resume wants -o FILE, whose finished records it keeps");
  if (settings.format != RecordFormat::jsonl) {
    throw UsageError("--resume is for records as JSON lines: leave --format out");
  }
}

}  // namespace

void join_options(Settings& settings) {
  check_resume(settings);
  if (settings.task == Task::explain && !settings.files.empty()) {
    throw UsageError("--explain takes one REPLY and no FILE: put the reply in quotes");
  }
  if (settings.summary_place == SummaryPlace::by_format) {
    settings.summary_place = place_by_format(settings);
  }
  settings.dialect.same_columns = settings.format == RecordFormat::csv && settings.dialect.keep.all;
  check_columns(settings);
}

CommandLine read_command_line(const std::vector<std::string>& arguments) {
  const std::vector<po::option> given = split(arguments);
  CommandLine call;
  if (std::ranges::find(given, "help", &po::option::string_key) != given.end()) {
    add_option(call.options, entry_named("help"), {});
    return call;
  }
  for (const po::option& option : given) {
    const std::string argument = option.value.empty() ? "" : option.value.front();
    if (option.string_key.empty()) {
      add_file(call.files, argument);
    } else {
      add_option(call.options, entry_named(option.string_key), argument);
    }
  }
  return call;
}

}  // namespace leadverify::app
