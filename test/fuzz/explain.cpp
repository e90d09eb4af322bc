// A reply, or a JSON object that holds one, given to --explain.
#include <leadverify/json_line.hpp>
#include <leadverify/reply_reading.hpp>

#include "base/utf8.hpp"
#include "fuzz/target.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace leadverify::fuzz {
namespace {

using Json = nlohmann::json;

void check(const std::optional<std::string>& line) {
  if (!line) return;
  require(line->find('\n') == std::string::npos, "an explanation is one line");
  require(!find_broken_utf8(*line), "an explanation is UTF-8");
  require(safe_text(*line, line->size()) == *line, "an explanation can be shown on a terminal");
  const Json explained = Json::parse(*line, nullptr, false);
  require(explained.is_object(), "an explanation is a JSON object");
  for (const char* const key : {"status", "reason", "about", "code", "enhanced", "retry_after_s"}) {
    require(explained.contains(key), "every key is there");
  }
  const int code = explained.at("code").get<int>();
  require(code >= 200 && code <= 599, "a code is one of 200 to 599");
}

void run(Octets octets) {
  check(explain_reply(as_text(octets)));
  check(explain_json(as_text(octets)));
}

const Registration registration({.name = "explain", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
