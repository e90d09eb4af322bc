#include "smtp/trace.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace leadverify {
namespace {

/// The lines as `> EHLO`, `< 250 Ok` and `(connected)`.
struct Notebook {
  std::vector<std::string> lines;
  std::vector<TraceLine> whole;
  TraceSink sink{[this](const TraceLine& line) {
    whole.push_back(line);
    switch (line.kind) {
      case TraceLine::Kind::sent: lines.push_back("> " + line.text); break;
      case TraceLine::Kind::received: lines.push_back("< " + line.text); break;
      case TraceLine::Kind::note: lines.push_back("(" + line.text + ")"); break;
    }
  }};
  SessionTrace trace{sink, "mx.example.org", "192.0.2.1"};
};

TEST_CASE("a trace tells who said what, line by line", "[smtp][trace]") {
  Notebook book;
  book.trace.note("connected");
  book.trace.received("220-mx.example.org\r\n22");
  book.trace.received("0 ready\r\n");
  book.trace.sent("MAIL FROM:<>\r\nRCPT TO:<ada@example.org>\r\n");
  book.trace.received("250 Ok\n");

  CHECK(book.lines == std::vector<std::string>{"(connected)",
                                               "< 220-mx.example.org",
                                               "< 220 ready",
                                               "> MAIL FROM:<>",
                                               "> RCPT TO:<ada@example.org>",
                                               "< 250 Ok"});
  CHECK(book.whole[0].session == 1);
  CHECK(book.whole[0].mx == "mx.example.org");
  CHECK(book.whole[0].mx_ip == "192.0.2.1");
  SessionTrace(book.sink, "", "").sent("QUIT\r\n");
  CHECK(book.whole.back().session == 2);
}

TEST_CASE("a line that never ended is told when something else happens", "[smtp][trace]") {
  Notebook book;
  book.trace.received("250 half");
  book.trace.sent("QUIT\r\n");
  book.trace.received("2");
  book.trace.note("closed");

  CHECK(book.lines == std::vector<std::string>{"< 250 half", "> QUIT", "< 2", "(closed)"});
}

TEST_CASE("a long line is cut to 512 octets, and a long session to 5,000 lines", "[smtp][trace]") {
  Notebook book;
  for (int i = 0; i < 100; ++i) book.trace.received(std::string(100, 'x'));
  book.trace.received("\r\n");
  CHECK(book.lines == std::vector<std::string>{"< " + std::string(512, 'x')});

  for (int i = 0; i < 10'000; ++i) book.trace.received("x\n");
  CHECK(book.lines.size() == 5'000);
  CHECK(book.lines.back() == "(further lines of this session are left out)");
}

}  // namespace
}  // namespace leadverify
