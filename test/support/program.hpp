// The built program, started as a shell starts it, and watched.
//
// Every wait has a deadline of 20 seconds, after which the program is killed: a test then
// fails and never hangs.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace leadverify {

/// How the program is called. A stream is a pipe to the test unless it is set.
struct Call {
  std::vector<std::string> arguments = {};
  std::optional<int> standard_input = {};   // a descriptor of the test's to hand on,
  std::optional<int> standard_output = {};  // or closed_stream
  std::optional<int> standard_error = {};
  std::vector<std::pair<std::string, std::string>> environment = {};  // set beside the test's own
  std::optional<std::size_t> largest_file = {};  // octets that a file may grow to
  std::vector<std::string> under = {};           // a program that starts it, and its arguments
};

inline constexpr int closed_stream = -1;

/// What the program left behind.
struct Outcome {
  int exit_status = 0;   // of a program that was ended by a signal: minus its number
  std::string output;    // on standard output
  std::string messages;  // on standard error
};

class Program {
 public:
  explicit Program(const Call& call);
  /// Kills it, if it still runs.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Writes to its standard input, while what it says is taken in.
  void write(std::string_view text);
  void close_input();
  /// Closes the test's end of its standard output.
  void close_output();
  void send(int signal);

  /// Waits until it has said `text` on standard output (or error); false after the deadline,
  /// or once it can't come any more. The other stream is not emptied meanwhile.
  bool wait_for_output(std::string_view text) { return wait_for(output_, text); }
  bool wait_for_message(std::string_view text) { return wait_for(messages_, text); }

  /// Waits for its end without emptying its streams; its exit status.
  int wait();
  /// The same, for at most `patience`; absent where it still runs.
  std::optional<int> wait_for_end(std::chrono::milliseconds patience);

  /// Ends its input, takes in what it says and waits for its end.
  Outcome finish();

 private:
  struct Stream {
    int descriptor = -1;
    std::string text = {};
  };

  bool wait_for(Stream& stream, std::string_view text);
  void take_in(int writable, std::chrono::milliseconds patience);
  static void read_some(Stream& stream);
  static void close(int& descriptor);
  [[noreturn]] static void become_program(const Call& call, int input, int output, int messages);

  pid_t pid_ = -1;
  int input_ = -1;
  Stream output_;
  Stream messages_;
};

/// Calls the program, gives it `input` and waits for its end.
Outcome run_program(const Call& call, std::string_view input = {});

}  // namespace leadverify
