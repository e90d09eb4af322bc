#include "app/batch_run.hpp"

#include <leadverify/json_line.hpp>

#include "app/exit_status.hpp"
#include "app/resume/file_trim.hpp"
#include "app/resume/journal.hpp"

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

// How long a run that is stuck waits for its records, where these are not what is stuck.
constexpr auto last_records = 5s;

// Octets of records that --ordered holds back; beyond it no more is read.
constexpr std::size_t most_held_back = std::size_t{32} << 20;

/// As a message calls the place of the summary.
std::string summary_name(const Settings& settings) {
  switch (settings.summary_place) {
    case SummaryPlace::file: return settings.summary_file;
    case SummaryPlace::standard_error: return "standard error";
    case SummaryPlace::standard_output:
    case SummaryPlace::none:
    case SummaryPlace::by_format: break;
  }
  return "standard output";
}

}  // namespace

BatchRun::BatchRun(const Settings& settings, Outputs& outputs)
    : settings_(settings),
      outputs_(outputs),
      is_resumable_(settings.output && settings.format == RecordFormat::jsonl &&
                    regular_file(outputs.records())),
      stop_event_(make_event()),
      look_(look_of(STDERR_FILENO, settings.colour)),
      display_(STDERR_FILENO, display_style(settings, look_), look_),
      lines_(settings.files, settings.dialect, stop_event_.number()),
      gaps_(settings.files, settings.output.value_or(""), [this] { return lines_.next(); }),
      form_(settings),
      writer_(outputs.records(),
              writer_hooks(),
              settings.output ? RecordWriter::Durability::soon
                              : RecordWriter::Durability::as_the_system_has_it),
      ordered_([this](const WrittenRecord& record) { write(record); }),
      summary_output_(summary_descriptor()),
      verifier_(settings.options, verifier_callbacks()) {}

RecordWriter::Hooks BatchRun::writer_hooks() {
  RecordWriter::Hooks hooks;
  hooks.on_failure = [this] { stop(Cause::output); };
  const bool shares_terminal = ::isatty(outputs_.records()) != 0;
  if (shares_terminal && display_style(settings_, look_) == StatusDisplay::Style::bar) {
    hooks.before_write = [this] { display_.lift(); };
    hooks.after_write = [this] { display_.put_back(); };
  }
  return hooks;
}

