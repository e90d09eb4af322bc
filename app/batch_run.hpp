// The run itself: joins the lines, the Verifier, the records and standard error.
//
// Four threads meet here: the main one reads and submits, the Verifier's settle, the
// writer's writes, and one takes signals. What ends a run early is noted once, in cause_.
#pragma once

#include <leadverify/verifier.hpp>

#include "app/base/descriptor.hpp"
#include "app/base/watched_output.hpp"
#include "app/input/line_source.hpp"
#include "app/output/ordered_records.hpp"
#include "app/output/output_file.hpp"
#include "app/output/record_form.hpp"
#include "app/output/record_writer.hpp"
#include "app/output/trace_file.hpp"
#include "app/resume/gaps.hpp"
#include "app/settings/settings.hpp"
#include "app/signal_watch.hpp"
#include "app/terminal/rate_gauge.hpp"
#include "app/terminal/status_display.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

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

  bool take_up();
  bool keep_finished();
  void read_all();
  std::optional<Input> next_input();
  void take(const Result& result);
  void leave_out(const Result& result);
  void write(const WrittenRecord& record);
  void wait_for_order();
  void stop(Cause cause);
  void take_end_signal(int signal);
  void end_if_stuck();
  void show_status();
  RunStatus status_of(const Progress& progress) const;

  Summary sum_up(const Summary& verified) const;
  void close_output();
  void write_summary(const Summary& summary);
  void report_end(const Summary& summary);
  void end_trace();
  void report_output_failure(const std::string& output, int fault);
  int exit_status(bool complete) const;
  int early_status() const;
  int summary_descriptor() const;

  const Settings& settings_;
  Outputs& outputs_;
  const bool is_resumable_;  // the next run can go on from the file of -o
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  Descriptor stop_event_;  // readable once the run is to end
  std::atomic<Cause> cause_ = Cause::none;
  std::atomic<int> signal_ = 0;                        // the first that came; 0: none
  std::chrono::steady_clock::time_point signalled_{};  // when; the thread of signals alone
  std::atomic<bool> all_read_ = false;
  std::atomic<bool> taken_up_ = false;  // kept_ is all that an earlier run has finished
  bool output_failed_ = false;
  const Look look_;
  StatusDisplay display_;
  LineSource lines_;
  Gaps gaps_;        // what is to be done before lines_ goes on
  Summary kept_;     // the records of an earlier run; does not change once taken_up_ is set
  Summary records_;  // kept_ and those handed to the writer; one thread at a time, at last ours
  RecordForm form_;  // likewise
  RecordWriter writer_;
  mutable std::mutex order_;
  std::condition_variable in_order_;  // fewer records are held back
  OrderedRecords ordered_;
  mutable std::mutex pace_;
  mutable RateGauge rate_;
  std::optional<TraceFile> trace_;
  WatchedOutput summary_output_;
  Verifier verifier_;
};

}  // namespace leadverify::app
