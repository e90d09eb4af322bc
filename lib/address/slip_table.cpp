#include "address/slip_table.hpp"

#include "address/ascii.hpp"
#include "address/domain_name.hpp"
#include "address/typing.hpp"
#include "base/word_lines.hpp"

#include <algorithm>
#include <utility>

namespace leadverify {
namespace {

// How near a domain has to be, in halves of a slip. In a short name every letter counts for more:
// many a company is as near to gmx.de as its slips are.
constexpr int near_short_name = 2;
constexpr int near_long_name = 4;
constexpr std::size_t long_name = 5;  // letters before the first dot

int nearness_wanted(std::string_view meant) {
  return meant.find('.') < long_name ? near_short_name : near_long_name;
}

/// A domain, or its end with a dot before it, in lower case; absent: it is neither.
std::optional<std::string> domain_or_end(std::string_view word) {
  const bool is_end = word.starts_with('.');
  // One label is no domain, but it is an end.
  const auto domain = normalise_domain(is_end ? "x" + std::string(word) : std::string(word));
  if (!domain) return std::nullopt;
  return is_end ? domain->substr(1) : *domain;
}

}  // namespace

/// Reads a table line by line; each of its parts says what is wrong, or nothing.
class SlipTableReader {
 public:
  using Fault = std::optional<std::string>;

  explicit SlipTableReader(std::string_view text) : lines_(text) {}

  Expected<SlipTable, std::string> read() {
    while (lines_.next()) {
      if (const Fault fault = read_line(lines_.words())) {
        return Unexpected("line " + std::to_string(lines_.number()) + " " + *fault);
      }
    }
    for (const auto& [slip, meant] : table_.by_slip_) {
      if (!table_.by_slip_.contains(meant) && !table_.is_meant(slip)) continue;
      const std::string& both = table_.is_meant(slip) ? slip : meant;
      return Unexpected("calls " + in_quotes(both) + " a slip, and also what is meant by one");
    }
    return std::move(table_);
  }

 private:
  Fault read_line(const std::vector<std::string_view>& words) {
    const auto meant = domain_or_end(words[0]);
    if (!meant) return unfit(words[0]);
    const bool is_end = meant->starts_with('.');
    if (!is_end && !table_.is_meant(*meant)) table_.meant_.push_back(*meant);
    for (std::size_t i = 1; i < words.size(); ++i) {
      auto slip = domain_or_end(words[i]);
      if (!slip) return unfit(words[i]);
      if (slip->starts_with('.') != is_end) {
        return "has " + in_quotes(words[i]) + " beside " + in_quotes(words[0]) +
               ": an end stands for an end, a domain for a domain";
      }
      if (!table_.by_slip_.emplace(*std::move(slip), *meant).second) {
        return "repeats the slip " + in_quotes(words[i]);
      }
    }
    return std::nullopt;
  }

  static Fault unfit(std::string_view word) {
    return "wants domains, as in example.org, or ends of them, as in .org, not " + in_quotes(word);
  }

  WordLines lines_;
  SlipTable table_;
};

Expected<SlipTable, std::string> SlipTable::parse(std::string_view text) {
  return SlipTableReader(text).read();
}

bool SlipTable::is_meant(std::string_view domain) const {
  return std::ranges::find(meant_, domain) != meant_.end();
}

std::optional<std::string> SlipTable::known_slip(std::string_view domain) const {
  if (const auto slip = by_slip_.find(domain); slip != by_slip_.end()) return slip->second;
  const auto corrected = with_its_end_corrected(domain);
  if (!corrected) return std::nullopt;
  // gmial.con has two.
  const auto slip = by_slip_.find(*corrected);
  return slip == by_slip_.end() ? corrected : slip->second;
}

std::optional<std::string> SlipTable::with_its_end_corrected(std::string_view domain) const {
  for (std::size_t dot = domain.find('.'); dot != domain.npos; dot = domain.find('.', dot + 1)) {
    const auto slip = by_slip_.find(domain.substr(dot));
    if (slip != by_slip_.end()) return std::string(domain.substr(0, dot)) + slip->second;
  }
  return std::nullopt;
}

std::optional<std::string> SlipTable::nearest(std::string_view domain) const {
  const std::string* nearest = nullptr;
  int least = near_long_name + 1;
  for (const std::string& meant : meant_) {
    const int most = std::min(nearness_wanted(meant), least - 1);
    const int distance = typing_distance(domain, meant, most);
    if (distance == 0) return std::nullopt;
    if (distance > most) continue;
    nearest = &meant;
    least = distance;
  }
  if (nearest == nullptr) return std::nullopt;
  return *nearest;
}

}  // namespace leadverify
