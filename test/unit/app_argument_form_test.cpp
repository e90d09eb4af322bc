#include "app/base/usage_error.hpp"
#include "app/reference/argument_form.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

using Forms = std::vector<std::string_view>;

/// What is said of `argument`; empty where `entry` takes it.
std::string refusal(const OptionEntry& entry, std::string_view argument) {
  Settings settings;
  try {
    entry.apply(settings, OptionValue("it", std::string(argument)));
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

std::string with_commas(const Forms& words) {
  std::string list;
  for (const std::string_view word : words) {
    list += (list.empty() ? "" : ", ") + std::string(word);
  }
  return list;
}

TEST_CASE("an argument's notation tells words, files and folders apart", "[app][reference]") {
  const ArgumentForm form = argument_form("stdout|x-4|FILE");
  CHECK(form.words == Forms{"stdout", "x-4"});
  CHECK(form.others == Forms{"FILE"});
  CHECK(form.is_file());
  CHECK_FALSE(form.is_folder());
  CHECK(words_of(form) == "stdout x-4");

  CHECK(argument_form("").words.empty());
  CHECK(argument_form("FILE.html").is_file());
  CHECK(argument_form("DIR").is_folder());
  CHECK(argument_form("N/s|N/min|N/h").words.empty());
}

TEST_CASE("the words that the table of options shows are those that are taken",
          "[app][reference]") {
  for (const OptionEntry& entry : option_table()) {
    const ArgumentForm form = argument_form(entry.argument);
    CAPTURE(entry.name);
    for (const std::string_view word : form.words) {
      CAPTURE(word);
      CHECK(refusal(entry, word).empty());
    }
    if (form.words.empty() || !form.others.empty()) continue;
    CHECK(refusal(entry, "other") ==
          "it wants one of " + with_commas(form.words) + ", not 'other'");
  }
}

}  // namespace
}  // namespace leadverify::app
