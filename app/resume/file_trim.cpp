#include "app/resume/file_trim.hpp"

#include "app/output/durable.hpp"
#include "app/output/output_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>

namespace leadverify::app {
namespace {

[[noreturn]] void fail(const std::string& file, int fault) {
  throw InputOutputError("cannot write " + file + ": " + error_text(fault));
}

void require(bool is_done, const std::string& file) {
  if (!is_done) fail(file, errno);
}

void sync(int descriptor, const std::string& file) {
  if (const std::optional<int> fault = sync_file(descriptor)) fail(file, *fault);
}

void cut_end(int descriptor, const std::string& file, std::uint64_t end) {
  struct stat found {};
  require(::fstat(descriptor, &found) == 0, file);
  if (static_cast<std::uint64_t>(found.st_size) != end) {
    require(::ftruncate(descriptor, static_cast<off_t>(end)) == 0, file);
    sync(descriptor, file);
  }
  require(::lseek(descriptor, static_cast<off_t>(end), SEEK_SET) >= 0, file);
}

void copy(int from, int to, Span span, const std::string& file) {
  std::string buffer;
  while (span.begin < span.end) {
    buffer.resize(std::min<std::uint64_t>(span.end - span.begin, 1024 * 1024));
    const ssize_t count =
        ::pread(from, buffer.data(), buffer.size(), static_cast<off_t>(span.begin));
    if (count < 0 && errno == EINTR) continue;
    require(count > 0, file);
    buffer.resize(static_cast<std::size_t>(count));
    if (const auto fault = write_all(to, buffer).fault) fail(file, *fault);
    span.begin += buffer.size();
  }
}

/// A new file beside another one, removed again unless it was put in its place.
class Replacement {
 public:
  explicit Replacement(const std::string& file) : name_(file + ".XXXXXX") {
    opened_ = Descriptor(::mkostemp(name_.data(), O_CLOEXEC));
    require(opened_.is_open(), name_);
  }
  ~Replacement() {
    if (!is_in_place_) ::unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  int number() const { return opened_.number(); }
  const std::string& name() const { return name_; }

  void put_in_place_of(const std::string& file) {
    require(::rename(name_.c_str(), file.c_str()) == 0, file);
    is_in_place_ = true;
  }

 private:
  std::string name_;
  Descriptor opened_;
  bool is_in_place_ = false;
};

void write_anew(const Descriptor& opened, const std::string& file, const std::vector<Span>& kept) {
  struct stat found {};
  require(::fstat(opened.number(), &found) == 0, file);
  Replacement replacement(file);
  for (const Span& span : kept) copy(opened.number(), replacement.number(), span, file);
  require(::fchmod(replacement.number(), found.st_mode & 07777) == 0, replacement.name());
  // Only root gives files away: to anybody else it is their own already, and stays so.
  const int given = ::fchown(replacement.number(), found.st_uid, found.st_gid);
  static_cast<void>(given);
  sync(replacement.number(), replacement.name());
  require(lock_file(replacement.number()), replacement.name());
  replacement.put_in_place_of(file);
  if (const std::optional<int> fault = sync_folder_of(file)) fail(file, *fault);
  require(::dup3(replacement.number(), opened.number(), O_CLOEXEC) >= 0, file);
}

}  // namespace

void trim_file(const Descriptor& opened, const std::string& file, const std::vector<Span>& kept) {
  if (kept.empty()) return cut_end(opened.number(), file, 0);
  if (kept.size() == 1 && kept.front().begin == 0) {
    return cut_end(opened.number(), file, kept.front().end);
  }
  write_anew(opened, file, kept);
}

}  // namespace leadverify::app
