// Which waits are read from a temporary refusal.
#include "verdict/stated_wait.hpp"

#include <catch2/catch.hpp>

using namespace leadverify;
using namespace std::chrono_literals;

TEST_CASE("a wait with a unit is read", "[verdict][wait]") {
  struct Example {
    std::string_view text;
    std::chrono::seconds wait;
  };
  const auto example = GENERATE(values<Example>({
      {"Greylisted for 300 seconds", 300s},
      {"please come back in 7 minutes", 7min},
      {"come back in 00:24:30", 24min + 30s},
      {"come back in 04:59", 4min + 59s},
      {"wait another 90 secs.", 90s},
      {"retry after 2 hours", 2h},
      {"try again in about 10 mins", 10min},
      {"please wait at least 45 s", 45s},
      {"try again in 1 hour 30 minutes", 90min},
      {"try again in 15minutes", 15min},
      {"Bitte in 5 Minuten erneut versuchen", 5min},
      {"réessayez dans 20 secondes", 20s},
      {"inténtelo en 3 minutos", 3min},
      {"riprovare tra 4 minuti", 4min},
      {"spróbuj za 6 minut", 6min},
      {"попробуйте через 8 минут", 8min},
      {"probeer over 9 minuten", 9min},
      {"retry in 5 minute(s)", 5min},
      {"delayed (retry after 60 seconds), see https://example.org/12?wait=99", 60s},
  }));
  CAPTURE(example.text);

  CHECK(stated_wait(example.text) == example.wait);
}

TEST_CASE("limits, the past and numbers of other kinds are no waits", "[verdict][wait]") {
  const auto text = GENERATE(as<std::string_view>{},
                             "",
                             "come back later",
                             "too many messages in the last 10 minutes",
                             "20 messages per 60 seconds",
                             "no more than 5 in each 10 minutes",
                             "within 30 seconds",
                             "in 4.7.1 minutes",
                             "in 192.0.2.1 seconds",
                             "DOC-1369 seconds",
                             "try again in 300",
                             "in 5 messages",
                             "ticket 77 min",
                             "in 0 seconds",
                             "in 99999999999999999999 seconds",
                             "in 4000000 hours",
                             "for ada@10 minutes",
                             "in 12:61:99:10");
  CAPTURE(text);

  CHECK_FALSE(stated_wait(text).has_value());
}
