#include "app/settings/config_file.hpp"

#include <leadverify/json_line.hpp>

#include "app/base/usage_error.hpp"
#include "app/settings/environment.hpp"
#include "app/settings/nearest_name.hpp"
#include "app/settings/option_table.hpp"

#include <algorithm>
#include <array>

namespace leadverify::app {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t quoted_limit = 80;

// What somebody may well try, but no option is called.
constexpr std::array<std::string_view, 4> words_for_inputs = {"file", "files", "input", "inputs"};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

bool is_control(char letter) {
  return letter != '\t' && static_cast<unsigned char>(letter) < ' ';
}

std::string quote(std::string_view text) {
  return "'" + safe_text(text, quoted_limit) + "'";
}

std::vector<std::string> keys() {
  std::vector<std::string> keys;
  for (const OptionEntry& entry : option_table()) {
    if (entry.weakest == Source::file) keys.emplace_back(entry.name);
  }
  return keys;
}

class ConfigReader {
 public:
  explicit ConfigReader(std::string file) : file_(std::move(file)) {}

  void take(std::string_view line) {
    ++line_;
    line = trim(line);
    if (line.empty() || line.front() == '#') return;
    if (std::ranges::any_of(line, is_control)) refuse("a control character has no place here");
    if (line.front() == '[') refuse("there are no sections: leave " + quote(line) + " out");
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      refuse(quote(line) + " has no '=': write KEY = VALUE, as in quiet = yes");
    }
    const OptionEntry& entry = entry_of(trim(line.substr(0, equals)));
    const std::string name(entry.name);
    options_.push_back({.entry = &entry,
                        .value = OptionValue(place() + name, value_of(line.substr(equals + 1))),
                        .source = Source::file});
    lines_.push_back(line_);
  }

  Layer options() && { return std::move(options_); }

 private:
  std::string place() const { return file_ + ":" + std::to_string(line_) + ": "; }

  [[noreturn]] void refuse(const std::string& words) const { throw UsageError(place() + words); }

  const OptionEntry& entry_of(std::string_view key) const {
    const auto entry = std::ranges::find(option_table(), key, &OptionEntry::name);
    if (entry == option_table().end()) refuse_unknown(key);
    if (entry->weakest == Source::command_line) {
      refuse(std::string(key) + " is for the command line alone");
    }
    if (entry->weakest == Source::variable) {
      refuse(std::string(key) + " is for the command line and " + variable_of(key) + " alone");
    }
    if (!entry->repeatable) refuse_second(*entry);
    return *entry;
  }

  [[noreturn]] void refuse_unknown(std::string_view key) const {
    if (std::ranges::find(words_for_inputs, key) != words_for_inputs.end()) {
      refuse("inputs are named on the command line alone, not with " + quote(key));
    }
    const std::size_t name = std::min(key.find_first_not_of('-'), key.size());
    refuse("unknown key " + quote(key) + suggestion(key.substr(name), keys()));
  }

  void refuse_second(const OptionEntry& entry) const {
    const auto first = std::ranges::find(options_, &entry, &GivenOption::entry);
    if (first == options_.end()) return;
    const auto number = static_cast<std::size_t>(first - options_.begin());
    refuse(std::string(entry.name) + " is given in line " + std::to_string(lines_[number]) +
           " already");
  }

  std::string value_of(std::string_view text) const {
    text = trim(text);
    if (text.starts_with('"')) return quoted(text.substr(1));
    for (std::size_t hash = text.find('#'); hash != std::string_view::npos;
         hash = text.find('#', hash + 1)) {
      const bool comment = hash == 0 || blanks.find(text[hash - 1]) != std::string_view::npos;
      if (comment) return std::string(trim(text.substr(0, hash)));
    }
    return std::string(text);
  }

  std::string quoted(std::string_view text) const {
    const std::size_t end = text.find('"');
    if (end == std::string_view::npos) refuse("the closing '\"' is missing");
    const std::string_view rest = trim(text.substr(end + 1));
    if (!rest.empty() && rest.front() != '#') {
      refuse(quote(rest) + " stands behind the closing '\"'");
    }
    return std::string(text.substr(0, end));
  }

  std::string file_;
  std::size_t line_ = 0;
  Layer options_;
  std::vector<std::size_t> lines_;  // where each of them stands
};

}  // namespace

Layer read_config(const std::string& file, std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  ConfigReader reader(file);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(reader).options();
}

}  // namespace leadverify::app
