// What one more open session costs the program in memory.
//
//   open_sessions [--sessions 5000] [--tls 1]
//
// As many domains as sessions are behind one server that never answers a RCPT. The program is run
// with one session and with all of them at once; printed is how much more resident memory each
// further session takes, when all wait for their reply. The socket's buffers are the kernel's and
// not in it. Both this program's server and the client need a descriptor for each session. With
// --tls 1 the sessions are secured.
#include "bench/arguments.hpp"
#include "bench/world_child.hpp"

#include <cstdio>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <thread>

using namespace leadverify::bench;

namespace {

constexpr auto patience = std::chrono::seconds(60);

/// Children inherit it.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void write_files(const Scratch& scratch, std::size_t domains, bool tls) {
  std::ofstream(scratch.path("world")) << "domain d{1-" << domains << "}.test\n  mx 10 mx.test\n"
                                       << "server mx.test 127.3.0.1\n  users *\n"
                                       << "  on rcpt * silent\n"
                                       << (tls ? "  starttls required\n" : "");
  std::ofstream list(scratch.path("list.txt"));
  for (std::size_t i = 1; i <= domains; ++i) list << "user@d" << i << ".test\n";
}

/// The program's resident memory once `sessions` wait for a reply to RCPT; 0 if that never came.
std::size_t measure(const Scratch& scratch, std::size_t sessions) {
  WorldChild world(scratch.path("world"));
  std::vector<std::string> words = {LEADVERIFY_PROGRAM};
  for (const std::string& word : world.options()) words.push_back(word);
  const std::string most = std::to_string(sessions);
  words.insert(words.end(), {"--max-connections", most, "--mx-connections", most});
  words.insert(words.end(), {"--command-timeout", "10m", "--session-timeout", "10m"});
  words.push_back(scratch.path("list.txt"));

  Child program(words, {});
  const auto end = std::chrono::steady_clock::now() + patience;
  while (world.count().rcpt < sessions) {
    if (std::chrono::steady_clock::now() > end) return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  return program.rss();
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments(count, words);
  const std::size_t sessions = arguments.number("sessions", 5'000);
  const bool tls = arguments.number("tls", 0) != 0;
  arguments.refuse_others();
  raise_descriptor_limit();

  const Scratch scratch;
  write_files(scratch, sessions, tls);
  const std::size_t with_one = measure(scratch, 1);
  const std::size_t with_all = measure(scratch, sessions);
  if (with_one == 0 || with_all == 0) {
    std::printf("!! the sessions never opened\n");
    return 1;
  }
  std::printf("RSS %.1f MB with 1 session, %.1f MB with %zu: %.2f KB each\n",
              double(with_one) / 1e6,
              double(with_all) / 1e6,
              sessions,
              (double(with_all) - double(with_one)) / 1e3 / double(sessions - 1));
  return 0;
}
