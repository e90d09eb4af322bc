// Writes the list that speed is measured on, and the script of the mail world behind it.
//
//   make_list --list FILE [--world FILE] [--addresses 10000] [--seed 1] [--latency MILLISECONDS]
//
// The script is for mail_world; a world of a million addresses is a large one to hold in memory.
#include "bench/arguments.hpp"
#include "bench/sample_list.hpp"

#include <cstdio>
#include <fstream>

using namespace leadverify::bench;

int main(int count, char** words) {
  Arguments arguments(count, words);
  const std::string list_file = arguments.word("list", "/dev/stdout");
  const std::string world_file = arguments.word("world", "");
  const std::size_t addresses = arguments.number("addresses", 10'000);
  const std::uint64_t seed = arguments.number("seed", 1);
  const std::chrono::milliseconds latency(arguments.number("latency", 0));
  arguments.refuse_others();

  SampleList list(addresses, seed);
  const SampleList::Census census = list.count();
  std::ofstream lines(list_file);
  while (const auto address = list.next()) lines << *address << '\n';
  if (!world_file.empty()) {
    std::ofstream script(world_file);
    list.write_world(script, census, latency);
  }
  std::fprintf(stderr,
               "%zu addresses at %zu domains behind %zu mail servers; %zu domains with one, the "
               "largest with %.1f %%; %.1f %% at catch-all domains, %.1f %% unknown\n",
               addresses,
               census.domains,
               census.exchanges,
               census.with_one_address,
               100.0 * double(census.largest) / double(addresses),
               100.0 * double(census.catch_all) / double(addresses),
               100.0 * double(census.unknown) / double(addresses));
  return 0;
}
