#include "app/input/text_line.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

constexpr std::string_view white_space = " \t\r\v\f";
constexpr std::string_view scheme = "mailto:";

std::string_view trim_front(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(white_space), text.size()));
}

std::string_view trim(std::string_view text) {
  const std::string_view rest = trim_front(text);
  return rest.substr(0, rest.find_last_not_of(white_space) + 1);
}

/// The first '<' of `text` that stands outside of quotes; where quotes do not match, the
/// last of all.
std::size_t find_bracket(std::string_view text) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == '\\' && quoted) ++at;
    if (at < text.size() && text[at] == '<' && !quoted) return at;
  }
  return text.rfind('<');
}

std::string_view without_brackets(std::string_view text) {
  if (!text.ends_with('>')) return text;
  const std::size_t open = find_bracket(text);
  if (open == std::string_view::npos) return text;
  const std::string_view inside = trim(text.substr(open + 1, text.size() - open - 2));
  return inside.empty() ? text : inside;
}

std::string_view without_scheme(std::string_view text) {
  const auto alike = [](char letter, char small) {
    return letter == small || (small != ':' && letter == small - ('a' - 'A'));
  };
  if (text.size() <= scheme.size() ||
      !std::equal(scheme.begin(), scheme.end(), text.begin(), [&](char small, char letter) {
        return alike(letter, small);
      })) {
    return text;
  }
  return trim_front(text.substr(scheme.size()));
}

}  // namespace

std::optional<Line> LineCutter::next(std::string_view& octets) {
  if (octets.empty()) return std::nullopt;

  begun_ = true;
  const std::size_t end = octets.find('\n');
  append(octets.substr(0, end));
  if (end == std::string_view::npos) {
    octets = {};
    return std::nullopt;
  }
  octets.remove_prefix(end + 1);
  return take();
}

std::optional<Line> LineCutter::last() {
  if (!begun_) return std::nullopt;
  return take();
}

void LineCutter::append(std::string_view part) {
  if (kept_.empty()) part = trim_front(part);
  const std::size_t room = longest_ - kept_.size();
  kept_ += part.substr(0, room);
  if (part.size() <= room || cut_) return;
  cut_ = !trim_front(part.substr(room)).empty();
}

Line LineCutter::take() {
  Line line{.number = ++number_, .text = std::move(kept_), .cut = cut_};
  if (!cut_) line.text.resize(line.text.find_last_not_of(white_space) + 1);
  kept_.clear();
  begun_ = false;
  cut_ = false;
  return line;
}

std::string_view address_in(std::string_view text) {
  return without_scheme(without_brackets(trim(text)));
}

}  // namespace leadverify::app
