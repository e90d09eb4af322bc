#include "app/input/csv_columns.hpp"

#include <leadverify/json_line.hpp>

#include "app/base/units.hpp"
#include "app/base/usage_error.hpp"
#include "app/input/csv_rows.hpp"
#include "app/input/octet_source.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace leadverify::app {
namespace {

constexpr std::size_t longest_name = 255;  // octets
constexpr std::size_t most_kept = 1000;    // columns
constexpr std::size_t most_shown = 20;     // column names in a message
constexpr std::size_t longest_shown = 40;  // octets of each

// By how sure they are: where a file has two of them, the first.
constexpr std::array<std::string_view, 4> address_names = {
    "email", "e-mail", "mail", "email_address"};

using Names = std::vector<std::string>;

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

bool is_same_name(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, small, small);
}

std::string name_in(std::string_view cell) {
  std::string name = cell_text(cell, longest_name);
  name.erase(name.find_last_not_of(" \t") + 1);
  name.erase(0, std::min(name.find_first_not_of(" \t"), name.size()));
  return name;
}

Names names_in(const std::vector<std::string_view>& cells) {
  Names names;
  names.reserve(cells.size());
  std::ranges::transform(cells, std::back_inserter(names), name_in);
  return names;
}

/// The place of the column called `name`: letter for letter, or else in any case, or else by
/// its number from 1.
std::optional<std::size_t> find_name(const Names& names, std::string_view name) {
  auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    found = std::ranges::find_if(names, [&](const auto& one) { return is_same_name(one, name); });
  }
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::optional<std::uint64_t> number = parse_count(name);
  if (number && *number >= 1 && *number <= names.size()) return *number - 1;
  return std::nullopt;
}

std::optional<std::size_t> find_address_by_name(const Names& names) {
  for (const std::string_view wanted : address_names) {
    const auto found =
        std::ranges::find_if(names, [&](const auto& name) { return is_same_name(name, wanted); });
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  return std::nullopt;
}

/// In a file without names: the only column, or the only one with an '@' in its first row.
std::optional<std::size_t> find_address_by_sight(const std::vector<std::string_view>& cells) {
  if (cells.size() == 1) return 0;
  const auto may_be_address = [](std::string_view cell) {
    const bool is_divided =
        cell.find('"') == cell.npos && cell.find_first_of(known_delimiters) != cell.npos;
    return cell.find('@') != cell.npos && !is_divided;
  };
  if (std::ranges::count_if(cells, may_be_address) != 1) return std::nullopt;
  return static_cast<std::size_t>(std::ranges::find_if(cells, may_be_address) - cells.begin());
}

std::optional<std::size_t> find_address(const std::vector<std::string_view>& cells,
                                        const Names& names,
                                        const Dialect& dialect) {
  if (dialect.column) return find_name(names, *dialect.column);
  return dialect.header ? find_address_by_name(names) : find_address_by_sight(cells);
}

std::string count_of_columns(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " column" : " columns");
}

/// "it has 'name' and 2 more", for a message.
std::string shown(const Names& names, const Dialect& dialect) {
  if (!dialect.header) return "it has " + count_of_columns(names.size());
  std::string text = "it has ";
  for (std::size_t i = 0; i < std::min(names.size(), most_shown); ++i) {
    text += (i == 0 ? "'" : ", '") + safe_text(names[i], longest_shown) + "'";
  }
  if (names.size() > most_shown) {
    text += " and " + std::to_string(names.size() - most_shown) + " more";
  }
  return text;
}

[[noreturn]] void refuse(const std::string& file, const Names& names, const Dialect& dialect) {
  if (dialect.column) {
    throw UsageError("--column: " + shown_file(file) + " has no column '" + *dialect.column +
                     "'; " + shown(names, dialect));
  }
  if (!dialect.header) {
    throw UsageError("which column of " + shown_file(file) +
                     " holds the address? Give its number with --column; " + shown(names, dialect));
  }
  throw UsageError(shown_file(file) +
                   " has no column called email, e-mail, mail or email_address: name the one "
                   "with the address with --column; " +
                   shown(names, dialect));
}

std::vector<std::size_t> find_kept(const Names& names,
                                   const std::string& file,
                                   const Dialect& dialect) {
  std::vector<std::size_t> kept;
  if (dialect.keep.all) {
    for (std::size_t i = 0; i < names.size(); ++i) kept.push_back(i);
  }
  for (const std::string& column : dialect.keep.columns) {
    const std::optional<std::size_t> found = find_name(names, column);
    if (!found) {
      throw UsageError("--keep: " + shown_file(file) + " has no column '" + column + "'; " +
                       shown(names, dialect));
    }
    kept.push_back(*found);
  }
  if (kept.size() > most_kept) {
    throw UsageError("--keep: " + shown_file(file) + " has " + count_of_columns(kept.size()) +
                     ", and at most " + std::to_string(most_kept) + " can be kept: name them");
  }
  return kept;
}

/// A name is the column's number where it has none; the second of two that are alike is "name_2".
std::shared_ptr<const Names> name_kept(const std::vector<std::size_t>& kept,
                                       const Names& names,
                                       const Dialect& dialect) {
  auto kept_names = std::make_shared<Names>();
  std::set<std::string> taken;
  for (const std::size_t place : kept) {
    const bool has_name = dialect.header && !names[place].empty();
    const std::string name = has_name ? names[place] : std::to_string(place + 1);
    std::string unique = name;
    for (int n = 2; !taken.insert(unique).second; ++n) unique = name + "_" + std::to_string(n);
    kept_names->push_back(std::move(unique));
  }
  return kept_names;
}

}  // namespace

std::optional<char> named_delimiter(std::string_view line) {
  constexpr std::string_view key = "sep=";
  if (line.size() != key.size() + 1) return std::nullopt;
  if (!is_same_name(line.substr(0, key.size()), key)) return std::nullopt;
  return line.back();
}

char find_delimiter(std::string_view row, const std::string& file, const Dialect& dialect) {
  const bool is_tsv = file.size() > 4 && is_same_name(file.substr(file.size() - 4), ".tsv");
  std::string candidates(known_delimiters);
  if (is_tsv) candidates.insert(0, 1, '\t');

  char best = candidates.front();
  std::pair<bool, std::size_t> most = {false, 0};
  for (const char candidate : candidates) {
    std::vector<std::string_view> cells;
    split_row(row, candidate, cells);
    const bool has_address =
        cells.size() > 1 && find_address(cells, names_in(cells), dialect).has_value();
    const std::pair<bool, std::size_t> found = {has_address, cells.size()};
    if (found <= most) continue;
    most = found;
    best = candidate;
  }
  return best;
}

CsvColumns find_columns(const std::vector<std::string_view>& cells,
                        const std::string& file,
                        const Dialect& dialect) {
  // Without a header its cells are no names: only numbers are.
  const Names names = dialect.header ? names_in(cells) : Names(cells.size());
  const std::optional<std::size_t> address = find_address(cells, names, dialect);
  if (!address) refuse(file, names, dialect);
  CsvColumns columns{.count = cells.size(), .address = *address, .kept = {}, .kept_names = {}};
  columns.kept = find_kept(names, file, dialect);
  columns.kept_names = name_kept(columns.kept, names, dialect);
  return columns;
}

}  // namespace leadverify::app
