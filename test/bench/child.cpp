#include "bench/child.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>

namespace leadverify::bench {
namespace {

constexpr int exec_failed = 127;

Seconds seconds(const timeval& time) {
  return Seconds(double(time.tv_sec) + double(time.tv_usec) * 1e-6);
}

[[noreturn]] void become(std::vector<std::string>& words, Child::Streams streams) {
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(streams.input < 0 ? nothing : streams.input, STDIN_FILENO);
  ::dup2(streams.output < 0 ? nothing : streams.output, STDOUT_FILENO);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execv(pointers.front(), pointers.data());
  ::_exit(exec_failed);
}

}  // namespace

Child::Child(std::vector<std::string> words, Streams streams)
    : begun_(std::chrono::steady_clock::now()) {
  pid_ = ::fork();
  if (pid_ == 0) become(words, streams);
  if (pid_ < 0) throw std::runtime_error("cannot start " + words.front());
}

Child::~Child() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Child::send(int signal) const {
  if (pid_ > 0) ::kill(pid_, signal);
}

std::size_t Child::rss() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

Cost Child::wait() {
  int waited = 0;
  rusage usage{};
  ::wait4(pid_, &waited, 0, &usage);
  pid_ = -1;
  return {.exit_status = WIFSIGNALED(waited) ? -WTERMSIG(waited) : WEXITSTATUS(waited),
          .wall = std::chrono::steady_clock::now() - begun_,
          .processor = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .peak_rss = static_cast<std::size_t>(usage.ru_maxrss) * 1024};
}

Pipe::Pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  read_end = ends[0];
  write_end = ends[1];
}

Pipe::~Pipe() {
  ::close(read_end);
  close_write_end();
}

void Pipe::close_write_end() {
  if (write_end >= 0) ::close(write_end);
  write_end = -1;
}

std::string read_line(int descriptor) {
  std::string line;
  char octet = 0;
  while (::read(descriptor, &octet, 1) == 1 && octet != '\n') line += octet;
  return line;
}

Scratch::Scratch() {
  folder_ = (std::filesystem::temp_directory_path() / "leadverify-bench-XXXXXX").string();
  if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace leadverify::bench
