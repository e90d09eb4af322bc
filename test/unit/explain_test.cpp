// The lines that --explain prints.
#include <leadverify/reply_reading.hpp>

#include <catch2/catch.hpp>

using namespace leadverify;

TEST_CASE("a reply is explained in one line, its keys in order", "[explain]") {
  CHECK(
      explain_reply("550 5.1.1 No such user") ==
      R"({"status":"invalid","reason":"user_unknown","about":"recipient","code":550,"enhanced":"5.1.1","retry_after_s":null})");
  CHECK(
      explain_reply("451 4.7.1 Greylisted, come back in 5 minutes") ==
      R"({"status":"unknown","reason":"greylisted","about":"server","code":451,"enhanced":"4.7.1","retry_after_s":300})");
  CHECK(
      explain_reply("250") ==
      R"({"status":"valid","reason":"accepted","about":"recipient","code":250,"enhanced":null,"retry_after_s":null})");
}

TEST_CASE("a reply of several lines is explained as one", "[explain]") {
  const auto one = explain_reply("550 5.1.1 No such user");
  CHECK(explain_reply("550-5.1.1 No such\r\n550 5.1.1 user\r\n") == one);
  CHECK(explain_reply("550-5.1.1 No such\n550 user\n") == one);
}

TEST_CASE("what does not begin with a reply code is not explained", "[explain]") {
  const auto text = GENERATE(as<std::string_view>{},
                             "",
                             "hello",
                             "55",
                             "5500 no",
                             "199 no",
                             "600 no",
                             "550x",
                             "-50 no",
                             " 550 no");
  CAPTURE(text);

  CHECK_FALSE(explain_reply(text).has_value());
}

TEST_CASE("a JSON object is explained with its id", "[explain]") {
  CHECK(
      explain_json(
          R"({"id":"a1","code":550,"enhanced":"5.2.2","text":"sorry","stage":"rcpt","host":null})") ==
      R"({"id":"a1","status":"unknown","reason":"mailbox_full","about":"recipient","code":550,"enhanced":"5.2.2","retry_after_s":null})");
  CHECK(
      explain_json(R"({"id":7,"code":550,"text":"no such user","stage":"mail"})") ==
      R"({"id":7,"status":"unknown","reason":"sender_rejected","about":"sender","code":550,"enhanced":null,"retry_after_s":null})");
  CHECK(
      explain_json(R"({"code":250,"text":""})") ==
      R"({"status":"valid","reason":"accepted","about":"recipient","code":250,"enhanced":null,"retry_after_s":null})");
}

TEST_CASE("an id comes back safe to show, however deep its texts stand", "[explain]") {
  const auto line = explain_json(
      R"({"id":{"\u202ea":["\u009b2J","a\tb",7]},"code":250,"text":"","stage":"rcpt"})");

  REQUIRE(line);
  CHECK(line->starts_with(R"({"id":{"�a":["�2J","a\tb",7]},"status":"valid")"));
}

TEST_CASE("what is no such object is not explained", "[explain]") {
  const auto json = GENERATE(as<std::string_view>{},
                             "",
                             "[]",
                             "17",
                             "{",
                             R"({"code":550})",
                             R"({"text":"x"})",
                             R"({"code":"550","text":"x"})",
                             R"({"code":99999999999,"text":"x"})",
                             R"({"code":100,"text":"x"})",
                             R"({"code":550,"text":7})");
  CAPTURE(json);

  CHECK_FALSE(explain_json(json).has_value());
}

TEST_CASE("JSON that nests deeper than anything that is meant is not explained", "[explain]") {
  const auto with_id = [](std::size_t depth) {
    const std::string id = std::string(depth, '[') + std::string(depth, ']');
    return R"({"code":550,"text":"x","id":)" + id + "}";
  };

  CHECK(explain_json(with_id(30)));
  CHECK_FALSE(explain_json(with_id(40)));
  CHECK_FALSE(explain_json(with_id(200'000)));
}
