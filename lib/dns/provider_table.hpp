// Who runs an exchange, and whether its word on a recipient is worth asking for (pure).
//
// A few providers hold most of the world's mailboxes, and the name of an exchange tells which of
// them it is. Two kinds are not asked: who accepts every recipient at RCPT tells nothing, and who
// does not want the question is left in peace. The table is text (docs/providers.md).
#pragma once

#include <leadverify/options.hpp>

#include "base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

/// How a provider answers those who ask about a recipient; the table spells it with a hyphen.
enum class Answering : std::uint8_t {
  verifiable,   // by what it knows, or nobody knows better
  accepts_all,  // with 250, whoever the recipient is
  forbids,      // by holding the question against the one who asks
};

struct Provider {
  std::string name;  // "google", at most 64 of a-z, 0-9 and inner hyphens
  Answering answering = Answering::verifiable;
  bool asked = true;  // may its exchanges be connected to?

  friend bool operator==(const Provider&, const Provider&) = default;
};

class ProviderTable {
 public:
  /// A table that knows no provider.
  ProviderTable() = default;

  /// Reads `text`. The error is a sentence with the number of the line; it quotes octets of the
  /// text as they stand, 80 at most.
  static Expected<ProviderTable, std::string> parse(std::string_view text);

  /// The provider that runs `exchange`, a host name without its trailing dot: the one of the
  /// longest suffix that ends it at the border of a label, in any case. Absent: not in the table.
  std::optional<Provider> find(std::string_view exchange) const;

  /// From now on the provider is asked, however it answers; false where none is so called.
  bool ask(std::string_view name);

  /// Those that are not asked, in the order of the table.
  std::vector<std::string> not_asked() const;

 private:
  friend class ProviderTableReader;

  std::vector<Provider> providers_;                            // in the order of the table
  std::map<std::string, std::size_t, std::less<>> by_suffix_;  // places in providers_
};

/// The table of options.providers, else the built-in one, with options.probe_providers asked. The
/// error is a sentence as of parse(), also for a provider that the table does not have.
Expected<ProviderTable, std::string> make_provider_table(const Options& options);

/// Why the exchanges of `provider` were not connected to: a sentence for a person.
/// REQUIRES: !provider.asked.
std::string why_not_asked(const Provider& provider);

/// The text of the table that comes with the library (lib/dns/providers.txt).
std::string_view built_in_providers();

}  // namespace leadverify
