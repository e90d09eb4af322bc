// Start here: a Verifier takes addresses in and hands results out.
//
//   leadverify::Verifier verifier(options, {.on_result = [](const leadverify::Result& r) {
//     std::puts(leadverify::json_line(r).c_str());
//   }});
//   verifier.submit({.text = "ada@example.org", .line = 1});
//   verifier.close();
//   const leadverify::Summary summary = verifier.wait();
//
// It runs an io_context of its own on options.threads threads. submit(), close(),
// stop() and summary() may be called from any thread; results come as they become
// known, one call at a time, from a thread of the Verifier. No global state, no
// output of its own, and no exception for a bad address.
#pragma once

#include <leadverify/options.hpp>
#include <leadverify/result.hpp>
#include <leadverify/summary.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace leadverify {

/// How far a run is.
struct Progress {
  std::uint64_t submitted = 0;         // addresses taken in
  std::uint64_t waiting_to_retry = 0;  // of those not settled: waiting out a temporary refusal
  int open_sessions = 0;
  /// The run lasts at least so much longer: until the last retry that is waited for, and as
  /// long as the rate allowed for a domain takes for what is known of it.
  std::chrono::nanoseconds least_left{0};
  Summary summary;  // so far; `complete` is false
};

struct Callbacks {
  /// Called once for each address, as it is settled. It must not call wait() or destroy
  /// the Verifier, and holds up other results while it runs.
  std::function<void(const Result&)> on_result;
  /// Called about once a second while the run lasts; never at the same time as on_result.
  std::function<void(const Progress&)> on_progress;
  /// Called for each step that a person who watches might want to see (-v): one line of
  /// safe text without a line end. Never at the same time as on_result.
  std::function<void(const std::string&)> on_event;
  /// Called, once for each kind, for what spoils the run and can be mended by a person: one
  /// line of safe text that says what to do. Never at the same time as on_result.
  std::function<void(const std::string&)> on_notice;
};

class Verifier {
 public:
  /// Throws std::invalid_argument with the words of fault(options) if there are any, and
  /// std::system_error where the system has no thread or socket left to begin with.
  Verifier(Options options, Callbacks callbacks);
  /// Stops, and waits for the end.
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  /// Takes one address in; waits while options.window addresses are unsettled. False, and
  /// nothing taken, once close() or stop() was called.
  bool submit(Input input);

  /// No more addresses will come.
  void close();

  /// Ends the run early: no new sessions, those open end with QUIT, and what is unsettled
  /// within a few seconds is reported as unknown, interrupted. Returns at once.
  void stop();

  /// Waits until every address taken in is settled and reported, after close() or stop().
  Summary wait();

  /// The run so far.
  Progress progress() const;

 private:
  class Run;
  std::shared_ptr<Run> run_;
};

/// Verifies `addresses` in one blocking call: a result for each, in their order; `line` is
/// the place in the list, from 1.
std::vector<Result> verify(std::span<const std::string> addresses, const Options& options);

}  // namespace leadverify
