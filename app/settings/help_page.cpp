// The pages that are made from the table of options: --help, and its short form.
#include <leadverify/version.hpp>

#include "app/settings/call_examples.hpp"
#include "app/settings/option_table.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t text_column = 29;

constexpr std::string_view usage = "usage: leadverify [OPTIONS] [FILE]...\n";

constexpr std::string_view closing =
    "Durations take a unit: 500ms, 45s, 5m15s, 1h. Results are JSON lines unless\n"
    "--format says otherwise, and a summary is the last one.\n"
    "\n"
    "Exit status: 0 complete, whatever the verdicts; 2 usage or configuration;\n"
    "3 input not readable or output not writable; 4 --doctor found a failure;\n"
    "75 ended by --max-time; 130, 143 and 129 ended by SIGINT, SIGTERM and SIGHUP,\n"
    "of which a second one ends the run at once.\n";

std::string examples() {
  std::size_t width = 0;
  for (const CallExample& example : call_examples) {
    width = std::max(width, example.call.size());
  }
  std::string lines;
  for (const CallExample& example : call_examples) {
    const std::string gap(width + 2 - example.call.size(), ' ');
    lines += "  " + std::string(example.call) + gap + std::string(example.text) + "\n";
  }
  return lines;
}

std::string call_of(const OptionEntry& entry) {
  std::string call = "  ";
  call += entry.letter.empty() ? "    " : "-" + std::string(entry.letter) + ", ";
  call += "--" + std::string(entry.name);
  if (!entry.argument.empty()) call += " " + std::string(entry.argument);
  return call;
}

std::string text_of(const OptionEntry& entry) {
  std::string text(entry.text);
  if (!entry.standard.empty()) text += " [" + std::string(entry.standard) + "]";
  return text;
}

/// Adds `text` to `page`, whose last line is `column` wide, as a block from text_column on.
void add_block(std::string& page, std::size_t column, std::string_view text) {
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (column > text_column && column + 1 + word.size() > page_width) {
      page += '\n';
      column = 0;
    }
    const std::size_t gap = column < text_column ? text_column - column : 1;
    page += std::string(gap, ' ');
    page += word;
    column += gap + word.size();
  }
  page += '\n';
}

void add_option(std::string& page, const OptionEntry& entry) {
  const std::string call = call_of(entry);
  page += call;
  const bool fits = call.size() + 2 <= text_column;
  if (!fits) page += '\n';
  add_block(page, fits ? call.size() : 0, text_of(entry));
}

}  // namespace

std::string help_page() {
  std::string page = "leadverify " + std::string(version()) +
                     ": says which e-mail addresses take mail, and sends none\n\n" +
                     std::string(usage) + "\n" + examples();
  std::string_view group;
  for (const OptionEntry& entry : option_table()) {
    if (entry.group != group) {
      group = entry.group;
      page += "\n" + std::string(group) + "\n";
    }
    add_option(page, entry);
  }
  return page + "\n" + std::string(closing);
}

std::string short_help() {
  return std::string(usage) + "\n" + examples() + "\nleadverify --help shows all options.\n";
}

}  // namespace leadverify::app
