#include "app/record_writer.hpp"

#include "app/descriptor.hpp"

#include <unistd.h>

#include <sys/stat.h>
#include <utility>

namespace leadverify::app {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_hold = 200ms;
constexpr std::size_t batch_size = 64 * 1024;
constexpr std::size_t most_unwritten = 1024 * 1024;

}  // namespace

RecordWriter::RecordWriter(int descriptor, Hooks hooks)
    : descriptor_(descriptor), hooks_(std::move(hooks)), thread_([this] { run(); }) {}

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
  while (true) {
    changed_.wait(lock, [this] { return closed_ || halted_ || !pending_.empty(); });
    const auto due = std::chrono::steady_clock::now() + longest_hold;
    changed_.wait_until(
        lock, due, [this] { return closed_ || halted_ || pending_.size() >= batch_size; });
    if (halted_ || pending_.empty()) return;

    const std::string batch = std::exchange(pending_, {});
    in_flight_ = batch.size();
    lock.unlock();
    const std::optional<int> failure = write_out(batch);
    lock.lock();
    in_flight_ = 0;
    failure_ = failure;
    written_.notify_all();
    if (failure_) break;
  }
  pending_.clear();
  lock.unlock();
  if (hooks_.on_failure) hooks_.on_failure();
}

std::optional<int> RecordWriter::write_out(const std::string& batch) const {
  if (hooks_.before_write) hooks_.before_write();
  const Written written = write_all(descriptor_, batch);
  if (written.fault) drop_torn_record(std::string_view(batch).substr(0, written.octets));
  if (hooks_.after_write) hooks_.after_write();
  return written.fault;
}

/// Where a disk is full in the middle of a record, its beginning is taken back.
void RecordWriter::drop_torn_record(std::string_view written) const {
  const auto torn = static_cast<off_t>(written.size() - (written.rfind('\n') + 1));
  struct stat file {};
  if (torn == 0 || ::fstat(descriptor_, &file) != 0 || !S_ISREG(file.st_mode)) return;
  // Only where nobody else has written behind it.
  const off_t end = ::lseek(descriptor_, 0, SEEK_CUR);
  if (end != file.st_size) return;
  if (::ftruncate(descriptor_, end - torn) == 0) ::lseek(descriptor_, end - torn, SEEK_SET);
}

}  // namespace leadverify::app
