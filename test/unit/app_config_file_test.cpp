#include "app/base/usage_error.hpp"
#include "app/settings/config_file.hpp"
#include "app/settings/option_table.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

/// Each option as "NAME=TEXT", with a blank behind it.
std::string read(std::string_view text) {
  std::string options;
  for (const GivenOption& given : read_config("config", text)) {
    CHECK(given.source == Source::file);
    options += std::string(given.entry->name) + "=" + given.value.any() + " ";
  }
  return options;
}

std::string refusal(std::string_view text) {
  try {
    read_config("config", text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("a configuration file gives an option a line", "[app][config]") {
  struct Example {
    const char* text;
    const char* options;
  };
  const auto example = GENERATE(values<Example>({
      {"", ""},
      {"# nothing\n\n   # at all\n", ""},
      {"helo = probe.example.net", "helo=probe.example.net "},
      {"helo=probe.example.net\n", "helo=probe.example.net "},
      {"\xEF\xBB\xBF  helo \t=\t probe.example.net \r\nthreads = 2\r\n",
       "helo=probe.example.net threads=2 "},
      {"domain-rate = 3/s # polite", "domain-rate=3/s "},
      {"domain-rate = 3/s#polite", "domain-rate=3/s#polite "},
      {"mail-from =\n", "mail-from= "},
      {"mail-from = # the null one\n", "mail-from= "},
      {"output = a#b # c # d", "output=a#b "},
      {"output = \" a # b \" # a name in quotes", "output= a # b  "},
      {"output = \"\"", "output= "},
      {"output = it's \"here\"", "output=it's \"here\" "},
      {"helo = a=b", "helo=a=b "},
      {"quiet = yes", "quiet=yes "},
      {"probe-provider = yahoo\nprobe-provider = outlook\n",
       "probe-provider=yahoo probe-provider=outlook "},
  }));
  CAPTURE(example.text);

  CHECK(read(example.text) == example.options);
}

TEST_CASE("a mistake in a configuration file is told with its line", "[app][config]") {
  struct Example {
    const char* text;
    const char* refusal;
  };
  const auto example = GENERATE(values<Example>({
      {"\n# comment\ndomain-rat = 3/s\n",
       "config:3: unknown key 'domain-rat': did you mean 'domain-rate'?"},
      {"domain_rate = 3/s", "config:1: unknown key 'domain_rate': did you mean 'domain-rate'?"},
      {"--helo = a.example", "config:1: unknown key '--helo': did you mean 'helo'?"},
      {"nonsense = red", "config:1: unknown key 'nonsense'"},
      {" = red", "config:1: unknown key ''"},
      {"\x1B[31m = red", "config:1: a control character has no place here"},
      {"quiet", "config:1: 'quiet' has no '=': write KEY = VALUE, as in quiet = yes"},
      {"[network]\nsmtp-port = 25", "config:1: there are no sections: leave '[network]' out"},
      {"ip = 4\n\nip = 6\n", "config:3: ip is given in line 1 already"},
      {"output = \"a b", "config:1: the closing '\"' is missing"},
      {"output = \"a\" b", "config:1: 'b' stands behind the closing '\"'"},
      {"help = yes", "config:1: help is for the command line alone"},
      {"version = yes", "config:1: version is for the command line alone"},
      {"explain = 550 no", "config:1: explain is for the command line alone"},
      {"config = other", "config:1: config is for the command line and LEADVERIFY_CONFIG alone"},
      {"files = list.txt",
       "config:1: inputs are named on the command line alone, not with 'files'"},
  }));
  CAPTURE(example.text);

  CHECK(refusal(example.text) == example.refusal);
}

}  // namespace
}  // namespace leadverify::app
