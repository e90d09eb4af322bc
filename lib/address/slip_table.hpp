// Domains that are mistyped, and what was meant (pure).
//
// A known slip is one that a list names (docs/lists.md); its domain may well exist, and wait for
// mail that is not meant for it. Beyond the list a domain may be near one that many people mean:
// that is worth telling where no mail can reach it anyway.
#pragma once

#include "base/expected.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify {

class SlipTable {
 public:
  /// Reads `text`, lines of MEANT [SLIP...]. The error says what is wrong and on which line, to
  /// be put behind the name of the list; it quotes 80 octets of the text at most.
  static Expected<SlipTable, std::string> parse(std::string_view text);

  /// What was meant by `domain`, lower case and A-labels, if the table knows the slip; never one of
  /// those that are meant themselves.
  std::optional<std::string> known_slip(std::string_view domain) const;

  /// The domain of the table that `domain` is nearly; the first of several that are as near. Absent
  /// where none is near, and for a domain of the table itself.
  std::optional<std::string> nearest(std::string_view domain) const;

  /// Is `domain` one that is meant?
  bool is_meant(std::string_view domain) const;

 private:
  friend class SlipTableReader;

  std::optional<std::string> with_its_end_corrected(std::string_view domain) const;

  std::vector<std::string> meant_;                           // domains, in the order of the table
  std::map<std::string, std::string, std::less<>> by_slip_;  // domains, and ends with their dot
};

}  // namespace leadverify
