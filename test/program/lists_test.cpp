// What the lists say of addresses, and lists of a user's own: the built program.
#include "support/program.hpp"
#include "support/program_in_world.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <map>

namespace leadverify {
namespace {

/// The last record of each address.
std::map<std::string, nlohmann::json> records_of(const Outcome& outcome) {
  std::map<std::string, nlohmann::json> records;
  for (auto& record : read_records(outcome.output).results) records[record["input"]] = record;
  return records;
}

Outcome run_with_lists(const std::string& folder, std::string_view input) {
  return run_program({.arguments = {"--check", "syntax", "--lists", folder}}, input);
}

constexpr const char* world_of_slips = R"(
template default
  users *
domain gmial.com
  mx 10 mx.gmial.com
server mx.gmial.com 127.12.9.1
domain hotmsail.com
  mx 0 .
domain yahuo.com
  mx 10 mx.yahuo.com
server mx.yahuo.com 127.12.9.2
)";

TEST_CASE("flags are given without a question to anybody", "[program][lists]") {
  const Outcome outcome = run_program({.arguments = {"--check", "syntax"}},
                                      "Info@gmail.com\nada@a.mailinator.com\nada@example.con\n"
                                      "not an address\nINFO@gmail.com\nInfo@gmail.com\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  auto found = records_of(outcome);
  const nlohmann::json& info = found["Info@gmail.com"];
  CHECK(info.at("role") == true);
  CHECK(info.at("free") == true);
  CHECK(info.at("disposable") == false);
  CHECK(info.at("did_you_mean").is_null());
  CHECK(found["ada@a.mailinator.com"].at("disposable") == true);
  CHECK(found["ada@a.mailinator.com"].at("role") == false);
  CHECK(found["ada@example.con"].at("did_you_mean") == "example.com");
  CHECK(found["not an address"].at("role").is_null());
  CHECK(found["not an address"].at("free").is_null());
  CHECK(found["not an address"].at("disposable").is_null());
  for (const auto& [address, record] : found) {
    CAPTURE(address);
    CHECK(record.at("reason") == (record.at("domain").is_null() ? "syntax" : "not_checked"));
  }
}

TEST_CASE("a duplicate has the flags of the first", "[program][lists]") {
  const Outcome outcome =
      run_program({.arguments = {"--check", "syntax"}}, "info@gmial.com\ninfo@GMIAL.com\n");

  const Records records = read_records(outcome.output);
  REQUIRE(records.results.size() == 2);
  CHECK(records.results[1].at("duplicate_of") == 1);
  for (const nlohmann::json& record : records.results) {
    CHECK(record.at("role") == true);
    CHECK(record.at("did_you_mean") == "gmail.com");
  }
}

TEST_CASE("what was meant is told where no mail can come, and of slips that wait for mail",
          "[program][lists]") {
  world::LoopbackWorld world(read_world(world_of_slips));

  const Outcome outcome = run_program({.arguments = into(world, {"--catch-all", "off"})},
                                      "ada@gmial.com\nada@hotmsail.com\nada@yahuo.com\n"
                                      "ada@outlopk.com\nada@unheard-of.test\n");

  CHECK(outcome.exit_status == 0);
  auto found = records_of(outcome);
  struct Expected {
    std::string reason;
    nlohmann::json meant;
  };
  const std::map<std::string, Expected> expected = {
      {"ada@gmial.com", {"accepted", "gmail.com"}},
      {"ada@hotmsail.com", {"null_mx", "hotmail.com"}},
      {"ada@yahuo.com", {"accepted", nullptr}},
      {"ada@outlopk.com", {"domain_not_found", "outlook.com"}},
      {"ada@unheard-of.test", {"domain_not_found", nullptr}},
  };
  for (const auto& [address, record] : expected) {
    CAPTURE(address);
    CHECK(found[address].at("reason") == record.reason);
    CHECK(found[address].at("did_you_mean") == record.meant);
  }
}

TEST_CASE("lists of one's own replace those that are there", "[program][lists]") {
  const TemporaryFolder folder;
  folder.write("disposable.txt", "# mine\nthrowaway.example\n");
  folder.write("typos.txt", "right.example wrong.example\n");

  const Outcome outcome = run_with_lists(
      folder.path(""), "ada@throwaway.example\nada@mailinator.com\ninfo@wrong.example\n");

  CHECK(outcome.exit_status == 0);
  CHECK(outcome.messages.empty());
  auto found = records_of(outcome);
  CHECK(found["ada@throwaway.example"].at("disposable") == true);
  CHECK(found["ada@mailinator.com"].at("disposable") == false);
  CHECK(found["info@wrong.example"].at("did_you_mean") == "right.example");
  CHECK(found["info@wrong.example"].at("role") == true);
}

TEST_CASE("a list with a mistake is refused with its name and line", "[program][lists]") {
  const TemporaryFolder folder;
  folder.write("free.txt", "mail.example\nno domain here\n");

  const Outcome outcome = run_with_lists(folder.path(""), "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages ==
        "leadverify: free.txt, line 2 wants a domain, as in example.org, not 'no'\n");
}

TEST_CASE("a folder without lists is refused", "[program][lists]") {
  const TemporaryFolder folder;
  const auto name = GENERATE(as<std::string>{}, "", "missing");

  const Outcome outcome = run_with_lists(folder.path(name), "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.output.empty());
  CHECK(outcome.messages == "leadverify: --lists: " + folder.path(name) +
                                " has none of disposable.txt, free.txt, role.txt and typos.txt\n");
}

TEST_CASE("a list that can't be read is refused", "[program][lists]") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path("role.txt"));

  const Outcome outcome = run_with_lists(folder.path(""), "ada@example.org\n");

  CHECK(outcome.exit_status == 2);
  CHECK(outcome.messages ==
        "leadverify: --lists: cannot read " + folder.path("") + "/role.txt" + ": Is a directory\n");
}

}  // namespace
}  // namespace leadverify
