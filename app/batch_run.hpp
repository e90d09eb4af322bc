// The run itself: joins the lines, the Verifier, the records and standard error.
//
// Four threads meet here: the main one reads and submits, the Verifier's settle, the
// writer's writes, and one takes signals. What ends a run early is noted once, in cause_.
#pragma once

#include <leadverify/verifier.hpp>

#include "app/descriptor.hpp"
#include "app/line_source.hpp"
#include "app/output_file.hpp"
#include "app/record_form.hpp"
#include "app/record_writer.hpp"
#include "app/settings.hpp"
#include "app/signal_watch.hpp"
#include "app/status_display.hpp"

#include <atomic>
#include <chrono>

namespace leadverify::app {

class BatchRun {
 public:
  /// REQUIRES: hold_back_signals() was called, and fault(settings.options) is absent.
  BatchRun(const Settings& settings, Outputs& outputs);

  /// Returns the exit status.
  int run();

 private:
  /// What ended the run early.
  enum class Cause : std::uint8_t { none, signal, max_time, output };

  RecordWriter::Hooks writer_hooks();
  Callbacks verifier_callbacks();
  SignalWatch::Callbacks signal_callbacks();

  void read_all();
  void take(const Result& result);
  void stop(Cause cause);
  void take_end_signal(int signal);
  void show_status();
  RunStatus status_of(const Progress& progress) const;

  Summary sum_up(const Summary& verified) const;
  void write_summary(const Summary& summary);
  void report_end(const Summary& summary);
  void report_output_failure(const std::string& output, int fault);
  int exit_status(bool complete) const;

  const Settings& settings_;
  Outputs& outputs_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  Descriptor stop_event_;  // readable once the run is to end
  std::atomic<Cause> cause_ = Cause::none;
  std::atomic<int> signal_ = 0;                        // the first that came; 0: none
  std::chrono::steady_clock::time_point signalled_{};  // when; the thread of signals alone
  std::atomic<bool> all_read_ = false;
  bool output_failed_ = false;
  StatusDisplay display_;
  LineSource lines_;
  Summary records_;  // those that were handed to the writer; the Verifier's threads, then ours
  RecordForm form_;  // likewise
  RecordWriter writer_;
  Verifier verifier_;
};

}  // namespace leadverify::app
