#include "app/output_file.hpp"

#include "app/usage_error.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <vector>

namespace leadverify::app {
namespace {

std::vector<FileIdentity> inputs_of(const Settings& settings) {
  std::vector<FileIdentity> inputs;
  const auto add = [&](int descriptor) {
    if (const auto identity = regular_file(descriptor)) inputs.push_back(*identity);
  };
  if (settings.files.empty()) add(STDIN_FILENO);
  for (const std::string& file : settings.files) {
    if (file == "-") {
      add(STDIN_FILENO);
      continue;
    }
    // Opened for its identity alone: a FIFO is neither waited for nor disturbed.
    const Descriptor opened(::open(file.c_str(), O_PATH | O_CLOEXEC));
    add(opened.number());
  }
  return inputs;
}

[[noreturn]] void fail_to_write(const std::string& file) {
  if (errno == ELOOP) {
    throw UsageError("the output " + file + " is a symbolic link: name the file itself");
  }
  throw InputOutputError("cannot write " + file + ": " + error_text(errno));
}

Descriptor open_file(const std::string& file) {
  constexpr mode_t mode = 0666;  // as the umask has it
  Descriptor opened(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, mode));
  if (!opened.is_open()) fail_to_write(file);
  return opened;
}

void refuse_input(const std::vector<FileIdentity>& inputs,
                  int descriptor,
                  const std::string& name) {
  const std::optional<FileIdentity> identity = regular_file(descriptor);
  if (!identity || std::ranges::find(inputs, *identity) == inputs.end()) return;
  throw UsageError("the output " + name + " is an input file too: name another");
}

bool are_same(int descriptor, int other) {
  const auto identity = regular_file(descriptor);
  return identity && identity == regular_file(other);
}

void refuse_unwritable_stdout() {
  const int flags = ::fcntl(STDOUT_FILENO, F_GETFL);
  if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) return;
  errno = EBADF;
  fail_to_write("standard output");
}

void empty(const Descriptor& opened, const std::string& file) {
  if (regular_file(opened.number()) && ::ftruncate(opened.number(), 0) != 0) fail_to_write(file);
}

}  // namespace

int Outputs::records() const {
  return records_file.is_open() ? records_file.number() : STDOUT_FILENO;
}

Outputs open_outputs(const Settings& settings) {
  const std::vector<FileIdentity> inputs = inputs_of(settings);
  Outputs outputs;
  if (settings.output) {
    outputs.records_file = open_file(*settings.output);
    refuse_input(inputs, outputs.records(), *settings.output);
  } else {
    refuse_unwritable_stdout();
    refuse_input(inputs, outputs.records(), "standard output");
  }
  if (settings.summary_place == SummaryPlace::file) {
    outputs.summary_file = open_file(settings.summary_file);
    refuse_input(inputs, outputs.summary_file.number(), settings.summary_file);
    if (are_same(outputs.records(), outputs.summary_file.number())) {
      throw UsageError("records and summary can't go to one file: give --summary another");
    }
  }
  if (settings.trace) {
    outputs.trace_file = open_file(*settings.trace);
    const int trace = outputs.trace_file.number();
    refuse_input(inputs, trace, *settings.trace);
    if (are_same(outputs.records(), trace) || are_same(outputs.summary_file.number(), trace)) {
      throw UsageError("the trace needs a file of its own: give --trace another");
    }
  }
  if (outputs.summary_file.is_open()) empty(outputs.summary_file, settings.summary_file);
  if (outputs.trace_file.is_open()) empty(outputs.trace_file, *settings.trace);
  if (settings.output) empty(outputs.records_file, *settings.output);
  return outputs;
}

void print_all(std::string_view text) {
  const Written written = write_all(STDOUT_FILENO, text);
  if (!written.fault) return;
  if (*written.fault == EPIPE) throw InputOutputError("");
  throw InputOutputError("cannot write standard output: " + error_text(*written.fault));
}

}  // namespace leadverify::app
