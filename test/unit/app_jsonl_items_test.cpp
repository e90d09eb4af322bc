#include "support/items.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace leadverify::app {
namespace {

using Texts = std::vector<std::string>;

const std::string leads = "leads.jsonl";

TEST_CASE("a line of JSON is an item: an object with an email, or a string", "[app][jsonl]") {
  struct Example {
    std::string line;
    std::string item;
  };
  const auto example = GENERATE(values<Example>({
      {R"({"email":"ada@example.org"})", "1 <ada@example.org> "},
      {R"(  {"id":1,"email":" Ada <ada@example.org> "} )", "1 <ada@example.org> "},
      {R"("ada@example.org")", "1 <ada@example.org> "},
      {R"({"email":"m\u00fcller@example.org"})", "1 <müller@example.org> "},
      {R"({"email":""})", "1 <> "},
      {R"({"email":"a@b.org","email":"c@d.org"})", "1 <c@d.org> "},
      {R"({"email":null})", R"(1 broken <{"email":null}> the key 'email' holds no string)"},
      {R"({"mail":"a@b.org"})", R"(1 broken <{"mail":"a@b.org"}> the object has no key 'email')"},
      {R"({})", "1 broken <{}> the object has no key 'email'"},
      {R"(["a@b.org"])", R"(1 broken <["a@b.org"]> the line is no object or string)"},
      {"17", "1 broken <17> the line is no object or string"},
      {"ada@example.org", "1 broken <ada@example.org> the line is no JSON"},
      {R"({"email":"a@b.org")", R"(1 broken <{"email":"a@b.org"> the line is no JSON)"},
      {"\"\xFF@b.org\"", "1 broken <\"\xFF@b.org\"> the line is no JSON"},
      {R"({"type":"summary","email":"a@b.org"})", "1 <a@b.org> "},
  }));
  CAPTURE(example.line);

  CHECK(shown(read_items(leads, {}, example.line)) == Texts{example.item});
}

TEST_CASE("another key holds the address where it is named", "[app][jsonl]") {
  CHECK(texts(read_items(leads, {.column = "Mail"}, R"({"email":"a@b.org","Mail":"c@d.org"})")) ==
        Texts{"c@d.org"});
}

TEST_CASE("blank lines and summaries are skipped", "[app][jsonl]") {
  const Items read = read_items(
      leads,
      {},
      "\n {\"type\":\"summary\",\"total\":1}\r\n{\"type\":\"result\",\"email\":\"a@b.org\"}");

  CHECK(shown(read) == Texts{"3 <a@b.org> "});
  CHECK(read.skipped == 2);
}

TEST_CASE("the keys that are kept come along as what they were", "[app][jsonl]") {
  const std::string line =
      R"({"name":"Ada","id":17,"email":"a@b.org","tags":["x",{"y":null}],"vip":true,"id":18})";

  CHECK(shown(read_items(leads, {.keep = {.columns = {"id", "vip", "none"}}}, line)) ==
        Texts{"1 <a@b.org>  [id:18] [vip:true] [none:null]"});
  CHECK(shown(read_items(leads, {.keep = {.all = true}}, line)) ==
        Texts{R"(1 <a@b.org>  [name=Ada] [id:18] [email=a@b.org] [tags:["x",{"y":null}]] )"
              R"([vip:true])"});
  CHECK(shown(read_items(leads, {.keep = {.all = true}}, "\"a@b.org\"")) == Texts{"1 <a@b.org> "});
}

TEST_CASE("a long value is kept as the beginning of its text", "[app][jsonl]") {
  const std::string line = R"({"email":"a@b.org","long":[")" + std::string(5000, 'x') + R"("]})";

  const Items read = read_items(leads, {.keep = {.columns = {"long"}}}, line);

  REQUIRE(read.items.size() == 1);
  const Row::Value& value = read.items[0].row->values.at(0);
  CHECK_FALSE(value.is_json);
  CHECK(value.text == "[\"" + std::string(1022, 'x'));
}

TEST_CASE("a line of megabytes or without a bottom is a broken item", "[app][jsonl]") {
  const auto line = GENERATE(values<std::string>({
      "{\"email\":\"" + std::string(3'000'000, 'x') + "\"}",
      std::string(900'000, '['),
      "{\"email\":" + std::string(500'000, '[') + std::string(500'000, ']') + "}",
  }));

  const Items read = read_items(leads, {}, line + "\n\"a@b.org\"\n", 65'536);

  REQUIRE(read.items.size() == 2);
  CHECK(read.items[0].is_broken);
  CHECK(read.items[0].remark.has_value());
  CHECK(read.items[0].text.size() <= 8192);
  CHECK(shown(read.items[1]) == "2 <a@b.org> ");
}

TEST_CASE("a string that is longer than 8 KiB is told as such", "[app][jsonl]") {
  const std::string text(8192, 'x');

  const Items read = read_items(
      leads,
      {},
      "{\"email\":\"" + text + "\"}\n{\"email\":\"" + text + "y\"}\n\"" + text + "y\"\n");

  REQUIRE(read.items.size() == 3);
  CHECK_FALSE(read.items[0].is_broken);
  CHECK(read.items[1].is_broken);
  CHECK(read.items[1].remark == "the string at the key 'email' is longer than 8 KiB");
  CHECK(read.items[2].is_broken);
  CHECK(read.items[2].remark == "the string is longer than 8 KiB");
}

TEST_CASE("random lines give one item each, in whatever pieces they come", "[app][jsonl]") {
  std::mt19937 random(8259);
  const std::string alphabet = "\n\n{}[]\"\":,e1\\\xC3";
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int line = 0; line < 5; ++line) {
      if (random() % 2 == 0) text += R"({"email":"a@b.org"})";
      for (std::size_t i = random() % 20; i > 0; --i) text += alphabet[random() % alphabet.size()];
    }
    const Items whole = read_items(leads, {.keep = {.all = true}}, text);

    CAPTURE(round, text);
    const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const std::size_t lines = ends + (!text.empty() && text.back() != '\n' ? 1 : 0);
    REQUIRE(whole.items.size() + whole.skipped == lines);
    for (const std::size_t piece : {1U, 3U, 16U}) {
      REQUIRE(shown(read_items(leads, {.keep = {.all = true}}, text, piece)) == shown(whole));
    }
  }
}

}  // namespace
}  // namespace leadverify::app
