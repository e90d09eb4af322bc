// The closed vocabulary of the code, of docs/record.schema.json and of docs/output.md is one.
#include <leadverify/json_line.hpp>

#include "support/results.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <set>

namespace leadverify {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::set<std::string>;

std::string read(const std::string& name) {
  std::ifstream file(std::string(PROJECT_FOLDER) + "/docs/" + name);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

Json schema() {
  return Json::parse(read("record.schema.json"));
}

template <class Enum>
std::set<Enum> all() {
  std::set<Enum> values;
  for (int i = 0; !to_string(static_cast<Enum>(i)).empty(); ++i)
    values.insert(static_cast<Enum>(i));
  return values;
}

template <class Enum>
Words words_of() {
  Words words;
  for (const Enum value : all<Enum>()) words.insert(std::string(to_string(value)));
  return words;
}

/// Those of `status` that a record can have.
Words reasons_of(Status status) {
  Words words;
  for (const Reason reason : all<Reason>()) {
    if (status_of(reason) == status) words.insert(std::string(to_string(reason)));
  }
  words.erase("greylisted");  // in a record it is greylist_timeout
  return words;
}

Words enum_of(const Json& property) {
  Words words;
  for (const Json& word : property.at("enum")) {
    if (!word.is_null()) words.insert(word.get<std::string>());
  }
  return words;
}

/// The words in code type that begin the rows of the tables between two headings.
Words rows_between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  REQUIRE(from != std::string::npos);
  const std::size_t to = text.find(end, from + begin.size());
  Words words;
  for (std::size_t at = text.find("\n| `", from); at < to; at = text.find("\n| `", at + 1)) {
    const std::size_t cell_end = text.find(" |", at + 3);
    for (std::size_t word = at + 3; word < cell_end;) {
      const std::size_t open = text.find('`', word);
      if (open >= cell_end) break;
      const std::size_t close = text.find('`', open + 1);
      words.insert(text.substr(open + 1, close - open - 1));
      word = close + 1;
    }
  }
  return words;
}

TEST_CASE("the schema has the words of the code", "[report][vocabulary]") {
  const Json definitions = schema().at("$defs");
  const Json properties = definitions.at("result").at("properties");

  CHECK(enum_of(properties.at("status")) == words_of<Status>());
  CHECK(enum_of(properties.at("confidence")) == words_of<Confidence>());
  CHECK(enum_of(properties.at("stage")) == words_of<Stage>());
  Words reasons;
  for (const Status status : all<Status>()) reasons.merge(reasons_of(status));
  CHECK(enum_of(definitions.at("reason")) == reasons);
  for (const Json& rule : definitions.at("result").at("allOf")) {
    const std::string word = rule.at("if").at("properties").at("status").at("const");
    const Json then = rule.at("then").at("properties");
    for (const Status status : all<Status>()) {
      if (to_string(status) != word) continue;
      CHECK(enum_of(then.at("reason")) == reasons_of(status));
      const Json valid = is_valid(status) ? Json(*is_valid(status)) : Json(nullptr);
      CHECK(then.at("valid").at("const") == valid);
    }
  }
}

TEST_CASE("the schema has the keys of a record and of a summary in their order",
          "[report][vocabulary]") {
  const auto keys = [](const Json& object) {
    std::vector<std::string> found;
    for (const auto& [key, value] : object.items()) found.push_back(key);
    return found;
  };
  const Json definitions = schema().at("$defs");
  Result result = accepted_result();
  result.input.file = "list";
  result.input.row = Row{};

  CHECK(keys(definitions.at("result").at("properties")) == keys(Json::parse(json_line(result))));
  CHECK(definitions.at("result").at("required") == keys(Json::parse(json_line(accepted_result()))));
  CHECK(keys(definitions.at("summary").at("properties")) ==
        keys(Json::parse(json_line(Summary{}))));
  CHECK(definitions.at("summary").at("required") == keys(Json::parse(json_line(Summary{}))));
}

TEST_CASE("docs/output.md explains each word and each key", "[report][vocabulary]") {
  const std::string text = read("output.md");
  const Json definitions = schema().at("$defs");
  const auto keys = [&](const char* name) {
    Words words;
    for (const auto& [key, value] : definitions.at(name).at("properties").items())
      words.insert(key);
    return words;
  };

  CHECK(rows_between(text, "\n### valid", "\n### ") == reasons_of(Status::valid));
  CHECK(rows_between(text, "\n### catch_all", "\n### ") == reasons_of(Status::catch_all));
  CHECK(rows_between(text, "\n### invalid", "\n### ") == reasons_of(Status::invalid));
  CHECK(rows_between(text, "\n### unknown", "\n## ") == reasons_of(Status::unknown));
  CHECK(rows_between(text, "\n## The record, field by field", "\n## ") == keys("result"));
  CHECK(rows_between(text, "\n## The summary", "\n## ") == keys("summary"));
}

}  // namespace
}  // namespace leadverify
