#include "app/command_line.hpp"

#include "app/nearest_name.hpp"
#include "app/option_table.hpp"
#include "app/usage_error.hpp"

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

/// The name of what a file is, if it is not text, by its extension.
std::string_view other_format(std::string_view file) {
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(file.substr(dot));
  std::ranges::transform(extension, extension.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  });
  if (extension == ".csv" || extension == ".tsv") return "CSV";
  if (extension == ".jsonl" || extension == ".ndjson") return "JSON lines";
  return {};
}

}  // namespace

void check_together(const Settings& settings) {
  if (settings.resume && !settings.output) {
    throw UsageError("--resume wants -o FILE, whose finished records it keeps");
  }
  if (settings.task != Task::doctor && settings.probe_host) {
    throw UsageError("--probe-host belongs to --doctor");
  }
  if (settings.task != Task::doctor && !settings.blocklists.empty()) {
    throw UsageError("--dnsbl belongs to --doctor");
  }
  if (settings.task == Task::explain && !settings.files.empty()) {
    throw UsageError("--explain takes one REPLY and no FILE: put the reply in quotes");
  }
  if (settings.input_format == InputFormat::text) return;
  for (const std::string& file : settings.files) {
    const std::string_view format = other_format(file);
    if (format.empty()) continue;
    throw UsageError(file + " looks like " + std::string(format) +
                     ", and only text is read so far; --input-format text reads it as one "
                     "address a line");
  }
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
