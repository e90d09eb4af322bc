// A list of addresses, from its octets to its records: one for each line that is not skipped.
#include <leadverify/json_line.hpp>
#include <leadverify/verifier.hpp>

#include "app/input/line_source.hpp"
#include "app/input/text_line.hpp"
#include "fuzz/item_promises.hpp"
#include "fuzz/memory_file.hpp"
#include "fuzz/target.hpp"

#include <optional>
#include <set>
#include <string>

namespace leadverify::fuzz {
namespace {

using app::Line;
using app::LineCutter;
using app::LineSource;

constexpr std::string_view white_space = " \t\r\v\f";

struct Lines {
  std::set<std::uint64_t> with_address;
  std::uint64_t skipped = 0;
};

std::string_view without_mark(std::string_view text) {
  return text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

/// What the input has to come to, by the rule alone: blank lines and comments are skipped.
Lines expected_of(std::string_view text) {
  Lines lines;
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(white_space);
    const bool has_address = begin != std::string_view::npos && line[begin] != '#';
    if (has_address) {
      lines.with_address.insert(number);
    } else {
      ++lines.skipped;
    }
  }
  return lines;
}

std::vector<Line> cut_lines(const std::vector<std::string_view>& pieces, std::size_t longest) {
  LineCutter cutter(longest);
  std::vector<Line> lines;
  for (std::string_view piece : pieces) {
    while (auto line = cutter.next(piece)) lines.push_back(*std::move(line));
    require(piece.empty(), "all octets are taken");
  }
  if (auto line = cutter.last()) lines.push_back(*std::move(line));
  return lines;
}

void check_cutting(std::string_view text, std::size_t longest) {
  const std::vector<Line> whole = cut_lines({text}, longest);
  const std::vector<Line> pieces = cut_lines(cut(text), longest);
  require(whole.size() == pieces.size(), "lines hang on no cut");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    require(whole[i].text == pieces[i].text && whole[i].cut == pieces[i].cut, "nor do their texts");
    require(whole[i].number == i + 1, "lines are counted from 1");
    require(whole[i].text.size() <= longest, "a line is kept to its limit");
  }
}

void check_items(std::string_view text,
                 const LineSource& source,
                 const std::vector<Input>& inputs) {
  const std::optional<app::Items> read = promised_items({}, text);
  require(read && read->skipped == source.skipped(), "a text is a text, from wherever it comes");
  require(shown(*read) == shown(app::Items{.items = inputs}), "and its items are the same");
  for (const Input& input : inputs) {
    require(!input.is_broken || input.text.size() == 8192, "a line of text is read, if not cut");
    require(input.is_broken == input.remark.has_value(), "and there is nothing else to say of it");
  }
}

/// Every address gets its record, whatever it looks like.
void check_records(std::vector<Input> inputs, const Lines& expected) {
  Options options;
  options.depth = Depth::syntax;
  std::multiset<std::uint64_t> lines;
  Callbacks callbacks;
  callbacks.on_result = [&](const Result& result) {
    lines.insert(result.input.line);
    require(json_line(result).find('\n') == std::string::npos, "a record is one line");
    require(!result.duplicate_of || *result.duplicate_of < result.input.line,
            "a duplicate comes behind");
  };
  Verifier verifier(options, std::move(callbacks));
  for (Input& input : inputs) {
    require(verifier.submit(std::move(input)), "an open verifier takes addresses");
  }
  verifier.close();
  require(verifier.wait().total == inputs.size(), "the summary counts all records");
  require(lines.size() == expected.with_address.size() &&
              std::set(lines.begin(), lines.end()) == expected.with_address,
          "each input has one record");
}

void run(Octets octets) {
  const std::string_view text = as_text(octets);
  check_cutting(text, 16);
  check_cutting(text, 8192);

  const MemoryFile file(text);
  LineSource source({file.path()}, {}, -1);
  std::vector<Input> inputs;
  while (auto input = source.next()) inputs.push_back(*std::move(input));
  const bool utf_16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  require(source.fault().has_value() == utf_16, "only UTF-16 is refused");
  if (utf_16) return;

  check_items(without_mark(text), source, inputs);

  const Lines expected = expected_of(without_mark(text));
  require(source.finished(), "the input is read to its end");
  require(source.octets_read() == text.size(), "all octets are read");
  require(source.skipped() == expected.skipped, "what is skipped is counted");
  std::set<std::uint64_t> lines;
  for (const Input& input : inputs) {
    require(!input.text.empty() && input.text.size() <= 8192, "an address is a few KiB at most");
    require(lines.insert(input.line).second, "a line is one input");
  }
  require(lines == expected.with_address, "each line that is not skipped is an input");
  check_records(std::move(inputs), expected);
}

const Registration registration({.name = "input", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
