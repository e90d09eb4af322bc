#include "address/typing.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace leadverify {
namespace {

constexpr std::size_t longest = 64;
constexpr int one_letter = 2;
constexpr int same_letter_again = 1;
constexpr int other_letter = 3;

// Each of the three keyboards, row by row; in a row, keys beside each other.
constexpr std::array<std::array<std::string_view, 4>, 3> keyboards = {{
    {"1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"},
    {"1234567890-", "qwertzuiop", "asdfghjkl", "yxcvbnm"},
    {"1234567890-", "azertyuiop", "qsdfghjklm", "wxcvbn"},
}};

/// Are `a` and `b` beside each other in a row, or one above the other in rows of one keyboard?
constexpr bool are_neighbours(char a, char b) {
  for (const auto& rows : keyboards) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::size_t at = rows[row].find(a);
      if (at == std::string_view::npos) continue;
      const std::size_t beside = rows[row].find(b);
      if (beside != std::string_view::npos && (beside == at + 1 || at == beside + 1)) return true;
      // The row above is shifted to the left by about half a key.
      const std::size_t above = row > 0 ? rows[row - 1].find(b) : std::string_view::npos;
      if (above != std::string_view::npos && (above == at || above == at + 1)) return true;
      const std::size_t below = row + 1 < rows.size() ? rows[row + 1].find(b) : rows[row].npos;
      if (below != std::string_view::npos && (below == at || below + 1 == at)) return true;
    }
  }
  return false;
}

int exchange_cost(char typed, char meant) {
  if (typed == meant) return 0;
  return are_neighbours(typed, meant) ? one_letter : other_letter;
}

/// For the letter of `text` at `i` to be added or left out.
int single_cost(std::string_view text, std::size_t i) {
  return i > 0 && text[i] == text[i - 1] ? same_letter_again : one_letter;
}

using Row = std::array<int, longest + 1>;

}  // namespace

int typing_distance(std::string_view typed, std::string_view meant, int most) {
  const std::size_t shorter = std::min(typed.size(), meant.size());
  const std::size_t longer = std::max(typed.size(), meant.size());
  if (longer > longest || longer - shorter > static_cast<std::size_t>(most)) return most + 1;

  // Damerau's distance over neighbours (optimal string alignment), row by row; a row is the typed
  // text up to one letter, and its columns the meant text up to each.
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 1; j <= meant.size(); ++j) row[j] = row[j - 1] + single_cost(meant, j - 1);
  for (std::size_t i = 1; i <= typed.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = last[0] + single_cost(typed, i - 1);
    int least = row[0];
    for (std::size_t j = 1; j <= meant.size(); ++j) {
      row[j] = std::min({last[j] + single_cost(typed, i - 1),
                         row[j - 1] + single_cost(meant, j - 1),
                         last[j - 1] + exchange_cost(typed[i - 1], meant[j - 1])});
      const bool swapped =
          i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + one_letter);
      least = std::min(least, row[j]);
    }
    if (least > most + one_letter) return most + 1;
  }
  return std::min(row[meant.size()], most + 1);
}

}  // namespace leadverify
