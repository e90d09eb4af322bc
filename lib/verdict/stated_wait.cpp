#include "verdict/stated_wait.hpp"

#include "verdict/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace leadverify {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds longest = hours{24 * 7};

/// Runs of letters, and runs of digits with the colons between them.
struct Piece {
  std::string spelling;  // folded
  bool number = false;
  bool after_space = true;  // false where it hangs on a mark: "DOC-1369", "#451", "4.7.1"
  bool bracketed = false;   // a bracket or '=' stands before it
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// The end of the word at `at` if it is a URL, an address or a host name: nothing to read there.
std::size_t end_of_name(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !is_space(text[end])) ++end;
  const std::string_view chunk = text.substr(at, end - at);
  const bool name = chunk.find("://") != std::string_view::npos ||
                    chunk.find('@') != std::string_view::npos ||
                    std::count(chunk.begin(), chunk.end(), '.') >= 3;
  return name ? end : at;
}

std::vector<Piece> cut(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool after_space = at == 0 || is_space(text[at - 1]) || text[at - 1] == '(';
    if (after_space) {
      const std::size_t end = end_of_name(text, at);
      if (end != at) {
        at = end;
        continue;
      }
    }
    if (is_digit(text[at])) {
      Piece piece{{}, true, after_space, false};
      while (at < text.size() && (is_digit(text[at]) || (text[at] == ':' && at + 1 < text.size() &&
                                                         is_digit(text[at + 1])))) {
        piece.spelling += text[at++];
      }
      pieces.push_back(std::move(piece));
      continue;
    }
    FoldedLetter letter = fold_letter(text.substr(at));
    if (letter.ascii.empty()) {
      at += letter.octets;
      continue;
    }
    Piece piece{{}, false, after_space, false};
    while (at < text.size() && !is_digit(text[at])) {
      letter = fold_letter(text.substr(at));
      if (letter.ascii.empty() && !letter.silent) break;
      piece.spelling += letter.ascii;
      at += letter.octets;
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <std::size_t N>
bool begins_as_one_of(std::string_view word, const std::array<std::string_view, N>& stems) {
  return std::any_of(
      stems.begin(), stems.end(), [&](std::string_view stem) { return word.starts_with(stem); });
}

/// How long one `unit` is; zero: the word is no unit of time.
seconds length_of(std::string_view unit) {
  static constexpr std::array<std::string_view, 7> second_words = {
      "s", "sec", "secs", "seg", "sek", "sekund", "sekundy"};
  static constexpr std::array<std::string_view, 7> second_stems = {
      "second", "sekunde", "segundo", "seconde", "secondi", "sekund", "sekund"};
  static constexpr std::array<std::string_view, 5> minute_words = {"m", "min", "mins", "mn", "mnt"};
  static constexpr std::array<std::string_view, 4> minute_stems = {
      "minut", "minuut", "minuto", "minuti"};
  static constexpr std::array<std::string_view, 12> hour_words = {"h",
                                                                  "hr",
                                                                  "hrs",
                                                                  "hour",
                                                                  "hours",
                                                                  "stunde",
                                                                  "stunden",
                                                                  "heure",
                                                                  "heures",
                                                                  "hora",
                                                                  "horas",
                                                                  "uur"};
  static constexpr std::array<std::string_view, 4> hour_stems = {"godzin", "chas", "ore", "ora"};
  if (is_one_of(unit, second_words) || begins_as_one_of(unit, second_stems)) return seconds{1};
  if (is_one_of(unit, minute_words) || begins_as_one_of(unit, minute_stems)) return minutes{1};
  if (is_one_of(unit, hour_words) || is_one_of(unit, hour_stems)) return hours{1};
  return seconds{0};
}

bool leads_to_a_wait(std::string_view word) {
  static constexpr std::array words = std::to_array<std::string_view>(
      {"in",      "for",     "after", "wait",    "another", "least",     "about",  "approximately",
       "retry",   "delay",   "back",  "again",   "next",    "remaining", "more",   "nach",
       "fur",     "warten",  "dans",  "pendant", "apres",   "attendre",  "en",     "por",
       "durante", "despues", "tra",   "fra",     "dopo",    "em",        "apos",   "over",
       "na",      "za",      "przez", "po",      "cherez",  "until",     "expires"});
  return is_one_of(word, words);
}

bool rules_a_wait_out(std::string_view word) {
  static constexpr std::array words = std::to_array<std::string_view>({"last",
                                                                       "past",
                                                                       "previous",
                                                                       "within",
                                                                       "every",
                                                                       "each",
                                                                       "letzten",
                                                                       "derniers",
                                                                       "dernieres",
                                                                       "ultimos",
                                                                       "ultimas",
                                                                       "ultimi",
                                                                       "laatste",
                                                                       "ostatnich",
                                                                       "poslednie"});
  return is_one_of(word, words);
}

std::optional<unsigned> number_in(std::string_view text) {
  unsigned value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "00:05:00" or "05:00".
std::optional<seconds> clock_time(std::string_view text) {
  seconds sum{0};
  int parts = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const auto part = number_in(text.substr(0, end));
    if (!part || end > 3 || ++parts > 3) return std::nullopt;
    sum = sum * 60 + seconds{*part};
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts >= 2 ? std::optional(sum) : std::nullopt;
}

std::optional<seconds> in_bounds(std::optional<seconds> wait) {
  if (wait && *wait >= seconds{1} && *wait <= longest) return wait;
  return std::nullopt;
}

}  // namespace

std::optional<seconds> stated_wait(std::string_view text) {
  const std::vector<Piece> pieces = cut(text);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].number || !pieces[i].after_space || i == 0) continue;
    // A word or two may stand between: "in about 5 minutes", "wait at least 300 seconds".
    const std::size_t from = i < 3 ? 0 : i - 3;
    bool led = leads_to_a_wait(pieces[i - 1].spelling);
    bool ruled_out = false;
    for (std::size_t w = from; w < i; ++w)
      ruled_out = ruled_out || rules_a_wait_out(pieces[w].spelling);
    if (!led || ruled_out) continue;

    if (const auto wait = in_bounds(clock_time(pieces[i].spelling))) return wait;
    const auto number = number_in(pieces[i].spelling);
    if (!number || i + 1 == pieces.size() || *number > 1'000'000) continue;
    seconds wait = *number * length_of(pieces[i + 1].spelling);
    // "1 hour 30 minutes", "4 min 30 s"
    if (wait > seconds{0} && i + 3 < pieces.size() && pieces[i + 2].number &&
        length_of(pieces[i + 3].spelling) > seconds{0} &&
        length_of(pieces[i + 3].spelling) < length_of(pieces[i + 1].spelling)) {
      if (const auto rest = number_in(pieces[i + 2].spelling))
        wait += *rest * length_of(pieces[i + 3].spelling);
    }
    if (const auto stated = in_bounds(wait)) return stated;
  }
  return std::nullopt;
}

}  // namespace leadverify
