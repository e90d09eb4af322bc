#include "app/terminal/status_display.hpp"

#include "app/base/message.hpp"
#include "app/terminal/summary_table.hpp"

#include <poll.h>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

constexpr auto between_bars = 200ms;
constexpr auto between_lines = 10s;

// Back to the first column, then erase to the end of the line (ECMA-48: EL).
constexpr std::string_view erase_line = "\r\033[K";

}  // namespace

void StatusDisplay::show(const RunStatus& status) {
  if (style_ == Style::none) return;
  const std::lock_guard lock(mutex_);
  if (style_ == Style::plain && next_ == 0s) next_ = between_lines;
  if (status.elapsed < next_) return;

  std::string text;
  if (style_ == Style::bar) {
    next_ = status.elapsed + between_bars;
    erase_bar(text);
    shown_ = status;
    draw_bar(text);
  } else {
    next_ = status.elapsed + between_lines;
    text = status_line(status, look_) + "\n";
  }
  write(text);
}

void StatusDisplay::say(std::string_view words) {
  const std::lock_guard lock(mutex_);
  add_line(message_line(words));
}

void StatusDisplay::say_if_free(std::string_view words) {
  add_line_if_free(message_line(words));
}

void StatusDisplay::answer_if_free(const RunStatus& status) {
  add_line_if_free("leadverify: " + status_line(status, look_) + "\n");
}

void StatusDisplay::add_line_if_free(std::string_view line) {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  pollfd room = {.fd = output_.number(), .events = POLLOUT, .revents = 0};
  if (lock.owns_lock() && ::poll(&room, 1, 0) == 1) add_line(line);
}

void StatusDisplay::add_line(std::string_view line) {
  std::string text;
  erase_bar(text);
  text += line;
  draw_bar(text);
  write(text);
}

void StatusDisplay::lift() {
  mutex_.lock();
  std::string text;
  erase_bar(text);
  write(text);
}

void StatusDisplay::put_back() {
  std::string text;
  draw_bar(text);
  write(text);
  mutex_.unlock();
}

void StatusDisplay::finish(const RunStatus& status) {
  if (style_ == Style::none) return;
  const std::lock_guard lock(mutex_);
  std::string text;
  erase_bar(text);
  shown_.reset();
  if (look_.terminal) {
    text += summary_table(status.progress.summary, look_);
  } else {
    text += status_line(status, look_) + "\n";
  }
  write(text);
}

void StatusDisplay::erase_bar(std::string& text) {
  if (shown_) text += erase_line;
}

void StatusDisplay::draw_bar(std::string& text) {
  // The last column stays free: some terminals wrap at it.
  if (shown_) text += bar_line(*shown_, columns_of(output_.number()) - 1, look_);
}

void StatusDisplay::write(const std::string& text) {
  if (!text.empty()) static_cast<void>(output_.write(text));
}

StatusDisplay::Style display_style(const Settings& settings, const Look& look) {
  if (settings.quiet) return StatusDisplay::Style::none;
  const auto best = look.redraws ? StatusDisplay::Style::bar : StatusDisplay::Style::plain;
  switch (settings.progress) {
    case ProgressStyle::none: return StatusDisplay::Style::none;
    case ProgressStyle::plain: return StatusDisplay::Style::plain;
    case ProgressStyle::bar: return best;
    case ProgressStyle::by_terminal: break;
  }
  return look.terminal ? best : StatusDisplay::Style::none;
}

}  // namespace leadverify::app
