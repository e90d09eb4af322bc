// What a session costs the library, beside what it costs a client made of nothing but system calls.
//
//   session_floor [--sessions 10000] [--at-once 50] [--rounds 5]
//
// Both hold the same sessions with the same server in turn: with one RCPT, and with twenty that are
// pipelined. Printed are the medians of the processor time of each session, the ratio of the
// medians, and what one further RCPT costs.
#include "base/clock.hpp"
#include "bench/arguments.hpp"
#include "bench/child.hpp"
#include "bench/mail_sink.hpp"
#include "bench/raw_client.hpp"
#include "smtp/session.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace leadverify;
using namespace leadverify::bench;

namespace {

double processor_microseconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto microseconds = [](const timeval& time) {
    return double(time.tv_sec) * 1e6 + double(time.tv_usec);
  };
  return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

/// Holds the sessions as the schedule does: each coroutine on a strand of its own.
class LibraryClient {
 public:
  LibraryClient(const std::vector<Endpoint>& places, const SessionLoad& load)
      : places_(places),
        load_(load),
        network_(context_, Reach({*IpNetwork::parse("127.0.0.0/8")})) {
    question_.domain = "example.org";
    for (std::size_t i = 0; i < load.recipients; ++i) {
      question_.recipients.push_back("user" + std::to_string(i) + "@example.org");
    }
    params_.helo_name = "probe.example.net";
  }

  std::size_t run() {
    for (std::size_t i = 0; i < load_.at_once; ++i) {
      const auto strand = asio::make_strand(context_);
      asio::co_spawn(strand, hold_sessions(), [](const std::exception_ptr& fault) {
        if (fault) std::rethrow_exception(fault);
      });
    }
    context_.run();
    return done_;
  }

 private:
  asio::awaitable<void> hold_sessions() {
    while (begun_ < load_.sessions) {
      const Endpoint place = places_[begun_++ % places_.size()];
      Session session(params_, network_.make_transport(), clock_);
      const TimePoint due = clock_.now() + params_.command_timeout;
      const auto failure = co_await session.open(place, std::string(), due);
      if (failure) continue;
      const SessionReport report = co_await session.ask(question_, due);
      co_await session.quit();
      if (!report.failure && report.sent == load_.recipients) ++done_;
    }
  }

  const std::vector<Endpoint>& places_;
  const SessionLoad load_;
  asio::io_context context_{1};
  SteadyClock clock_;
  TcpNetwork network_;
  Session::Params params_;
  Question question_;
  std::size_t begun_ = 0;
  std::size_t done_ = 0;
};

struct Pair {
  double raw = 0;
  double library = 0;
};

double median(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

void complain_unless_complete(const char* client, std::size_t done, const SessionLoad& load) {
  if (done == load.sessions) return;
  std::printf("!! %s: %zu of %zu sessions came to their end\n", client, done, load.sessions);
}

Pair measure(const MailSink& sink, const SessionLoad& load, std::size_t rounds) {
  std::vector<double> raw;
  std::vector<double> library;
  const double sessions = double(load.sessions);
  for (std::size_t round = 0; round < rounds; ++round) {
    const double begun = processor_microseconds();
    complain_unless_complete("raw", run_raw_sessions(sink.places(), load), load);
    const double middle = processor_microseconds();
    complain_unless_complete("library", LibraryClient(sink.places(), load).run(), load);
    raw.push_back((middle - begun) / sessions);
    library.push_back((processor_microseconds() - middle) / sessions);
  }
  return {median(raw), median(library)};
}

void print(const char* what, const Pair& pair) {
  std::printf("%-28s %8.2f %8.2f %7.2f\n", what, pair.raw, pair.library, pair.library / pair.raw);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments(count, words);
  SessionLoad load{.sessions = arguments.number("sessions", 10'000),
                   .at_once = arguments.number("at-once", 50)};
  const std::size_t rounds = arguments.number("rounds", 5);
  arguments.refuse_others();

  const MailSink sink;
  std::printf("%-28s %8s %8s %7s\n", "CPU us", "raw", "library", "ratio");
  load.recipients = 1;
  const Pair one = measure(sink, load, rounds);
  print("session with 1 RCPT", one);
  load.recipients = 20;
  const Pair twenty = measure(sink, load, rounds);
  print("session with 20 RCPTs", twenty);
  print("each further pipelined RCPT",
        {.raw = (twenty.raw - one.raw) / 19, .library = (twenty.library - one.library) / 19});
  return 0;
}
