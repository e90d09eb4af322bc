// Records on their way out: whole lines, gathered and written by a thread of its own.
//
// Whoever has a record hands it over and goes on; whoever brings new work waits here while
// too much is unwritten, so that a slow reader slows the run and fills no memory. A record
// stands in the output at most a fifth of a second after it was handed over, and on the disk,
// where that is wanted, five seconds after that. After a failure everything is dropped.
#pragma once

#include "app/base/watched_output.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace leadverify::app {

class RecordWriter {
 public:
  /// All are called from the writer's thread.
  struct Hooks {
    std::function<void()> on_failure = {};  // once, where the output takes no more
    std::function<void()> before_write = {};
    std::function<void()> after_write = {};
  };

  /// When what was written is to outlast a crash of the machine.
  enum class Durability : std::uint8_t {
    as_the_system_has_it,
    soon,  // within five seconds, and all of it at close()
  };

  /// Writes to `descriptor`, which stays the caller's and open until close().
  RecordWriter(int descriptor,
               Hooks hooks,
               Durability durability = Durability::as_the_system_has_it);
  ~RecordWriter() { close(); }
  RecordWriter(const RecordWriter&) = delete;
  RecordWriter& operator=(const RecordWriter&) = delete;

  /// Takes over `record`, which has no line end. Never waits for the output.
  void write(std::string_view record);

  /// Waits while more than a MiB is unwritten and the output takes it.
  void wait_for_room();

  /// Writes out what is left, and waits for the end of it.
  void close();

  /// For an end without close(): begins no more writes, and waits at most `patience` for
  /// the one under way, so that no record is torn.
  void halt(std::chrono::milliseconds patience);

  /// The same, but first waits at most `patience` for all that was handed over to be written.
  void close_within(std::chrono::milliseconds patience);

  /// Did the output take anything at all?
  bool has_written() const { return output_.written() > 0; }

  /// WatchedOutput::stands_still(), of what is written here.
  bool stands_still() { return output_.stands_still(); }

  /// How many octets were handed over and are not written yet.
  std::size_t unwritten() const;

  /// Why the output takes no more, an errno; absent where it does.
  std::optional<int> failure() const;

 private:
  void run();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  std::optional<int> sync_if_due(bool at_once);
  void drop_torn_record(std::string_view written) const;
  std::optional<int> write_out(const std::string& batch);

  WatchedOutput output_;
  const Hooks hooks_;
  const Durability durability_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;  // for the writer's thread
  std::condition_variable written_;  // for those who wait for it
  std::string pending_;
  std::size_t in_flight_ = 0;  // octets of the batch that is being written
  bool closed_ = false;
  bool halted_ = false;
  bool all_written_ = false;  // and closed
  std::optional<int> failure_;
  // Of the writer's thread: when what was written is to be on the disk; absent: it is.
  std::optional<std::chrono::steady_clock::time_point> sync_due_;
  std::thread thread_;  // the last member: it uses all others
};

}  // namespace leadverify::app
