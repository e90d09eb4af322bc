// The file of -o as the journal of earlier runs: which records are finished.
//
// A run writes whole lines, each once, and behind the last one alone. So whatever ends it,
// what is left are finished lines and at most one that is torn: the last, without a line end.
#pragma once

#include <leadverify/result.hpp>
#include <leadverify/summary.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

/// What one whole line of a journal is.
struct JournalLine {
  enum class Kind : std::uint8_t {
    record,
    surplus,  // nothing that a file of -o is to hold: a summary
    foreign,  // nothing that a run writes
  };
  Kind kind = Kind::foreign;
  Result record;  // if it is one
};

/// How a format writes its lines down, as far as a journal has to know.
struct JournalFormat {
  JournalLine (*read)(std::string_view line);
  /// Can `rest`, which has no line end, be the beginning of a line?
  bool (*may_be_torn)(std::string_view rest);
};

const JournalFormat& json_journal();

/// Octets of a file, from `begin` up to but not including `end`.
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

class Journal {
 public:
  /// Reads `descriptor`, a regular file, from its first octet on; its offset stays where it is.
  /// `name` is for messages.
  Journal(int descriptor, std::string name, const JournalFormat& format = json_journal());

  /// The next finished record; absent at the end. Its input is as the record shows it. Throws
  /// UsageError at a line that no run has written, and InputOutputError where the file can't
  /// be read.
  std::optional<Result> next();

  /// What holds the finished records met so far: in order, none touches the next.
  const std::vector<Span>& kept() const { return kept_; }

 private:
  std::optional<std::string_view> next_line();
  bool read_more();
  void keep(Span line);
  [[noreturn]] void refuse_line() const;

  int descriptor_;
  std::string name_;
  const JournalFormat& format_;
  std::string buffer_;
  std::size_t at_ = 0;              // in buffer_: where the next line begins
  std::uint64_t buffer_begin_ = 0;  // in the file: where buffer_ does
  std::uint64_t line_number_ = 0;
  Span line_;  // where the last line that was read stands, its end included
  std::vector<Span> kept_;
};

/// Counts the finished records in `file`; absent where that is no journal that can be read.
std::optional<Summary> count_records(const std::string& file);

}  // namespace leadverify::app
