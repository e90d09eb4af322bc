// Where records and summary are written: opened before the run, so that a mistake costs no
// question to anybody.
#pragma once

#include "app/base/descriptor.hpp"
#include "app/settings/settings.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace leadverify::app {

/// An output that can't be written, or an input that can't be read; exit status 3.
class InputOutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Outputs {
  Descriptor records_file;  // open with -o alone
  Descriptor summary_file;  // open with --summary FILE alone
  Descriptor trace_file;    // open with --trace alone

  /// What the records are written to.
  int records() const;
};

/// Keeps `descriptor` for this run alone; false where another run has it. True also where the
/// file system knows no locks.
bool lock_file(int descriptor);

/// Opens and empties the files that `settings` names; where the run resumes, what the file of
/// the records holds stays. Throws UsageError where one is an input file, a symbolic link, or
/// named twice, and InputOutputError where it can't be written, or another run is writing to
/// it; then no file was changed, though one may have been made.
Outputs open_outputs(const Settings& settings);

/// Writes `text` to standard output. Throws InputOutputError where that can't be written;
/// without words where its reader has gone, since nobody is left who misses it.
void print_all(std::string_view text);

}  // namespace leadverify::app
