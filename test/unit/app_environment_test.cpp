#include "app/base/usage_error.hpp"
#include "app/settings/environment.hpp"
#include "app/settings/option_table.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

std::string refusal(const std::string& variable) {
  try {
    Environment({variable}).options();
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("a LEADVERIFY_ variable is an option, and other variables are not", "[app][config]") {
  const Layer options = Environment({"PATH=/bin",
                                     "LEADVERIFY_DOMAIN_RATE=3/s",
                                     "LEADVERIFY_HELO=",
                                     "LEADVERIFY",
                                     "leadverify_ip=4",
                                     "LEADVERIFY_MAIL_FROM=a=b@example.org"})
                            .options();

  REQUIRE(options.size() == 2);
  CHECK(options[0].entry->name == "domain-rate");
  CHECK(options[0].value.any() == "3/s");
  CHECK(options[0].value.option() == "LEADVERIFY_DOMAIN_RATE");
  CHECK(options[0].source == Source::variable);
  CHECK(options[1].entry->name == "mail-from");
  CHECK(options[1].value.any() == "a=b@example.org");
}

TEST_CASE("a LEADVERIFY_ variable of no option is refused by name", "[app][config]") {
  CHECK(refusal("LEADVERIFY_DOMAIN_RAT=3/s") ==
        "unknown variable 'LEADVERIFY_DOMAIN_RAT': did you mean 'LEADVERIFY_DOMAIN_RATE'?");
  CHECK(refusal("LEADVERIFY_NONSENSE=") == "unknown variable 'LEADVERIFY_NONSENSE'");
  CHECK(refusal("LEADVERIFY_=1") == "unknown variable 'LEADVERIFY_'");
  CHECK(refusal("LEADVERIFY_HELP=yes") == "LEADVERIFY_HELP: --help is for the command line alone");
}

TEST_CASE("of a variable that is there twice the first one counts", "[app][environment]") {
  const Environment environment({"LEADVERIFY_SMTP_PORT=2525", "LEADVERIFY_SMTP_PORT=2526"});

  const Layer options = environment.options();

  REQUIRE(options.size() == 1);
  CHECK(options.front().value.any() == "2525");
  CHECK(environment.value("LEADVERIFY_SMTP_PORT") == "2525");
}

}  // namespace
}  // namespace leadverify::app
