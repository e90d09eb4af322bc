#include "app/output/record_writer.hpp"

#include "app/base/descriptor.hpp"
#include "app/output/durable.hpp"

#include <unistd.h>

#include <sys/stat.h>
#include <utility>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_hold = 200ms;
constexpr auto longest_unsynced = 5s;
constexpr std::size_t batch_size = 64 * 1024;
constexpr std::size_t most_unwritten = 1024 * 1024;

}  // namespace

RecordWriter::RecordWriter(int descriptor, Hooks hooks, Durability durability)
    : output_(descriptor),
      hooks_(std::move(hooks)),
      durability_(durability),
      thread_([this] { run(); }) {}

void RecordWriter::write(std::string_view record) {
  const std::lock_guard lock(mutex_);
  if (failure_ || halted_) return;
  const std::size_t before = pending_.size();
  pending_ += record;
  pending_ += '\n';
  if (before == 0 || (before < batch_size && pending_.size() >= batch_size)) changed_.notify_one();
}

void RecordWriter::wait_for_room() {
  std::unique_lock lock(mutex_);
  written_.wait(lock,
                [this] { return failure_ || pending_.size() + in_flight_ <= most_unwritten; });
}

void RecordWriter::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void RecordWriter::halt(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  halted_ = true;
  changed_.notify_one();
  written_.wait_for(lock, patience, [this] { return in_flight_ == 0; });
}

void RecordWriter::close_within(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  closed_ = true;
  changed_.notify_one();
  written_.wait_for(lock, patience, [this] { return failure_ || all_written_; });
  halted_ = true;
}

std::size_t RecordWriter::unwritten() const {
  const std::lock_guard lock(mutex_);
  return pending_.size() + in_flight_;
}

std::optional<int> RecordWriter::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void RecordWriter::run() {
  std::unique_lock lock(mutex_);
  while (!failure_) {
    wait_for_work(lock);
    if (halted_) return;
    const bool is_last = closed_;
    const std::string batch = std::exchange(pending_, {});
    in_flight_ = batch.size();
    lock.unlock();
    std::optional<int> failure = write_out(batch);
    const std::optional<int> unsynced = sync_if_due(is_last || failure);
    if (!failure) failure = unsynced;
    lock.lock();
    in_flight_ = 0;
    failure_ = failure;
    all_written_ = is_last && !failure;
    written_.notify_all();
    if (all_written_) return;
  }
  pending_.clear();
  lock.unlock();
  if (hooks_.on_failure) hooks_.on_failure();
}

/// Until there is a batch to write, or what was written is to be synced, or it all ends.
void RecordWriter::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto is_any = [this] { return closed_ || halted_ || !pending_.empty(); };
  if (sync_due_ && !changed_.wait_until(lock, *sync_due_, is_any)) return;
  changed_.wait(lock, is_any);
  const auto due = std::chrono::steady_clock::now() + longest_hold;
  changed_.wait_until(
      lock, due, [this] { return closed_ || halted_ || pending_.size() >= batch_size; });
}

std::optional<int> RecordWriter::sync_if_due(bool at_once) {
  if (!sync_due_) return std::nullopt;
  if (!at_once && std::chrono::steady_clock::now() < *sync_due_) return std::nullopt;
  sync_due_.reset();
  return sync_file(output_.number());
}

std::optional<int> RecordWriter::write_out(const std::string& batch) {
  if (batch.empty()) return std::nullopt;
  if (durability_ == Durability::soon && !sync_due_) {
    sync_due_ = std::chrono::steady_clock::now() + longest_unsynced;
  }
  if (hooks_.before_write) hooks_.before_write();
  const Written written = output_.write(batch);
  if (written.fault) drop_torn_record(std::string_view(batch).substr(0, written.octets));
  if (hooks_.after_write) hooks_.after_write();
  return written.fault;
}

/// Where a disk is full in the middle of a record, its beginning is taken back.
void RecordWriter::drop_torn_record(std::string_view written) const {
  const auto torn = static_cast<off_t>(written.size() - (written.rfind('\n') + 1));
  const int file_number = output_.number();
  struct stat file {};
  if (torn == 0 || ::fstat(file_number, &file) != 0 || !S_ISREG(file.st_mode)) return;
  // Only where nobody else has written behind it.
  const off_t end = ::lseek(file_number, 0, SEEK_CUR);
  if (end != file.st_size) return;
  if (::ftruncate(file_number, end - torn) == 0) ::lseek(file_number, end - torn, SEEK_SET);
}

}  // namespace leadverify::app
