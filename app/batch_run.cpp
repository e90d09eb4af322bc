#include "app/batch_run.hpp"

#include <leadverify/json_line.hpp>

#include "app/exit_status.hpp"
#include "app/usage_error.hpp"

#include <unistd.h>

#include <cerrno>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

// What comes so soon behind the first signal is the same one, sent to this program and to
// its process group: so does timeout(1), and so do scripts that pass a Ctrl-C on.
constexpr auto same_signal = 100ms;

// How long a second signal waits for a write that is under way.
constexpr auto last_write = 500ms;

}  // namespace

BatchRun::BatchRun(const Settings& settings, Outputs& outputs)
    : settings_(settings),
      outputs_(outputs),
      stop_event_(make_event()),
      display_(STDERR_FILENO, display_style(settings)),
      lines_(settings.files, settings.dialect, stop_event_.number()),
      form_(settings),
      writer_(outputs.records(), writer_hooks()),
      verifier_(settings.options, verifier_callbacks()) {}

RecordWriter::Hooks BatchRun::writer_hooks() {
  RecordWriter::Hooks hooks;
  hooks.on_failure = [this] { stop(Cause::output); };
  const bool shares_terminal = ::isatty(outputs_.records()) != 0;
  if (shares_terminal && display_style(settings_) == StatusDisplay::Style::bar) {
    hooks.before_write = [this] { display_.lift(); };
    hooks.after_write = [this] { display_.put_back(); };
  }
  return hooks;
}

Callbacks BatchRun::verifier_callbacks() {
  Callbacks callbacks;
  callbacks.on_result = [this](const Result& result) { take(result); };
  if (display_style(settings_) != StatusDisplay::Style::none) {
    callbacks.on_progress = [this](const Progress& progress) {
      display_.show(status_of(progress));
    };
  }
  if (settings_.verbose) {
    callbacks.on_event = [this](const std::string& line) { display_.say(line); };
  }
  if (!settings_.quiet) {
    callbacks.on_notice = [this](const std::string& line) { display_.say("leadverify: " + line); };
  }
  return callbacks;
}

SignalWatch::Callbacks BatchRun::signal_callbacks() {
  SignalWatch::Callbacks callbacks;
  callbacks.on_end = [this](int signal) { take_end_signal(signal); };
  callbacks.on_status = [this] { show_status(); };
  callbacks.on_deadline = [this] { stop(Cause::max_time); };
  return callbacks;
}

int BatchRun::run() {
  const SignalWatch signals(settings_.max_time, signal_callbacks());
  read_all();
  const bool is_untouched = verifier_.progress().submitted == 0;
  if (lines_.is_misused() && is_untouched) throw UsageError(*lines_.fault());
  verifier_.close();
  const Summary summary = sum_up(verifier_.wait());
  if (const auto header = form_.header_alone()) writer_.write(*header);
  // Through the writer where it goes behind the records, lest it overtakes them.
  const bool behind_records =
      settings_.summary_place == SummaryPlace::standard_output && !settings_.output;
  if (behind_records) writer_.write(json_line(summary));
  writer_.close();

  report_end(summary);
  write_summary(summary);
  return exit_status(summary.complete);
}

void BatchRun::read_all() {
  while (std::optional<Input> input = lines_.next()) {
    writer_.wait_for_room();
    if (!verifier_.submit(std::move(*input))) return;
  }
  all_read_ = lines_.finished();
}

void BatchRun::take(const Result& result) {
  // What a run did not come to is left out of a file, for the next run to do.
  if (settings_.output && result.reason == Reason::interrupted) return;
  records_.count(result);
  writer_.write(form_.lines(result));
}

void BatchRun::stop(Cause cause) {
  Cause none = Cause::none;
  cause_.compare_exchange_strong(none, cause);
  raise_event(stop_event_);
  verifier_.stop();
}

void BatchRun::take_end_signal(int signal) {
  const auto now = std::chrono::steady_clock::now();
  if (signal_ != 0) {
    if (now - signalled_ < same_signal) return;
    writer_.halt(last_write);
    ::_exit(exit_by_signal + signal);
  }
  signal_ = signal;
  signalled_ = now;
  stop(Cause::signal);
  if (settings_.quiet) return;
  display_.say_if_free(
      "leadverify: ending; open sessions have 10 seconds to close, a second signal ends at once");
}

void BatchRun::show_status() {
  display_.say_if_free("leadverify: " + status_line(status_of(verifier_.progress())));
}

RunStatus BatchRun::status_of(const Progress& progress) const {
  return {.progress = progress,
          .octets_read = lines_.octets_read(),
          .octets_in_all = lines_.octets_in_all(),
          .all_read = all_read_,
          .elapsed = std::chrono::steady_clock::now() - begin_};
}

/// The records by our own count, since some results may have been left out; what they cost
/// by the Verifier's.
Summary BatchRun::sum_up(const Summary& verified) const {
  Summary summary = records_;
  summary.complete = verified.complete && lines_.finished();
  summary.skipped = lines_.skipped();
  summary.connections = verified.connections;
  summary.recipients_asked = verified.recipients_asked;
  summary.dns_queries = verified.dns_queries;
  summary.mx_cache_hits = verified.mx_cache_hits;
  summary.elapsed = verified.elapsed;
  return summary;
}

void BatchRun::write_summary(const Summary& summary) {
  const std::string line = json_line(summary) + "\n";
  if (settings_.summary_place == SummaryPlace::standard_error) {
    static_cast<void>(write_all(STDERR_FILENO, line));
  }
  if (settings_.summary_place == SummaryPlace::standard_output && settings_.output) {
    const std::optional<int> failure = write_all(STDOUT_FILENO, line).fault;
    if (failure) report_output_failure("standard output", *failure);
  }
  if (settings_.summary_place != SummaryPlace::file) return;
  std::optional<int> failure = write_all(outputs_.summary_file.number(), line).fault;
  if (!outputs_.summary_file.close() && !failure) failure = errno;
  if (failure) report_output_failure(settings_.summary_file, *failure);
}

void BatchRun::report_end(const Summary& summary) {
  RunStatus status = status_of(verifier_.progress());
  status.progress.summary = summary;
  display_.finish(status);
  std::optional<int> failure = writer_.failure();
  if (!outputs_.records_file.close() && !failure) failure = errno;
  if (failure) report_output_failure(settings_.output.value_or("standard output"), *failure);
  if (lines_.fault()) display_.say("leadverify: " + *lines_.fault());
  if (summary.complete || output_failed_ || settings_.quiet) return;
  const auto interrupted = summary.reasons.find(Reason::interrupted);
  const std::uint64_t unsettled = interrupted == summary.reasons.end() ? 0 : interrupted->second;
  display_.say("leadverify: incomplete: of " + std::to_string(status.progress.submitted) +
               " addresses read, " + std::to_string(summary.total - unsettled) +
               " are settled; run again for the others");
}

void BatchRun::report_output_failure(const std::string& output, int fault) {
  output_failed_ = true;
  // The reader of a pipe that has gone has what it wanted.
  if (fault != EPIPE) display_.say("leadverify: cannot write " + output + ": " + error_text(fault));
}

int BatchRun::exit_status(bool complete) const {
  if (output_failed_) return exit_input_output;
  if (lines_.fault()) return lines_.is_misused() ? exit_usage : exit_input_output;
  if (complete) return exit_complete;
  return cause_ == Cause::max_time ? exit_incomplete : exit_by_signal + signal_;
}

}  // namespace leadverify::app
