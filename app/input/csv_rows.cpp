#include "app/input/csv_rows.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view without_spaces_before(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

std::string_view without_carriage_return(std::string_view line) {
  return line.substr(0, line.size() - (line.ends_with('\r') ? 1 : 0));
}

/// Offset behind the quote that closes what `quoted`, the octets behind an opening quote, is;
/// its size where nothing closes it.
std::size_t behind_closing_quote(std::string_view quoted) {
  std::size_t at = 0;
  while (true) {
    const std::size_t quote = quoted.find('"', at);
    if (quote == npos) return quoted.size();
    if (!quoted.substr(quote + 1).starts_with('"')) return quote + 1;
    at = quote + 2;
  }
}

}  // namespace

std::optional<std::size_t> RowEnd::find(std::string_view octets) {
  std::size_t feed = octets.find('\n');
  std::size_t at = 0;
  while (at < octets.size()) {
    if (place_ == Place::quoted) {
      const std::size_t quote = octets.find('"', at);
      if (quote == npos) return std::nullopt;
      place_ = Place::behind_quote;
      at = quote + 1;
      continue;
    }
    if (feed < at) feed = octets.find('\n', at);
    const std::string_view line = octets.substr(at, feed - at);
    const std::size_t quote = line.find('"');
    if (quote == npos && feed != npos) {
      begin_row();
      return feed;
    }
    place_ = behind(line.substr(0, quote));
    if (quote == npos) return std::nullopt;
    if (place_ != Place::cell) place_ = Place::quoted;
    at += quote + 1;
  }
  return std::nullopt;
}

/// Where the octets are once `unquoted` has come, in which there is neither a quote nor a line
/// feed.
RowEnd::Place RowEnd::behind(std::string_view unquoted) const {
  if (unquoted.empty()) return place_;
  const std::size_t delimiter = unquoted.find_last_of(delimiters_);
  if (delimiter == npos && place_ != Place::before_cell) return Place::cell;
  const std::string_view begun = unquoted.substr(delimiter == npos ? 0 : delimiter + 1);
  return without_spaces_before(begun).empty() ? Place::before_cell : Place::cell;
}

std::optional<CsvRow> RowCutter::next(std::string_view& octets) {
  while (!unread_.empty()) {
    if (const std::optional<CsvRow> row = take_anew()) return row;
  }
  return octets.empty() ? std::nullopt : take_from(octets);
}

std::optional<CsvRow> RowCutter::last() {
  while (!unread_.empty()) {
    if (const std::optional<CsvRow> row = take_anew()) return row;
  }
  if (held_.empty()) return std::nullopt;
  if (dropping_) return take_held(CsvRow::Flaw::cut);
  if (!end_.is_quoted()) return take_held(CsvRow::Flaw::none);
  return held_.find('\n') == npos ? take_held(CsvRow::Flaw::unclosed) : take_first_line();
}

std::optional<CsvRow> RowCutter::take_from(std::string_view& octets) {
  if (dropping_) {
    const std::size_t feed = octets.find('\n');
    octets.remove_prefix(feed == npos ? octets.size() : feed + 1);
    if (feed == npos) return std::nullopt;
    return take_held(CsvRow::Flaw::cut);
  }
  const std::string_view part = octets.substr(0, longest_row - held_.size());
  const std::optional<std::size_t> end = end_.find(part);
  octets.remove_prefix(end ? *end + 1 : part.size());
  if (end && held_.empty()) return row(part.substr(0, *end), CsvRow::Flaw::none);
  held_ += part.substr(0, end.value_or(npos));
  if (end) return take_held(CsvRow::Flaw::none);
  if (held_.size() < longest_row) return std::nullopt;

  // Over line ends it can have come by a quote alone.
  if (held_.find('\n') != npos) return take_first_line();
  dropping_ = true;
  return std::nullopt;
}

/// Absent where the line goes on behind what is read anew.
std::optional<CsvRow> RowCutter::take_anew() {
  const std::size_t feed = unread_.find('\n');
  const std::string_view line = unread_.substr(0, feed);
  unread_.remove_prefix(feed == npos ? unread_.size() : feed + 1);
  end_.begin_row();
  end_.find(line);
  if (feed == npos) {
    held_ = line;
    return std::nullopt;
  }
  const auto flaw = end_.is_quoted() ? CsvRow::Flaw::unclosed : CsvRow::Flaw::none;
  end_.begin_row();
  return row(line, flaw);
}

CsvRow RowCutter::take_held(CsvRow::Flaw flaw) {
  given_.swap(held_);
  held_.clear();
  dropping_ = false;
  end_.begin_row();
  return row(given_, flaw);
}

CsvRow RowCutter::take_first_line() {
  const std::size_t feed = held_.find('\n');
  given_ = held_.substr(0, feed);
  anew_ = held_.substr(feed + 1);
  unread_ = anew_;
  held_.clear();
  end_.begin_row();
  return row(given_, CsvRow::Flaw::unclosed);
}

CsvRow RowCutter::row(std::string_view text, CsvRow::Flaw flaw) {
  const CsvRow row{.line = line_, .text = without_carriage_return(text), .flaw = flaw};
  line_ += 1;
  if (text.find('\n') != npos) {
    line_ += static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
  }
  return row;
}

void split_row(std::string_view row, char delimiter, std::vector<std::string_view>& cells) {
  cells.clear();
  for (std::size_t begin = 0; begin <= row.size();) {
    const std::string_view rest = row.substr(begin);
    const std::string_view inside = delimiter == ' ' ? rest : without_spaces_before(rest);
    std::size_t at = 0;
    if (inside.starts_with('"')) {
      at = rest.size() - inside.size() + 1 + behind_closing_quote(inside.substr(1));
    }
    const std::size_t end = std::min(rest.find(delimiter, at), rest.size());
    cells.push_back(rest.substr(0, end));
    begin += end + 1;
  }
}

std::string cell_text(std::string_view cell, std::size_t limit) {
  std::string_view inside = without_spaces_before(cell);
  if (!inside.starts_with('"')) return std::string(cell.substr(0, limit));

  inside.remove_prefix(1);
  const std::size_t end = behind_closing_quote(inside);
  std::string_view quoted = inside.substr(0, end);
  std::string_view behind = inside.substr(end);
  std::string text;
  while (!quoted.empty() && text.size() < limit) {
    const std::size_t quote = quoted.find('"');
    text += quoted.substr(0, quote);
    // Of two quotes one is meant; one alone closes.
    if (quote != npos && quoted.substr(quote + 1).starts_with('"')) text += '"';
    quoted.remove_prefix(quote == npos ? quoted.size() : std::min(quote + 2, quoted.size()));
  }
  behind = behind.substr(0, behind.find_last_not_of(' ') + 1);
  text += behind;
  if (text.size() > limit) text.resize(limit);
  return text;
}

}  // namespace leadverify::app