Callbacks BatchRun::verifier_callbacks() {
  Callbacks callbacks;
  callbacks.on_result = [this](const Result& result) { take(result); };
  if (display_style(settings_, look_) != StatusDisplay::Style::none) {
    callbacks.on_progress = [this](const Progress& progress) {
      display_.show(status_of(progress));
    };
  }
  if (outputs_.trace_file.is_open()) {
    trace_.emplace(outputs_.trace_file.number());
    callbacks.on_trace = [this](const TraceLine& line) { trace_->write(line); };
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
  callbacks.on_wait_for_end = [this] { end_if_stuck(); };
  return callbacks;
}

int BatchRun::run() {
  const SignalWatch signals(settings_.max_time, signal_callbacks());
  if (take_up()) read_all();
  const bool is_untouched = verifier_.progress().submitted == 0;
  if (lines_.is_misused() && is_untouched) throw UsageError(*lines_.fault());
  verifier_.close();
  const Summary verified = verifier_.wait();
  if (const auto header = form_.header()) writer_.write(*header);
  // Through the writer where it goes behind the records, lest it overtakes them.
  const bool behind_records =
      settings_.summary_place == SummaryPlace::standard_output && !settings_.output;
  if (behind_records) writer_.write(json_line(sum_up(verified)));
  writer_.close();

  close_output();
  const Summary summary = sum_up(verified);
  report_end(summary);
  end_trace();
  write_summary(summary);
  return exit_status(summary.complete);
}

/// Takes up where an earlier run has ended, if that is wanted. False where this run ends first.
bool BatchRun::take_up() {
  if (settings_.resume && !keep_finished()) return false;
  records_ = kept_;
  taken_up_ = true;
  return true;
}

/// Holds what an earlier run has finished against the input, and leaves nothing else in its
/// file; which is not touched unless all fits.
bool BatchRun::keep_finished() {
  Journal journal(outputs_.records(), *settings_.output);
  while (std::optional<Result> record = journal.next()) {
    if (cause_ != Cause::none) return false;
    std::optional<Input> input = gaps_.take(*record);
    if (!input && lines_.finished()) throw gaps_.beyond_input(*record);
    if (!input) return false;
    kept_.count(*record);
    record->input = *std::move(input);
    verifier_.remember(*record);
  }
  trim_file(outputs_.records_file, *settings_.output, journal.kept());
  return true;
}

void BatchRun::read_all() {
  while (std::optional<Input> input = next_input()) {
    writer_.wait_for_room();
    wait_for_order();
    if (!verifier_.submit(std::move(*input))) return;
  }
  all_read_ = lines_.finished();
}

std::optional<Input> BatchRun::next_input() {
  if (std::optional<Input> left = gaps_.take_left()) return left;
  return lines_.next();
}

void BatchRun::take(const Result& result) {
  // What a run did not come to is left out of a file, for the next run to do.
  if (settings_.output && result.reason == Reason::interrupted) return leave_out(result);
  if (const auto header = form_.header(result)) writer_.write(*header);
  if (!settings_.ordered) {
    const std::string line = form_.line(result);
    records_.count(result);
    return writer_.write(line);
  }
  WrittenRecord record = {.text = form_.line(result),
                          .status = result.status,
                          .reason = result.reason,
                          .greylist = result.greylist,
                          .duplicate_of = result.duplicate_of,
                          .provider = result.provider};
  const std::lock_guard lock(order_);
  ordered_.take(result.input.number, std::move(record));
  if (ordered_.octets() <= most_held_back) in_order_.notify_all();
}

/// Where records are ordered, those behind `result` are left out too: the next run can only add
/// behind what is there.
void BatchRun::leave_out(const Result& result) {
  const std::lock_guard lock(order_);
  ordered_.end_before(result.input.number);
  in_order_.notify_all();
}

void BatchRun::write(const WrittenRecord& record) {
  Result counted;
  counted.status = record.status;
  counted.reason = record.reason;
  counted.greylist = record.greylist;
  counted.duplicate_of = record.duplicate_of;
  counted.provider = record.provider;
  records_.count(counted);
  writer_.write(record.text);
}

/// Takes no more in while too many records are held back: those before them are settled
/// whatever comes behind.
void BatchRun::wait_for_order() {
  std::unique_lock lock(order_);
  in_order_.wait(lock, [this] { return ordered_.octets() <= most_held_back; });
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

/// Ends a run that is to end and can't, since nobody takes what it writes.
void BatchRun::end_if_stuck() {
  // Each is looked at each time.
  const bool records = writer_.stands_still();
  const bool messages = display_.stands_still();
  const bool summary = summary_output_.stands_still();
  const bool trace = trace_ && trace_->stands_still();
  if (!records && !messages && !summary && !trace) return;
  writer_.close_within(records ? 0s : last_records);
  ::_exit(early_status());
}

void BatchRun::show_status() {
  display_.answer_if_free(status_of(verifier_.progress()));
}

RunStatus BatchRun::status_of(const Progress& progress) const {
  RunStatus status{.progress = progress,
                   .octets_read = lines_.octets_read(),
                   .octets_in_all = lines_.octets_in_all(),
                   .all_read = all_read_,
                   .elapsed = std::chrono::steady_clock::now() - begin_};
  {
    // What an earlier run has settled says nothing of the speed of this one.
    const std::lock_guard lock(pace_);
    rate_.note(status.elapsed, progress.summary.total);
    status.each_second = rate_.each_second();
  }
  {
    const std::lock_guard lock(order_);
    status.held_back = ordered_.held();
  }
  if (taken_up_) {
    status.progress.submitted += kept_.total;
    status.progress.summary.add(kept_);
  }
  return status;
}

/// The records by our own count, since some results may have been left out; what they cost
/// by the Verifier's.
Summary BatchRun::sum_up(const Summary& verified) const {
  Summary summary = records_;
  summary.complete = verified.complete && lines_.finished() && !output_failed_;
  summary.skipped = lines_.skipped();
  summary.connections = verified.connections;
  summary.recipients_asked = verified.recipients_asked;
  summary.dns_queries = verified.dns_queries;
  summary.mx_cache_hits = verified.mx_cache_hits;
  summary.elapsed = verified.elapsed;
  return summary;
}

void BatchRun::close_output() {
  std::optional<int> failure = writer_.failure();
  if (!outputs_.records_file.close() && !failure) failure = errno;
  if (!settings_.output && !failure) failure = late_fault(STDOUT_FILENO);
  if (failure) report_output_failure(settings_.output.value_or("standard output"), *failure);
  if (failure && !writer_.has_written()) records_ = kept_;
  if (!settings_.output || (!failure && taken_up_)) return;
  // The file itself tells best which records it holds, where some of those handed over were
  // lost, or those of an earlier run were not all read.
  if (const auto found = count_records(*settings_.output)) records_ = *found;
}

void BatchRun::write_summary(const Summary& summary) {
  if (summary_output_.number() < 0) return;
  const std::string line = json_line(summary) + "\n";
  const bool is_in_file = settings_.summary_place == SummaryPlace::file;
  std::optional<int> failure = summary_output_.write(line).fault;
  if (is_in_file && !outputs_.summary_file.close() && !failure) failure = errno;
  if (!is_in_file && !failure) failure = late_fault(summary_output_.number());
  if (failure) report_output_failure(summary_name(settings_), *failure);
}

void BatchRun::report_end(const Summary& summary) {
  RunStatus status = status_of(verifier_.progress());
  status.progress.summary = summary;
  display_.finish(status);
  if (lines_.fault()) display_.say("leadverify: " + *lines_.fault());
  if (summary.complete || settings_.quiet) return;
  if (output_failed_ && !settings_.output) return;
  const auto interrupted = summary.reasons.find(Reason::interrupted);
  const std::uint64_t unsettled = interrupted == summary.reasons.end() ? 0 : interrupted->second;
  const std::uint64_t settled = summary.total - unsettled;
  const std::uint64_t read = taken_up_ ? status.progress.submitted : settled;
  display_.say("leadverify: incomplete: of " + std::to_string(read) + " addresses read, " +
               std::to_string(settled) + " are settled; run again " +
               (is_resumable_ ? "with --resume " : "") + "for the others");
}

void BatchRun::end_trace() {
  if (!trace_) return;
  trace_->close();
  std::optional<int> failure = trace_->failure();
  if (!outputs_.trace_file.close() && !failure) failure = errno;
  if (failure) report_output_failure(*settings_.trace, *failure);
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
  return early_status();
}

/// The status of a run that was ended.
int BatchRun::early_status() const {
  switch (cause_) {
    case Cause::signal: return exit_by_signal + signal_;
    case Cause::output: return exit_input_output;
    case Cause::max_time:
    case Cause::none: break;  // a fault of this program's own
  }
  return exit_incomplete;
}

/// What the summary is written to when all else is done; below 0: nothing, it stands behind the
/// records, or is not wanted.
int BatchRun::summary_descriptor() const {
  switch (settings_.summary_place) {
    case SummaryPlace::standard_output: return settings_.output ? STDOUT_FILENO : -1;
    case SummaryPlace::standard_error: return STDERR_FILENO;
    case SummaryPlace::file: return outputs_.summary_file.number();
    case SummaryPlace::none:
    case SummaryPlace::by_format: break;
  }
  return -1;
}

}  // namespace leadverify::app
