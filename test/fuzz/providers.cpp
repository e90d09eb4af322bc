// The text of a provider table, and the names of hosts that are looked up in it.
#include "dns/provider_table.hpp"
#include "fuzz/target.hpp"

#include <string>

namespace leadverify::fuzz {
namespace {

void check(const Provider& provider) {
  require(!provider.name.empty() && provider.name.size() <= 64, "a provider has a short name");
  require(provider.asked || !why_not_asked(provider).empty(), "who is not asked has a reason");
}

/// Two units: the table, and a host.
void run(Octets octets) {
  const auto units = split_units(as_text(octets), 2);
  auto table = ProviderTable::parse(units.front());
  if (!table) {
    require(!table.error().empty() && table.error().size() < 400, "a refusal is a sentence");
    return;
  }
  if (const auto provider = table->find(unit_at(units, 1))) check(*provider);
  for (const std::string& name : table->not_asked()) {
    require(table->ask(name), "every provider of the table can be asked for");
  }
  require(table->not_asked().empty(), "who was asked for is asked");
}

const Registration registration({.name = "providers", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
