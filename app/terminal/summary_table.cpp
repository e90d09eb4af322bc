#include "app/terminal/summary_table.hpp"

#include "app/base/units.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace leadverify::app {
namespace {

constexpr std::size_t most_reasons = 4;
constexpr std::size_t name_width = 10;

struct Row {
  const char* name;
  Status status;
  std::uint64_t count;
  Colour colour;
};

std::string to_the_right(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

std::string to_the_left(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

/// In tenths of a percent, rounded down: 100 % is all of them.
std::string percentage(std::uint64_t part, std::uint64_t whole) {
  const std::uint64_t tenths = whole == 0 ? 0 : part * 1000 / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}

/// Why, the most frequent reason first; nothing where there is but one that says no more than
/// the status.
std::string reasons_of(const Summary& summary, Status status) {
  std::vector<std::pair<std::uint64_t, Reason>> reasons;
  for (const auto& [reason, count] : summary.reasons) {
    if (status_of(reason) == status) reasons.emplace_back(count, reason);
  }
  std::ranges::sort(reasons, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (std::size_t i = 0; i < reasons.size() && i < most_reasons; ++i) {
    if (i > 0) text += ", ";
    text += std::string(to_string(reasons[i].second)) + " " + std::to_string(reasons[i].first);
  }
  if (reasons.size() > most_reasons) {
    text += ", " + std::to_string(reasons.size() - most_reasons) + " more";
  }
  return text;
}

std::string cost_text(const Summary& summary) {
  std::string text = to_text(summary.elapsed);
  if (summary.connections > 0) {
    text += ", " + std::to_string(summary.connections) + " connections";
  }
  if (summary.duplicates > 0) text += ", " + std::to_string(summary.duplicates) + " duplicates";
  if (summary.skipped > 0) text += ", " + std::to_string(summary.skipped) + " lines skipped";
  return text;
}

}  // namespace

std::string summary_table(const Summary& summary, const Look& look) {
  const std::vector<Row> rows = {
      {"valid", Status::valid, summary.valid, Colour::green},
      {"invalid", Status::invalid, summary.invalid, Colour::red},
      {"catch-all", Status::catch_all, summary.catch_all, Colour::yellow},
      {"unknown", Status::unknown, summary.unknown, Colour::faint}};
  const std::size_t width = std::to_string(summary.total).size() + 2;
  std::string table = "\n";
  for (const Row& row : rows) {
    table += in_colour(to_the_left(row.name, name_width), row.colour, look);
    table += to_the_right(std::to_string(row.count), width);
    table += to_the_right(percentage(row.count, summary.total), 8);
    const bool says_no_more = row.status == Status::valid || row.status == Status::catch_all;
    const std::string reasons = says_no_more ? "" : reasons_of(summary, row.status);
    if (!reasons.empty()) table += "   " + reasons;
    table += '\n';
  }
  table += to_the_left("in all", name_width) + to_the_right(std::to_string(summary.total), width);
  return table + to_the_right("", 11) + cost_text(summary) + "\n";
}

}  // namespace leadverify::app
