#include "app/settings/nearest_name.hpp"

#include <algorithm>
#include <vector>

namespace leadverify::app {
namespace {

/// How many letters have to be changed, added, left out or swapped with their neighbour.
std::size_t distance(std::string_view one, std::string_view other) {
  std::vector<std::vector<std::size_t>> cost(one.size() + 1,
                                             std::vector<std::size_t>(other.size() + 1));
  for (std::size_t i = 0; i <= one.size(); ++i) {
    for (std::size_t j = 0; j <= other.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t change = one[i - 1] == other[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      const bool swapped =
          i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[one.size()][other.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view word, std::span<const std::string> names) {
  // Longer words are no option at all, and would take their time.
  if (word.size() > 80) return {};
  const std::size_t near = word.size() < 6 ? 1 : 2;
  std::string_view nearest;
  std::size_t least = near + 1;
  for (const std::string& name : names) {
    if (word.size() > 2 && name.starts_with(word)) return name;
    const std::size_t changes = distance(word, name);
    if (changes < least && changes < word.size()) {
      least = changes;
      nearest = name;
    }
  }
  return nearest;
}

std::string suggestion(std::string_view word,
                       std::span<const std::string> names,
                       std::string_view before) {
  const std::string_view nearest = nearest_name(word, names);
  if (nearest.empty()) return {};
  return ": did you mean '" + std::string(before) + std::string(nearest) + "'?";
}

}  // namespace leadverify::app
