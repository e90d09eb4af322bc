#include "smtp/reply.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

namespace leadverify {
namespace {

/// All that a reader makes of a stream.
struct Heard {
  std::vector<Reply> replies;
  std::optional<ReplyFault> fault;
  bool rest = false;
};

void take_replies(ReplyReader& reader, Heard& heard) {
  while (auto reply = reader.next()) heard.replies.push_back(*std::move(reply));
  heard.fault = reader.fault();
  heard.rest = reader.has_rest();
}

Heard hear(const std::vector<std::string>& segments) {
  ReplyReader reader;
  Heard heard;
  for (const std::string& segment : segments) {
    reader.feed(segment);
    take_replies(reader, heard);
  }
  return heard;
}

std::string written(const Heard& heard) {
  std::string text;
  for (const Reply& reply : heard.replies) {
    text += std::to_string(reply.code) + '|';
    if (reply.enhanced) text += to_string(*reply.enhanced);
    text += '|' + reply.text + '\n';
  }
  if (heard.fault) text += std::string(to_string(*heard.fault)) + '\n';
  return text;
}

std::string hear_all(const std::string& octets) {
  return written(hear({octets}));
}

const std::vector<std::string> streams = {
    "220 mx.example.org ESMTP\r\n",
    "250-mx.example.org\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    "550-5.1.1 No such user\r\n550 5.1.1 here\r\n250 2.1.5 Ok\r\n",
    "250\r\n",
    "250-\r\n250\r\n",
    "250 Ok\n250-a\n250 b\r\n",
    "250 Ok\r\n551 no\r\n421 bye\r\n",
    "250 Ok\r\nHTTP/1.1 400 Bad Request\r\n250 Ok\r\n",
    "250-a\r\n550 b\r\n",
    "250 a\r\r\n250 a\rb\r\r\n250 c\r\n",
    std::string("250 \0\xFF\xC3\r\n", 9),
    "\r\n",
    "",
};

TEST_CASE("a reply is its code, its enhanced status and its text", "[smtp][reply]") {
  struct Example {
    std::string octets;
    std::string heard;
  };
  const auto example = GENERATE(values<Example>({
      {"250 Ok\r\n", "250||Ok\n"},
      {"250 2.1.5 Ok\r\n", "250|2.1.5|Ok\n"},
      {"250 2.1.5\r\n", "250|2.1.5|\n"},
      {"250 2.1.5\tOk\r\n", "250|2.1.5|Ok\n"},
      {"250\r\n", "250||\n"},
      {"250 \r\n", "250||\n"},
      {"250-\r\n250\r\n", "250||\n\n"},
      {"250-a\r\n250-\r\n250 c\r\n", "250||a\n\nc\n"},
      {"599 odd\r\n", "599||odd\n"},
      {"200 odd\r\n", "200||odd\n"},
      {"354 go ahead\r\n", "354||go ahead\n"},
      {"550-5.1.1 No such\r\n550 5.1.1 user\r\n", "550|5.1.1|No such\nuser\n"},
      {"550-5.1.1 No such\r\n550 user\r\n", "550|5.1.1|No such\nuser\n"},
      {"550-No such\r\n550 5.2.1 user\r\n", "550|5.2.1|No such\nuser\n"},
      {"550-5.1.1 No such\r\n550 5.2.1 user\r\n", "550|5.2.1|No such\nuser\n"},
      {"550 4.2.1 of another class\r\n", "550||4.2.1 of another class\n"},
      {"550-5.1.1 a\r\n550 4.2.1 b\r\n", "550|5.1.1|a\n4.2.1 b\n"},
      {"354 3.0.0 no such class\r\n", "354||3.0.0 no such class\n"},
      {"550 5.1.1: with a colon\r\n", "550||5.1.1: with a colon\n"},
      {"550 5.1.1234 too long a part\r\n", "550||5.1.1234 too long a part\n"},
      {"250 Ok\n", "250||Ok\n"},
      {"250 Ok\r\r\n", "250||Ok\n"},
      {"250\r\r\r\n", "250||\n"},
      {"250-a\r\r\n250 b\r\n", "250||a\nb\n"},
      {"250 a\r\n550 b\r\n", "250||a\n550||b\n"},
  }));
  CAPTURE(example.octets);

  CHECK(hear_all(example.octets) == example.heard);
}

TEST_CASE("a line that does not begin as a reply does is a fault", "[smtp][reply]") {
  const auto line = GENERATE(values<std::string>({
      "",
      " ",
      "2",
      "25",
      "25 ",
      "2500 Ok",
      "250Ok",
      "250\tOk",
      "250_Ok",
      "25O Ok",
      " 250 Ok",
      "-250 Ok",
      "+25 Ok",
      "100 continue",
      "199 odd",
      "600 odd",
      "000 odd",
      "999 odd",
      "SSH-2.0-OpenSSH_9.2",
      "HTTP/1.1 400 Bad Request",
      "<html>",
      "\xEF\xBB\xBF"
      "250 Ok",
  }));
  CAPTURE(line);

  const Heard heard = hear({line + "\r\n"});

  CHECK(heard.replies.empty());
  CHECK(heard.fault == ReplyFault::not_a_reply);
}

TEST_CASE("a CR that is not a line's end is a fault", "[smtp][reply]") {
  const auto octets = GENERATE(values<std::string>({
      "550 5.1.1 user unknown\r250 ok\r\n",
      "250 \rOk\r\n",
      "250 Ok\r \n",
      "250-a\rb\r\n250 c\r\n",
      "250-a\r\n250 b\r250 c\n",
  }));
  CAPTURE(octets);

  const Heard heard = hear({octets});

  CHECK(heard.replies.empty());
  CHECK(heard.fault == ReplyFault::stray_cr);
}

TEST_CASE("the lines of one reply carry one code", "[smtp][reply]") {
  const Heard heard = hear({"250-a\r\n251 b\r\n"});

  CHECK(heard.replies.empty());
  CHECK(heard.fault == ReplyFault::mixed_codes);
}

TEST_CASE("a reply is whole only with its last line", "[smtp][reply]") {
  const Heard heard = hear({"250-a\r\n250-b\r\n"});

  CHECK(heard.replies.empty());
  CHECK_FALSE(heard.fault);
  CHECK(heard.rest);
}

TEST_CASE("nothing but a fragment or a further reply is a rest", "[smtp][reply]") {
  CHECK_FALSE(ReplyReader().has_rest());
  CHECK_FALSE(hear({"250 Ok\r\n"}).rest);
  CHECK(hear({"250 Ok\r\n2"}).rest);
  CHECK(hear({"250 Ok\r"}).rest);

  ReplyReader reader;
  reader.feed("250 a\r\n250 b\r\n");
  CHECK(reader.next()->text == "a");
  CHECK(reader.has_rest());
  CHECK(reader.next()->text == "b");
  CHECK_FALSE(reader.has_rest());
}

TEST_CASE("a stream says the same wherever it is cut", "[smtp][reply]") {
  for (const std::string& stream : streams) {
    CAPTURE(stream);
    const std::string whole = hear_all(stream);

    for (std::size_t first = 0; first <= stream.size(); ++first) {
      for (std::size_t second = first; second <= stream.size(); ++second) {
        const Heard heard = hear(
            {stream.substr(0, first), stream.substr(first, second - first), stream.substr(second)});
        REQUIRE(written(heard) == whole);
      }
    }
  }
}

TEST_CASE("a reply line has at most 2,048 octets before its LF", "[smtp][reply]") {
  const std::string longest = "250 " + std::string(2044, 'x');

  CHECK(hear({longest + "\n"}).replies.size() == 1);
  CHECK(hear({longest}).fault == std::nullopt);
  CHECK(hear({longest + "x"}).fault == ReplyFault::line_too_long);
  CHECK(hear({longest + "x\n"}).fault == ReplyFault::line_too_long);
  CHECK(hear({longest + "\r\n"}).fault == ReplyFault::line_too_long);
  CHECK(hear({longest, "x"}).fault == ReplyFault::line_too_long);
}

TEST_CASE("a reply has at most 128 lines", "[smtp][reply]") {
  std::string lines;
  for (int i = 0; i < 127; ++i) lines += "250-x\r\n";

  CHECK(hear({lines + "250 x\r\n"}).replies.size() == 1);
  CHECK(hear({lines + "250-x\r\n250 x\r\n"}).fault == ReplyFault::too_long);
  // Each reply is counted for itself.
  CHECK(hear({lines + "250 x\r\n" + lines + "250 x\r\n"}).replies.size() == 2);
}

TEST_CASE("a reply has at most 64 KiB", "[smtp][reply]") {
  const std::string line = "250-" + std::string(1020, 'x') + "\n";
  std::string lines;
  for (int i = 0; i < 63; ++i) lines += line;

  CHECK(hear({lines + "250 " + std::string(1020, 'x') + "\n"}).replies.size() == 1);
  CHECK(hear({lines + "250 " + std::string(1021, 'x') + "\n"}).fault == ReplyFault::too_long);
  // Each reply is counted for itself.
  const std::string whole = lines + "250 x\n";
  CHECK(hear({whole, whole, whole}).replies.size() == 3);
}

TEST_CASE("of a long text the first 4 KiB are kept, and the code of its end", "[smtp][reply]") {
  std::string octets;
  for (int i = 0; i < 60; ++i) octets += "550-" + std::string(1000, 'x') + "\r\n";
  octets += "550 5.1.1 the end\r\n";

  const Heard heard = hear({octets});

  REQUIRE(heard.replies.size() == 1);
  CHECK(heard.replies[0].code == 550);
  CHECK(heard.replies[0].enhanced == EnhancedStatus{5, 1, 1});
  CHECK(heard.replies[0].text.size() == 4096);
  CHECK_FALSE(heard.rest);
}

TEST_CASE("a server that never ends costs no memory", "[smtp][reply]") {
  const auto segment = GENERATE(values<std::string>({
      std::string(4096, 'x'),
      std::string(4096, '2'),
      "250-and so on\r\n",
      "250-" + std::string(1000, 'x') + "\r\n",
  }));
  ReplyReader reader;
  int segments = 0;
  while (!reader.fault() && segments < 1000) {
    reader.feed(segment);
    CHECK_FALSE(reader.next());
    ++segments;
  }

  CHECK(reader.fault());
  CHECK(segments <= 129);
}

TEST_CASE("replies before a fault count, and nothing behind it does", "[smtp][reply]") {
  ReplyReader reader;
  reader.feed("250 a\r\n251 b\r\nwhat?\r\n250 c\r\n");

  CHECK(reader.next()->text == "a");
  CHECK_FALSE(reader.fault());
  CHECK(reader.next()->code == 251);
  CHECK_FALSE(reader.fault());
  CHECK_FALSE(reader.next());
  CHECK(reader.fault() == ReplyFault::not_a_reply);

  reader.feed("250 d\r\n");
  CHECK_FALSE(reader.next());
  CHECK(reader.fault() == ReplyFault::not_a_reply);
}

TEST_CASE("each fault is a sentence", "[smtp][reply]") {
  const auto fault = GENERATE(ReplyFault::not_a_reply,
                              ReplyFault::mixed_codes,
                              ReplyFault::stray_cr,
                              ReplyFault::line_too_long,
                              ReplyFault::too_long);

  CHECK(to_string(fault).starts_with("the server sent"));
}

/// Octets that often look like replies.
std::string random_octets(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "250",
      "550",
      "2",
      "5",
      "0",
      " ",
      "-",
      "\r\n",
      "\n",
      "\r",
      "5.1.1 ",
      "2.1.5 ",
      "Ok",
      "\t",
      std::string(1, '\0'),
      "\xFF",
      "250-x\r\n",
      "250 x\r\n",
      "550 5.1.1 x\r\n",
  };
  std::string octets;
  const auto count = random() % 40;
  for (std::size_t i = 0; i < count; ++i) octets += pieces[random() % pieces.size()];
  return octets;
}

TEST_CASE("random octets in random segments say the same as in one", "[smtp][reply]") {
  std::mt19937 random(5321);
  for (int round = 0; round < 2000; ++round) {
    const std::string octets = random_octets(random);
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < octets.size();) {
      const std::size_t length = random() % 7;
      segments.push_back(octets.substr(at, length));
      at += length;
    }
    CAPTURE(octets, segments);

    const Heard heard = hear(segments);
    REQUIRE(written(heard) == hear_all(octets));
    for (const Reply& reply : heard.replies) {
      REQUIRE(reply.code >= 200);
      REQUIRE(reply.code <= 599);
      REQUIRE((!reply.enhanced || reply.enhanced->klass == reply.klass()));
    }
  }
}

}  // namespace
}  // namespace leadverify
