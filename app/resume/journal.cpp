#include "app/resume/journal.hpp"

#include <leadverify/record_reading.hpp>

#include "app/base/descriptor.hpp"
#include "app/base/usage_error.hpp"
#include "app/output/output_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <stdexcept>

namespace leadverify::app {
namespace {

constexpr std::size_t piece = 256 * 1024;

// Far longer than any record; what is longer is some other file.
constexpr std::size_t longest_line = 1024 * 1024;

JournalLine read_json(std::string_view line) {
  if (std::optional<Result> result = read_result(line)) {
    return {.kind = JournalLine::Kind::record, .record = *std::move(result)};
  }
  if (is_summary(line)) return {.kind = JournalLine::Kind::surplus, .record = {}};
  return {};
}

bool may_be_torn_json(std::string_view rest) {
  constexpr std::array<std::string_view, 2> beginnings = {R"({"type":"result",)",
                                                          R"({"type":"summary",)"};
  return std::ranges::any_of(beginnings, [&](std::string_view beginning) {
    const std::size_t common = std::min(beginning.size(), rest.size());
    return beginning.substr(0, common) == rest.substr(0, common);
  });
}

/// After a crash of the machine a file can end with octets that never reached the disk.
bool is_never_written(std::string_view rest) {
  return std::ranges::all_of(rest, [](char octet) { return octet == '\0'; });
}

}  // namespace

const JournalFormat& json_journal() {
  static constexpr JournalFormat format = {.read = read_json, .may_be_torn = may_be_torn_json};
  return format;
}

Journal::Journal(int descriptor, std::string name, const JournalFormat& format)
    : descriptor_(descriptor), name_(std::move(name)), format_(format) {}

std::optional<Result> Journal::next() {
  while (const std::optional<std::string_view> text = next_line()) {
    JournalLine line = format_.read(*text);
    if (line.kind == JournalLine::Kind::foreign) refuse_line();
    // What a run did not come to is for the next one to do. Files of -o hold no such record;
    // what was written to standard output, and redirected, does.
    const bool is_finished =
        line.kind == JournalLine::Kind::record && line.record.reason != Reason::interrupted;
    if (!is_finished) continue;
    keep(line_);
    return std::move(line.record);
  }
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  if (!is_never_written(rest) && !format_.may_be_torn(rest)) refuse_line();
  return std::nullopt;
}

/// The next line that has an end, without it; absent where none has.
std::optional<std::string_view> Journal::next_line() {
  ++line_number_;
  std::size_t searched = at_;
  std::size_t end = buffer_.find('\n', searched);
  while (end == std::string::npos) {
    searched = buffer_.size() - at_;
    if (!read_more()) return std::nullopt;
    end = buffer_.find('\n', searched);
  }
  const std::string_view line = std::string_view(buffer_).substr(at_, end - at_);
  line_ = {.begin = buffer_begin_ + at_, .end = buffer_begin_ + end + 1};
  at_ = end + 1;
  return line;
}

/// Moves the line that has begun to the front of the buffer, and reads what comes behind it;
/// false at the end of the file.
bool Journal::read_more() {
  buffer_.erase(0, at_);
  buffer_begin_ += at_;
  at_ = 0;
  if (buffer_.size() > longest_line) refuse_line();
  const std::size_t held = buffer_.size();
  buffer_.resize(held + piece);
  ssize_t count = 0;
  do {
    count = ::pread(
        descriptor_, buffer_.data() + held, piece, static_cast<off_t>(buffer_begin_ + held));
  } while (count < 0 && errno == EINTR);
  buffer_.resize(held + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count < 0) throw InputOutputError("cannot read " + name_ + ": " + error_text(errno));
  return count > 0;
}

void Journal::keep(Span line) {
  if (!kept_.empty() && kept_.back().end == line.begin) {
    kept_.back().end = line.end;
  } else {
    kept_.push_back(line);
  }
}

void Journal::refuse_line() const {
  std::string words = "cannot resume " + name_ + ": its line " + std::to_string(line_number_) +
                      " is no record of leadverify; name another output";
  if (line_number_ > 1) {
    words += ", or keep the lines before it alone: head -n " + std::to_string(line_number_ - 1);
  }
  throw UsageError(words);
}

std::optional<Summary> count_records(const std::string& file) {
  const Descriptor opened(
      ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!regular_file(opened.number())) return std::nullopt;
  Summary found;
  try {
    Journal journal(opened.number(), file);
    while (const std::optional<Result> record = journal.next()) found.count(*record);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
  return found;
}

}  // namespace leadverify::app
