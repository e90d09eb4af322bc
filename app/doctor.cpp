#include "app/doctor.hpp"

#include "app/base/usage_error.hpp"
#include "app/exit_status.hpp"
#include "app/input/line_source.hpp"
#include "app/output/output_file.hpp"
#include "app/settings/in_force.hpp"
#include "app/settings/read_files.hpp"

#include <algorithm>
#include <utility>

namespace leadverify::app {
namespace {

// Of a list: enough that some domains are found, and soon read.
constexpr std::size_t most_addresses = 1000;
constexpr int never = -1;  // no event stops the reading

constexpr std::size_t page_width = 96;
constexpr std::size_t text_column = 25;

std::vector<std::string> first_addresses(const Settings& settings) {
  const std::vector<std::string>& files = settings.files;
  if (files.empty()) return {};
  if (const std::optional<std::string> words = input_fault(files)) throw InputOutputError(*words);
  std::vector<std::string> addresses;
  LineSource lines(files, settings.dialect, never);
  while (addresses.size() < most_addresses) {
    std::optional<Input> input = lines.next();
    if (!input) break;
    addresses.push_back(std::move(input->text));
  }
  if (lines.fault()) throw InputOutputError(*lines.fault());
  return addresses;
}

Checkup checkup_of(const Settings& settings) {
  Checkup checkup{.options = options_of(settings),
                  .probe_host = settings.probe_host,
                  .addresses = {},
                  .blocklists = settings.blocklists};
  if (!checkup.probe_host) checkup.addresses = first_addresses(settings);
  return checkup;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

/// Adds `text` to `lines` from text_column on, the first of them being begun already.
void add_block(std::string& lines, std::string_view text) {
  std::size_t column = text_column;
  bool first = true;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!first && column + 1 + word.size() > page_width) {
      lines += "\n" + std::string(text_column, ' ');
      column = text_column;
      first = true;
    }
    if (!first) lines += ' ';
    lines += word;
    column += word.size() + (first ? 0 : 1);
    first = false;
  }
  lines += '\n';
}

std::string counted(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::size_t count_of(const std::vector<Check>& checks, Health health) {
  return static_cast<std::size_t>(std::ranges::count(checks, health, &Check::health));
}

}  // namespace

std::string table_line(const Check& check) {
  std::string lines =
      padded(std::string(to_string(check.health)), 9) + padded(check.name, 15) + " ";
  add_block(lines, check.subject.empty() ? check.found : check.subject + ": " + check.found);
  if (check.advice.empty()) return lines;
  lines += std::string(text_column, ' ');
  add_block(lines, check.advice + ".");
  return lines;
}

std::string table_end(const std::vector<Check>& checks) {
  const std::size_t unknown = count_of(checks, Health::unknown);
  std::string text = "\n" + counted(count_of(checks, Health::failure), "failure") + ", " +
                     counted(count_of(checks, Health::warning), "warning");
  if (unknown > 0) text += ", " + std::to_string(unknown) + " that can't be told from here";
  return text + "\n";
}

int doctor(const Settings& settings) {
  const Checkup checkup = checkup_of(settings);
  if (const std::optional<std::string> words = fault(checkup)) throw UsageError(*words);
  const bool for_people = !is_given(settings, "format") || settings.format != RecordFormat::jsonl;
  const auto show = [&](const Check& check) {
    print_all(for_people ? table_line(check) : json_line(check) + "\n");
  };
  const std::vector<Check> checks = examine(checkup, show);
  if (for_people) print_all(table_end(checks));
  return count_of(checks, Health::failure) > 0 ? exit_unwell : exit_complete;
}

}  // namespace leadverify::app
