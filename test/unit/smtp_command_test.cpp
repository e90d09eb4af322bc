#include "smtp/command.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

TEST_CASE("each command is one line that ends with CRLF", "[smtp][command]") {
  struct Example {
    Verb verb;
    std::string argument;
    std::string line;
  };
  const auto example = GENERATE(values<Example>({
      {Verb::ehlo, "probe.example.net", "EHLO probe.example.net\r\n"},
      {Verb::ehlo, "[IPv6:2001:db8::1]", "EHLO [IPv6:2001:db8::1]\r\n"},
      {Verb::helo, "probe.example.net", "HELO probe.example.net\r\n"},
      {Verb::mail, "<>", "MAIL FROM:<>\r\n"},
      {Verb::mail, "<ada@example.net> SMTPUTF8", "MAIL FROM:<ada@example.net> SMTPUTF8\r\n"},
      {Verb::rcpt, "<ada@example.org>", "RCPT TO:<ada@example.org>\r\n"},
      {Verb::rcpt, "<\"a b\"@example.org>", "RCPT TO:<\"a b\"@example.org>\r\n"},
      {Verb::rcpt, "<j\xC3\xB6rg@example.org>", "RCPT TO:<j\xC3\xB6rg@example.org>\r\n"},
      {Verb::rset, "", "RSET\r\n"},
      {Verb::noop, "", "NOOP\r\n"},
      {Verb::quit, "", "QUIT\r\n"},
  }));

  CHECK(write_command(example.verb, example.argument) == example.line);
}

TEST_CASE("an argument with a control character or half a character in it is never sent",
          "[smtp][command]") {
  const auto verb = GENERATE(Verb::ehlo, Verb::helo, Verb::mail, Verb::rcpt);
  for (int octet = 0; octet < 256; ++octet) {
    CAPTURE(octet);
    const bool control = octet < 0x20 || octet >= 0x7F;
    const std::string inside = std::string("<a") + static_cast<char>(octet) + "b@example.org>";
    const std::string at_the_end = "<a@example.org>" + std::string(1, static_cast<char>(octet));

    CHECK(write_command(verb, inside).has_value() == !control);
    CHECK(write_command(verb, at_the_end).has_value() == !control);
  }
}

TEST_CASE("no command hides behind another", "[smtp][command]") {
  const auto trick = GENERATE(values<std::string>({
      "<a@example.org>\r\nDATA",
      "<a@example.org>\nDATA",
      "<a@example.org>\rDATA",
      "<\"a\r\nDATA\r\n\"@example.org>",
      "<a\u0085DATA@example.org>",
      "<a\xE0\x80\x8A"
      "DATA@example.org>",
  }));

  CHECK_FALSE(write_command(Verb::rcpt, trick));
}

TEST_CASE("a command line has at most 512 octets with its CRLF", "[smtp][command]") {
  const auto verb = GENERATE(Verb::ehlo, Verb::helo, Verb::mail, Verb::rcpt);
  const std::size_t frame = write_command(verb, "")->size();

  const auto longest = write_command(verb, std::string(512 - frame, 'x'));
  REQUIRE(longest);
  CHECK(longest->size() == 512);
  CHECK_FALSE(write_command(verb, std::string(513 - frame, 'x')));
  CHECK_FALSE(write_command(verb, std::string(1'000'000, 'x')));
}

}  // namespace
}  // namespace leadverify
