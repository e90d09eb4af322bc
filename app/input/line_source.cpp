#include "app/input/line_source.hpp"

#include "app/base/usage_error.hpp"

namespace leadverify::app {

LineSource::LineSource(std::vector<std::string> files, Dialect dialect, int stop_descriptor)
    : files_(std::move(files)),
      dialect_(std::move(dialect)),
      stop_descriptor_(stop_descriptor),
      octets_in_all_(octets_in(files_)) {}

std::optional<Input> LineSource::next() {
  std::optional<Input> input;
  try {
    input = next_item();
    if (input && dialect_.same_columns) check_columns(*input);
  } catch (const UsageError& error) {
    fault_ = error.what();
    is_misused_ = true;
    return std::nullopt;
  }
  if (!input) return std::nullopt;
  if (files_.size() > 1) input->file = files_[next_file_ - 1];
  if (dialect_.keep.any() && !input->row) input->row = Row{};
  return input;
}

/// Throws UsageError where the columns of `input` are not those of the files before.
void LineSource::check_columns(const Input& input) {
  if (!input.row || input.row->names == columns_) return;
  if (columns_ && *columns_ != *input.row->names) {
    throw UsageError("--keep all: " + shown_file(files_[next_file_ - 1]) +
                     " has other columns than the files before it, which CSV has no place for: "
                     "name those that all have");
  }
  columns_ = input.row->names;
}

std::uint64_t LineSource::skipped() const {
  return skipped_ + (reader_ ? reader_->skipped() : 0);
}

std::optional<Input> LineSource::next_item() {
  while (!fault_ && !finished_ && !stopped_) {
    if (!octets_ && !open_next()) break;
    if (std::optional<Input> item = read_on()) return item;
  }
  return std::nullopt;
}

bool LineSource::open_next() {
  if (next_file_ == files_.size()) {
    finished_ = true;
    return false;
  }
  const std::string& file = files_[next_file_++];
  reader_ = make_item_reader(file, dialect_);
  octets_.emplace(file, stop_descriptor_);
  unread_ = {};
  return true;
}

/// One step: what is held is read for an item, or more octets are had, or the file is closed.
std::optional<Input> LineSource::read_on() {
  if (unread_.empty()) unread_ = octets_->next();
  std::optional<Input> item;
  if (!unread_.empty()) {
    item = reader_->next(unread_);
  } else if (octets_->ended()) {
    item = reader_->last();
    if (!item) close();
  } else {
    fault_ = octets_->fault();
    stopped_ = !fault_;
  }
  if (octets_) octets_read_ = octets_before_ + octets_->octets_read() - unread_.size();
  return item;
}

void LineSource::close() {
  skipped_ += reader_->skipped();
  octets_before_ += octets_->octets_read();
  octets_read_ = octets_before_;
  reader_.reset();
  octets_.reset();
}

}  // namespace leadverify::app
