// Standard error, as people see it: a bar that is redrawn, and lines above it.
//
// All may be called from any thread; what is written is written whole. A standard error
// that can't be written is nobody's concern.
#pragma once

#include "app/base/watched_output.hpp"
#include "app/settings/settings.hpp"
#include "app/terminal/look.hpp"
#include "app/terminal/status_line.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace leadverify::app {

class StatusDisplay {
 public:
  enum class Style : std::uint8_t { none, plain, bar };

  StatusDisplay(int descriptor, Style style, Look look)
      : output_(descriptor), style_(style), look_(look) {}

  /// What there is to show now: the bar changes at most five times a second, a plain line
  /// is added every ten seconds.
  void show(const RunStatus& status);

  /// `words`, which may be anybody's, as a message_line() of its own.
  void say(std::string_view words);
  /// The same from a thread that must not be held up: left out where it would have to wait.
  void say_if_free(std::string_view words);
  /// A line that answers how far the run is; likewise left out.
  void answer_if_free(const RunStatus& status);

  /// Takes the bar away while something else is written to the same terminal, until
  /// put_back() is called from the same thread.
  void lift();
  void put_back();

  /// The end: the bar makes place for the last word about the run, on a terminal a table.
  void finish(const RunStatus& status);

  /// WatchedOutput::stands_still(), of standard error.
  bool stands_still() { return output_.stands_still(); }

 private:
  void add_line(std::string_view line);
  void add_line_if_free(std::string_view line);
  void erase_bar(std::string& text);
  void draw_bar(std::string& text);
  void write(const std::string& text);

  WatchedOutput output_;
  const Style style_;
  const Look look_;
  std::mutex mutex_;
  std::optional<RunStatus> shown_;    // absent: no bar stands there
  std::chrono::nanoseconds next_{0};  // of the run's time, when to show again
};

/// The style that `settings` means on a standard error that looks like `look`.
StatusDisplay::Style display_style(const Settings& settings, const Look& look);

}  // namespace leadverify::app
