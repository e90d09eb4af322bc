// Sessions written down as they go: a line for each line that was said, and notes between.
#pragma once

#include <leadverify/trace.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace leadverify {

/// Where the lines of all sessions go. Any thread's.
class TraceSink {
 public:
  /// `take` is called on the strand of the line's session; it puts the time to the line.
  explicit TraceSink(std::function<void(TraceLine)> take) : take_(std::move(take)) {}

  std::uint64_t number_session() { return ++sessions_; }
  void take(TraceLine line) { take_(std::move(line)); }

 private:
  std::function<void(TraceLine)> take_;
  std::atomic<std::uint64_t> sessions_ = 0;
};

/// One session's.
class SessionTrace {
 public:
  /// `sink` outlives it.
  SessionTrace(TraceSink& sink, std::string mx, std::string mx_ip);

  void sent(std::string_view octets);
  /// However they are cut: a line is told once its end has come, or something else happens.
  void received(std::string_view octets);
  void note(std::string text);

 private:
  void tell(TraceLine::Kind kind, std::string text);
  void end_line();

  TraceSink& sink_;
  TraceLine line_;          // what all lines of the session share
  std::string unfinished_;  // what came of a line so far, as much of it as is told
  std::size_t told_ = 0;
};

}  // namespace leadverify
