// The addresses of the input files, one after the other, read as they are wanted.
//
// Never more than a buffer and an item are in memory, however long the files and their lines
// are. A wait for input ends when the run is to stop.
#pragma once

#include <leadverify/result.hpp>

#include "app/input/dialect.hpp"
#include "app/input/item_reader.hpp"
#include "app/input/octet_source.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

class LineSource {
 public:
  /// Reads `files` in their order; "-" is standard input. Once `stop_descriptor` is
  /// readable no more is read; below 0 is none.
  LineSource(std::vector<std::string> files, Dialect dialect, int stop_descriptor);

  /// The next address; absent at the end, which finished() and fault() explain. Its `file`
  /// is set where there are two files or more.
  std::optional<Input> next();

  /// Was everything read?
  bool finished() const { return finished_; }
  /// Why no more can be read, in one sentence; absent where nothing failed.
  const std::optional<std::string>& fault() const { return fault_; }
  /// Is the fault one of how the program was called: a column that the file does not have?
  bool is_misused() const { return is_misused_; }
  /// Lines without an address, so far.
  std::uint64_t skipped() const;

  /// Octets of the items read so far; to be called from any thread.
  std::uint64_t octets_read() const { return octets_read_; }
  /// Octets in all; absent where not every input is a regular file.
  std::optional<std::uint64_t> octets_in_all() const { return octets_in_all_; }

 private:
  std::optional<Input> next_item();
  void check_columns(const Input& input);
  bool open_next();
  std::optional<Input> read_on();
  void close();

  std::vector<std::string> files_;
  Dialect dialect_;
  int stop_descriptor_;
  std::size_t next_file_ = 0;
  std::optional<OctetSource> octets_;                        // of the file that is being read
  std::unique_ptr<ItemReader> reader_;                       // likewise
  std::string_view unread_;                                  // of what octets_ gave last
  std::shared_ptr<const std::vector<std::string>> columns_;  // kept; with Dialect::same_columns
  bool finished_ = false;
  bool stopped_ = false;
  bool is_misused_ = false;
  std::optional<std::string> fault_;
  std::uint64_t skipped_ = 0;        // in the files that were read
  std::uint64_t octets_before_ = 0;  // likewise
  std::atomic<std::uint64_t> octets_read_ = 0;
  std::optional<std::uint64_t> octets_in_all_;
};

}  // namespace leadverify::app
