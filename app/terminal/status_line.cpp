#include "app/terminal/status_line.hpp"

#include "app/base/units.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_bar = 30;
constexpr std::size_t shortest_bar = 10;
constexpr std::size_t least_with_bar = 50;  // columns; in fewer the words are worth more

double share_done(const RunStatus& status, std::uint64_t total) {
  if (total == 0) return 1.0;
  return std::min(1.0, static_cast<double>(status.done()) / static_cast<double>(total));
}

std::string rate_text(double each_second) {
  if (each_second >= 10) return std::to_string(std::llround(each_second)) + "/s";
  const long long tenths = std::llround(each_second * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "/s";
}

std::string done_text(const RunStatus& status) {
  std::string text = std::to_string(status.done());
  const std::optional<std::uint64_t> total = status.total();
  if (!total) return text;
  text += (status.all_read ? "/" : "/~") + std::to_string(*total);
  return text + " (" + std::to_string(static_cast<int>(share_done(status, *total) * 100)) + "%)";
}

/// What is known of the time that it still takes; empty: nothing. Rates and greylists can make a
/// run last longer than its speed so far tells.
std::string left_text(const RunStatus& status) {
  const std::optional<std::uint64_t> total = status.total();
  if (status.all_read && total == status.done()) return "";
  std::chrono::duration<double> by_speed{0};
  if (total && *total > status.done() && status.each_second > 0) {
    by_speed = std::chrono::duration<double>(static_cast<double>(*total - status.done()) /
                                             status.each_second);
  }
  if (status.progress.least_left > by_speed) {
    return status.progress.least_left < 1s ? "" : "at least " + to_text(status.progress.least_left);
  }
  constexpr std::chrono::hours a_year{366 * 24};
  if (by_speed < 1s || by_speed > a_year) return "";
  return to_text(std::chrono::seconds(std::llround(by_speed.count())));
}

std::string time_text(const RunStatus& status) {
  const std::string left = left_text(status);
  return to_text(status.elapsed) + (left.empty() ? "" : ", " + left + " left");
}

struct Part {
  std::string text;  // ASCII
  Colour colour = Colour::none;
};

Part count_part(const char* name, std::uint64_t count, Colour colour = Colour::none) {
  return {std::string(name) + " " + std::to_string(count), colour};
}

/// A line, and its columns; colours take none.
struct Line {
  std::string text;
  std::size_t columns = 0;
};

Line join(const std::vector<Part>& parts, std::size_t columns, const Look& look) {
  Line line;
  for (const Part& part : parts) {
    const std::size_t gap = line.columns == 0 ? 0 : 2;
    if (line.columns + gap + part.text.size() > columns) break;
    line.text += std::string(gap, ' ') + in_colour(part.text, part.colour, look);
    line.columns += gap + part.text.size();
  }
  return line;
}

/// What there is to say, the most wanted first.
std::vector<Part> parts_of(const RunStatus& status) {
  const Summary& summary = status.progress.summary;
  std::vector<Part> parts = {{done_text(status)},
                             {rate_text(status.each_second)},
                             {time_text(status)},
                             count_part("valid", summary.valid, Colour::green),
                             count_part("invalid", summary.invalid, Colour::red),
                             count_part("catch-all", summary.catch_all, Colour::yellow),
                             count_part("unknown", summary.unknown, Colour::faint)};
  if (status.progress.waiting_to_retry > 0) {
    parts.push_back(count_part("waiting to retry", status.progress.waiting_to_retry));
  }
  if (status.held_back > 0) parts.push_back(count_part("held back", status.held_back));
  return parts;
}

std::string repeat(std::string_view character, std::size_t count) {
  std::string text;
  for (; count > 0; --count) text += character;
  return text;
}

/// In `length` columns.
std::string bar(double share, std::size_t length, const Look& look) {
  const std::size_t inside = look.utf8 ? length : length - 2;
  const auto filled = static_cast<std::size_t>(std::floor(share * static_cast<double>(inside)));
  if (!look.utf8) return "[" + repeat("=", filled) + repeat(" ", inside - filled) + "]";
  return repeat("\u2588", filled) + repeat("\u2591", inside - filled);  // full block, light shade
}

}  // namespace

std::optional<std::uint64_t> RunStatus::total() const {
  if (all_read) return progress.submitted;
  if (!octets_in_all || octets_read == 0) return std::nullopt;
  const double lines_each_octet =
      static_cast<double>(progress.submitted) / static_cast<double>(octets_read);
  const auto guess =
      static_cast<std::uint64_t>(lines_each_octet * static_cast<double>(*octets_in_all));
  return std::max(guess, progress.submitted);
}

std::string status_line(const RunStatus& status, const Look& look) {
  return join(parts_of(status), std::string::npos / 2, look).text;
}

std::string bar_line(const RunStatus& status, std::size_t columns, const Look& look) {
  const std::optional<std::uint64_t> total = status.total();
  const bool has_room = total && columns >= least_with_bar;
  const std::size_t for_text = has_room ? columns - shortest_bar - 1 : columns;
  const Line line = join(parts_of(status), for_text, look);
  if (!total || line.columns + shortest_bar + 1 > columns) return line.text;
  const std::size_t length = std::min(longest_bar, columns - line.columns - 1);
  return bar(share_done(status, *total), length, look) + " " + line.text;
}

}  // namespace leadverify::app
