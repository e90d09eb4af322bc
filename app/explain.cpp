#include "app/explain.hpp"

#include <leadverify/reply_reading.hpp>

#include "app/descriptor.hpp"
#include "app/exit_status.hpp"
#include "app/output_file.hpp"
#include "app/text_line.hpp"
#include "app/usage_error.hpp"

#include <unistd.h>

#include <cerrno>

namespace leadverify::app {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

// A reply of RFC 5321's hundred lines of 512 octets fits in JSON ten times over.
constexpr std::size_t longest_line = 512 * 1024;

/// The answer to one line, with its end; absent where the line is no such object.
std::optional<std::string> answer(const Line& line) {
  if (line.text.empty()) return "";
  std::optional<std::string> explained;
  if (!line.cut) explained = explain_json(line.text);
  if (explained) *explained += '\n';
  return explained;
}

void complain(const Line& line) {
  static_cast<void>(
      write_all(STDERR_FILENO,
                "leadverify: --explain: line " + std::to_string(line.number) +
                    " is no JSON object with a \"code\" of 200 to 599 and a \"text\"\n"));
}

class Explanation {
 public:
  int run() {
    LineCutter cutter(longest_line);
    std::string buffer(buffer_size, '\0');
    while (true) {
      const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw InputOutputError("cannot read standard input: " + error_text(errno));
      if (count == 0) break;
      std::string_view octets(buffer.data(), static_cast<std::size_t>(count));
      while (const std::optional<Line> line = cutter.next(octets)) take(*line);
      print();
    }
    if (const std::optional<Line> line = cutter.last()) take(*line);
    print();
    return status_;
  }

 private:
  void take(const Line& line) {
    if (const std::optional<std::string> text = answer(line)) {
      answers_ += *text;
      return;
    }
    complain(line);
    status_ = exit_input_output;
  }

  void print() {
    print_all(answers_);
    answers_.clear();
  }

  std::string answers_;
  int status_ = exit_complete;
};

}  // namespace

int explain(const std::string& reply) {
  if (reply == "-") return Explanation().run();
  const std::optional<std::string> explained = explain_reply(reply);
  if (!explained) {
    throw UsageError("--explain wants a reply such as '550 5.1.1 No such user', not '" + reply +
                     "'");
  }
  print_all(*explained + "\n");
  return exit_complete;
}

}  // namespace leadverify::app
