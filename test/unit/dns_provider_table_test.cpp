#include "dns/provider_table.hpp"

#include <catch2/catch.hpp>

namespace leadverify {
namespace {

using Names = std::vector<std::string>;

constexpr const char* small_table = R"(
# Name  answer  suffixes
alpha   verifiable   alpha.example
beta    accepts-all  mx.alpha.example beta.example   # more of beta below
beta    accepts-all  BETA.test
gamma   forbids      one.mx.alpha.example
)";

ProviderTable table_of(std::string_view text) {
  auto table = ProviderTable::parse(text);
  INFO((table ? std::string() : table.error()));
  REQUIRE(table);
  return *std::move(table);
}

/// The name of the provider; empty where there is none.
std::string found(const ProviderTable& table, std::string_view exchange) {
  const auto provider = table.find(exchange);
  return provider ? provider->name : "";
}

std::string fault_of(std::string_view text) {
  const auto table = ProviderTable::parse(text);
  return table ? "" : table.error();
}

TEST_CASE("an exchange is its provider's by the longest suffix at the border of a label",
          "[dns][provider table]") {
  struct Example {
    std::string exchange;
    std::string provider;
  };
  const auto example = GENERATE(values<Example>({
      {"alpha.example", "alpha"},
      {"mx1.alpha.example", "alpha"},
      {"mx.alpha.example", "beta"},
      {"two.mx.alpha.example", "beta"},
      {"one.mx.alpha.example", "gamma"},
      {"a.one.mx.alpha.example", "gamma"},
      {"another-one.mx.alpha.example", "beta"},
      {"not-alpha.example", ""},
      {"mx.not-alpha.example", ""},
      {"alpha.example.test", ""},
      {"example", ""},
      {"MX1.Beta.Example", "beta"},
      {"mx.beta.test", "beta"},
      {"[192.0.2.1]", ""},
      {"", ""},
      {".", ""},
      {"alpha.example.", ""},
  }));
  CAPTURE(example.exchange);

  CHECK(found(table_of(small_table), example.exchange) == example.provider);
}

TEST_CASE("a provider that accepts all or forbids the question is not asked by itself",
          "[dns][provider table]") {
  const ProviderTable table = table_of(small_table);

  CHECK(table.find("alpha.example") == Provider{"alpha", Answering::verifiable, true});
  CHECK(table.find("beta.example") == Provider{"beta", Answering::accepts_all, false});
  CHECK(table.find("one.mx.alpha.example") == Provider{"gamma", Answering::forbids, false});
  CHECK(table.not_asked() == Names{"beta", "gamma"});
}

TEST_CASE("a provider is asked where that is wished for", "[dns][provider table]") {
  ProviderTable table = table_of(small_table);

  CHECK(table.ask("beta"));
  CHECK(table.ask("alpha"));
  CHECK_FALSE(table.ask("delta"));

  CHECK(table.find("beta.example")->asked);
  CHECK(table.find("beta.test")->asked);
  CHECK(table.not_asked() == Names{"gamma"});
}

TEST_CASE("a table may come from an editor that has its own ideas of a text",
          "[dns][provider table]") {
  const ProviderTable table = table_of(
      "\xEF\xBB\xBF"
      "alpha\tverifiable\talpha.example \r\n\r\n  # a comment\r\n"
      "  beta forbids beta.example #another");

  CHECK(found(table, "alpha.example") == "alpha");
  CHECK(found(table, "beta.example") == "beta");
}

TEST_CASE("an empty table knows no provider", "[dns][provider table]") {
  const auto text = GENERATE("", "\n", "# nothing\n");

  CHECK(table_of(text).not_asked().empty());
  CHECK(found(table_of(text), "mx.yahoodns.net").empty());
}

TEST_CASE("what is wrong with a table is told with the line", "[dns][provider table]") {
  struct Example {
    std::string text;
    std::string fault;
  };
  const auto example = GENERATE(values<Example>({
      {"\n\nAlpha verifiable alpha.example",
       "line 3 of the provider table wants a name of a-z, 0-9 and inner hyphens first, 64 "
       "characters at most, not 'Alpha'"},
      {"-alpha verifiable alpha.example", "not '-alpha'"},
      {std::string(65, 'a') + " verifiable alpha.example", "not '" + std::string(65, 'a') + "'"},
      {std::string(5'000, '!'), "not '" + std::string(80, '!') + "'"},
      {"alpha", "at least one suffix, and ends behind 'alpha'"},
      {"alpha verifiable # alpha.example", "at least one suffix, and ends behind 'verifiable'"},
      {"# one\nalpha accepts_all alpha.example\n",
       "line 2 of the provider table wants one of verifiable, accepts-all, forbids behind the "
       "name, not 'accepts_all'"},
      {"alpha alpha.example verifiable", "not 'alpha.example'"},
      {"alpha verifiable .alpha.example",
       "line 1 of the provider table wants suffixes such as example.net, without a dot at either "
       "end, not '.alpha.example'"},
      {"alpha verifiable alpha.example.", "not 'alpha.example.'"},
      {"alpha verifiable *.alpha.example", "not '*.alpha.example'"},
      {"alpha verifiable alpha.example,beta.example", "not 'alpha.example,beta.example'"},
      {"alpha verifiable com", "not 'com'"},
      {"alpha verifiable 192.0.2.1", "not '192.0.2.1'"},
      {"alpha verifiable a.example\nbeta forbids b.example\nbeta verifiable c.example",
       "line 3 of the provider table gives another answer than line 2 for 'beta'"},
      {"alpha verifiable a.example\nbeta forbids b.example A.example",
       "line 2 of the provider table repeats a suffix of alpha: 'A.example'"},
  }));
  CAPTURE(example.text);

  CHECK_THAT(fault_of(example.text), Catch::EndsWith(example.fault));
  CHECK_THAT(fault_of(example.text), Catch::StartsWith("line "));
}

TEST_CASE("why a provider was not asked is told with the way to ask it all the same",
          "[dns][provider table]") {
  CHECK(why_not_asked({"beta", Answering::accepts_all, false}) ==
        "beta accepts every recipient, so it was not asked (--probe-provider beta asks all the "
        "same)");
  CHECK(why_not_asked({"gamma", Answering::forbids, false}) ==
        "gamma does not want to be asked about recipients, and was not (--probe-provider gamma "
        "asks all the same)");
}

TEST_CASE("the table that comes along knows the exchanges of the large providers",
          "[dns][provider table]") {
  struct Example {
    std::string exchange;
    std::string provider;
    bool asked = true;
  };
  const auto example = GENERATE(values<Example>({
      {"aspmx.l.google.com", "google"},
      {"alt4.gmail-smtp-in.l.google.com", "google"},
      {"aspmx3.googlemail.com", "google"},
      {"example-org.mail.protection.outlook.com", "microsoft365"},
      {"example-org.a-v1.mx.microsoft", "microsoft365"},
      {"outlook-com.olc.protection.outlook.com", "outlook", false},
      {"hotmail-com.olc.protection.outlook.com", "outlook", false},
      {"mta7.am0.yahoodns.net", "yahoo", false},
      {"mx-aol.mail.gm0.yahoodns.net", "yahoo", false},
      {"mx01.mail.icloud.com", "icloud"},
      {"mx0a-00123456.pphosted.com", "proofpoint"},
      {"mx1-us1.ppe-hosted.com", "proofpoint"},
      {"eu-smtp-inbound-1.mimecast.com", "mimecast"},
      {"d12345a.ess.barracudanetworks.com", "barracuda"},
      {"mx2.zoho.eu", "zoho"},
      {"mx00.emig.gmx.net", "gmx"},
      {"mxs.mail.ru", "mailru"},
      {"mx.yandex.net", "yandex"},
      {"in1-smtp.messagingengine.com", "fastmail"},
      {"mailsec.protonmail.ch", "proton"},
      {"mx1.mail.ovh.net", "ovh"},
      {"mx00.ionos.de", "ionos"},
      {"mailstore1.secureserver.net", "godaddy"},
      {"mx1.emailsrvr.com", "rackspace"},
      {"mx1.hc1234-56.iphmx.com", "cisco"},
      {"example.in.tmes.trendmicro.eu", "trendmicro"},
      {"mx-01-eu-west-1.prod.hydra.sophos.com", "sophos"},
      {"cluster1.eu.messagelabs.com", "messagelabs"},
      {"mx3.qq.com", "qq"},
      {"mxbiz1.qq.com", "tencent-exmail"},
      {"163mx01.mxmail.netease.com", "netease"},
      {"mx00.t-online.de", "t-online"},
      {"smtp-in.orange.fr", "orange"},
      {"mx.example.org", ""},
  }));
  CAPTURE(example.exchange);
  const auto table = make_provider_table(Options{});
  REQUIRE(table);

  CHECK(found(*table, example.exchange) == example.provider);
  const auto provider = table->find(example.exchange);
  CHECK((!provider || provider->asked) == example.asked);
}

TEST_CASE("of the table that comes along only these are not asked", "[dns][provider table]") {
  CHECK(table_of(built_in_providers()).not_asked() == Names{"outlook", "yahoo"});
}

TEST_CASE("the options choose the table, and whom to ask all the same", "[dns][provider table]") {
  Options options;
  options.providers = small_table;
  options.probe_providers = {"gamma", "alpha", "gamma"};

  const auto table = make_provider_table(options);

  REQUIRE(table);
  CHECK(table->not_asked() == Names{"beta"});
  CHECK(found(*table, "aspmx.l.google.com").empty());
}

TEST_CASE("who asks for a provider that is not there is told whom he could ask for",
          "[dns][provider table]") {
  Options options;
  options.probe_providers = {"yahoo", "outlok"};
  CHECK(make_provider_table(options).error() ==
        "there is no provider 'outlok': those that are not asked by themselves are outlook, yahoo");

  options.providers = "";
  options.probe_providers = {"yahoo"};
  CHECK(make_provider_table(options).error() ==
        "there is no provider 'yahoo': the table has none that is not asked anyway");
}

}  // namespace
}  // namespace leadverify
