#include "app/explain.hpp"

#include <leadverify/reply_reading.hpp>

#include "app/base/descriptor.hpp"
#include "app/base/message.hpp"
#include "app/base/usage_error.hpp"
#include "app/exit_status.hpp"
#include "app/input/octet_source.hpp"
#include "app/input/text_line.hpp"
#include "app/output/output_file.hpp"

#include <unistd.h>

namespace leadverify::app {
namespace {

// A reply of RFC 5321's hundred lines of 512 octets fits in JSON ten times over.
constexpr std::size_t longest_line = 512 * 1024;

constexpr int never = -1;  // no event stops it

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
                message_line("leadverify: --explain: line " + std::to_string(line.number) +
                             " is no JSON object with a \"code\" of 200 to 599 and a \"text\"")));
}

class Explanation {
 public:
  int run() {
    OctetSource source("-", never);
    LineCutter cutter(longest_line);
    for (auto octets = source.next(); !octets.empty(); octets = source.next()) {
      while (const std::optional<Line> line = cutter.next(octets)) take(*line);
      print();
    }
    if (source.fault()) throw InputOutputError(*source.fault());
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
