#include "app/status_line.hpp"

#include "app/units.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace leadverify::app {
namespace {

constexpr std::size_t longest_bar = 30;
constexpr std::size_t shortest_bar = 10;

double share_done(const RunStatus& status, std::uint64_t total) {
  if (total == 0) return 1.0;
  return std::min(1.0, static_cast<double>(status.done()) / static_cast<double>(total));
}

double rate(const RunStatus& status) {
  const std::chrono::duration<double> seconds = status.elapsed;
  if (seconds.count() <= 0 || status.done() <= status.kept) return 0.0;
  return static_cast<double>(status.done() - status.kept) / seconds.count();
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

std::string time_text(const RunStatus& status) {
  std::string text = to_text(status.elapsed);
  const std::optional<std::uint64_t> total = status.total();
  const double each_second = rate(status);
  if (!total || *total <= status.done() || each_second <= 0) return text;
  const double seconds = static_cast<double>(*total - status.done()) / each_second;
  constexpr double a_year = 366 * 24 * 3600.0;
  if (seconds > a_year) return text;
  const std::chrono::seconds left(std::llround(seconds));
  return text + ", " + to_text(left) + " left";
}

std::string count_text(const char* name, std::uint64_t count) {
  return std::string(name) + " " + std::to_string(count);
}

std::string join(const std::vector<std::string>& parts, std::size_t columns) {
  std::string line;
  for (const std::string& part : parts) {
    const std::size_t gap = line.empty() ? 0 : 2;
    if (line.size() + gap + part.size() > columns) break;
    line += std::string(gap, ' ') + part;
  }
  return line;
}

/// What there is to say, the most wanted first.
std::vector<std::string> parts_of(const RunStatus& status) {
  const Summary& summary = status.progress.summary;
  std::vector<std::string> parts = {done_text(status),
                                    rate_text(rate(status)),
                                    time_text(status),
                                    count_text("valid", summary.valid),
                                    count_text("invalid", summary.invalid),
                                    count_text("catch-all", summary.catch_all),
                                    count_text("unknown", summary.unknown)};
  if (status.progress.waiting_to_retry > 0) {
    parts.push_back(count_text("waiting to retry", status.progress.waiting_to_retry));
  }
  return parts;
}

std::string bar(double share, std::size_t length) {
  const auto filled = static_cast<std::size_t>(std::floor(share * static_cast<double>(length - 2)));
  return "[" + std::string(filled, '=') + std::string(length - 2 - filled, ' ') + "]";
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

std::string status_line(const RunStatus& status) {
  return join(parts_of(status), std::string::npos / 2);
}

std::string bar_line(const RunStatus& status, std::size_t columns) {
  const std::string line = join(parts_of(status), columns);
  const std::optional<std::uint64_t> total = status.total();
  if (!total || line.size() + shortest_bar + 1 > columns) return line;
  const std::size_t length = std::min(longest_bar, columns - line.size() - 1);
  return bar(share_done(status, *total), length) + " " + line;
}

}  // namespace leadverify::app
