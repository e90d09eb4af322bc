// docs/tested-against.md says what the tests hold, of the servers that they have.
#include "servers/page.hpp"

#include "servers/cases.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <map>

namespace leadverify::servers {
namespace {

TEST_CASE("the page of servers tested against is written from the table that is tested") {
  std::ifstream file(LEADVERIFY_TESTED_AGAINST);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};

  INFO("scripts/tested_against writes it anew");
  CHECK((committed == tested_against_page()));
}

TEST_CASE("the versions on the page are those of the servers") {
  std::ifstream file(LEADVERIFY_SERVERS "/unpacked.txt");
  std::map<std::string, std::string> versions;
  std::string package;
  std::string version;
  while (file >> package >> version) versions[package] = version;

  for (const Chapter& chapter : chapters()) {
    for (const Server& server : chapter.servers) {
      CAPTURE(server.name, versions[server.package]);
      CHECK(versions[server.package].starts_with(server.version));
    }
  }
}

}  // namespace
}  // namespace leadverify::servers
