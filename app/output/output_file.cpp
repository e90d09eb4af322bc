#include "app/output/output_file.hpp"

#include "app/base/usage_error.hpp"
#include "app/output/durable.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
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

Descriptor open_file(const std::string& file, int access) {
  constexpr mode_t mode = 0666;  // as the umask has it
  Descriptor opened(
      ::open(file.c_str(), access | O_CREAT | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, mode));
  if (!opened.is_open()) fail_to_write(file);
  return opened;
}

/// A run that resumes can put a new file in the place of one that was just opened.
bool is_still(const std::string& file, const FileIdentity& identity) {
  struct stat found {};
  return ::lstat(file.c_str(), &found) == 0 &&
         identity == FileIdentity{.device = found.st_dev, .inode = found.st_ino};
}

bool is_empty(const Descriptor& opened) {
  struct stat found {};
  return ::fstat(opened.number(), &found) == 0 && found.st_size == 0;
}

/// A file that was made just now has to last as long as what will be written to it.
void sync_name(const std::string& file) {
  const std::optional<int> fault = sync_folder_of(file);
  if (!fault) return;
  errno = *fault;
  fail_to_write(file);
}

/// Holds other runs off from a file.
void hold(const Descriptor& opened, const std::string& file) {
  if (!regular_file(opened.number()) || lock_file(opened.number())) return;
  throw InputOutputError("cannot write " + file +
                         ": another run of leadverify is writing to it; wait for its end, or "
                         "name another output");
}

/// Opens the file of -o, and holds off other runs from it.
Descriptor open_records(const std::string& file, bool resumes) {
  // Once more is enough, and where a file system gives no file a lasting number, nothing is.
  for (int attempts_left = 3;; --attempts_left) {
    Descriptor opened = open_file(file, resumes ? O_RDWR : O_WRONLY);
    const std::optional<FileIdentity> identity = regular_file(opened.number());
    if (!identity && resumes) {
      throw UsageError("--resume wants a regular file for -o, and " + file + " is none");
    }
    if (!identity) return opened;
    hold(opened, file);
    if (attempts_left > 0 && !is_still(file, *identity)) continue;
    if (is_empty(opened)) sync_name(file);
    return opened;
  }
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

bool lock_file(int descriptor) {
  int returned = 0;
  do {
    returned = ::flock(descriptor, LOCK_EX | LOCK_NB);
  } while (returned != 0 && errno == EINTR);
  return returned == 0 || errno != EWOULDBLOCK;
}

int Outputs::records() const {
  return records_file.is_open() ? records_file.number() : STDOUT_FILENO;
}

Outputs open_outputs(const Settings& settings) {
  const std::vector<FileIdentity> inputs = inputs_of(settings);
  Outputs outputs;
  if (settings.output) {
    outputs.records_file = open_records(*settings.output, settings.resume);
    refuse_input(inputs, outputs.records(), *settings.output);
  } else {
    refuse_input(inputs, outputs.records(), "standard output");
  }
  if (!settings.output || settings.summary_place == SummaryPlace::standard_output) {
    refuse_unwritable_stdout();
  }
  if (settings.summary_place == SummaryPlace::file) {
    outputs.summary_file = open_file(settings.summary_file, O_WRONLY);
    refuse_input(inputs, outputs.summary_file.number(), settings.summary_file);
    if (are_same(outputs.records(), outputs.summary_file.number())) {
      throw UsageError("records and summary can't go to one file: give --summary another");
    }
    hold(outputs.summary_file, settings.summary_file);
  }
  if (settings.trace) {
    outputs.trace_file = open_file(*settings.trace, O_WRONLY);
    const int trace = outputs.trace_file.number();
    refuse_input(inputs, trace, *settings.trace);
    if (are_same(outputs.records(), trace) || are_same(outputs.summary_file.number(), trace)) {
      throw UsageError("the trace needs a file of its own: give --trace another");
    }
    hold(outputs.trace_file, *settings.trace);
  }
  if (outputs.summary_file.is_open()) empty(outputs.summary_file, settings.summary_file);
  if (outputs.trace_file.is_open()) empty(outputs.trace_file, *settings.trace);
  if (settings.output && !settings.resume) empty(outputs.records_file, *settings.output);
  return outputs;
}

void print_all(std::string_view text) {
  std::optional<int> fault = write_all(STDOUT_FILENO, text).fault;
  if (!fault) fault = late_fault(STDOUT_FILENO);
  if (!fault) return;
  if (*fault == EPIPE) throw InputOutputError("");
  throw InputOutputError("cannot write standard output: " + error_text(*fault));
}

}  // namespace leadverify::app
