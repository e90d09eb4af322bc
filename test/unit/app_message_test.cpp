#include "app/base/message.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

TEST_CASE("a message is one line that a terminal can show", "[app][message]") {
  struct Example {
    std::string words;
    std::string line;
  };
  const auto example = GENERATE(values<Example>({
      {"cannot read list.txt", "cannot read list.txt\n"},
      {"", "\n"},
      {"\033]0;pwn\a\033[31m", "\uFFFD]0;pwn\uFFFD\uFFFD[31m\n"},
      {"\xC2\x9B\u202E\u2028\xFF", "\uFFFD\uFFFD\uFFFD\uFFFD\n"},
      {"one\ntwo\tthree", "one two three\n"},
      {"jürgen's \"list\"", "jürgen's \"list\"\n"},
  }));
  CAPTURE(example.words);

  CHECK(message_line(example.words) == example.line);
  // What is safe stays as it is.
  CHECK(message_line(example.line.substr(0, example.line.size() - 1)) == example.line);
}

TEST_CASE("a message has room for two names of files, and its bounds", "[app][message]") {
  const std::string names(8000, 'a');

  CHECK(message_line(names) == names + "\n");
  CHECK(message_line(std::string(1'000'000, 'a')).size() == 8193);
}

}  // namespace
}  // namespace leadverify::app
