// The file of an earlier run, whatever has become of it, and the input that it is held against:
// what is kept of it and what is still to be done, or a refusal.
#include "app/resume/journal.hpp"

#include <leadverify/json_line.hpp>
#include <leadverify/record_reading.hpp>

#include "app/base/usage_error.hpp"
#include "app/resume/file_trim.hpp"
#include "app/resume/gaps.hpp"
#include "fuzz/memory_file.hpp"
#include "fuzz/target.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace leadverify::fuzz {
namespace {

using app::Gaps;
using app::Journal;
using app::Span;
using app::UsageError;

constexpr std::uint64_t inputs = 12;

Input input(std::uint64_t line) {
  return {
      .text = "user" + std::to_string(line) + "@example.org", .line = line, .file = std::nullopt};
}

/// What a run writes of the line, and its end.
std::string record(std::uint64_t line) {
  Result result;
  result.input = input(line);
  result.email = result.input.text;
  result.domain = "example.org";
  const bool unread = line % 5 == 0;
  result.reason = unread ? Reason::interrupted : Reason::user_unknown;
  result.status = status_of(result.reason);
  result.code = 550;
  result.enhanced = EnhancedStatus{.klass = 5, .subject = 1, .detail = 1};
  result.message = "No such user";
  return json_line(result) + "\n";
}

/// A journal in which `octets` have changed something, three at a time: what, and where.
std::string changed_journal(std::string_view octets) {
  std::string journal;
  const auto octet = [&](std::size_t index) {
    return index < octets.size() ? static_cast<unsigned char>(octets[index]) : 0U;
  };
  for (std::size_t i = 0; i < 8; ++i) journal += record(1 + (octet(0) + i * 5) % inputs);
  for (std::size_t i = 1; i < octets.size(); i += 3) {
    const std::size_t at = (octet(i + 1) << 8 | octet(i + 2)) % (journal.size() + 1);
    const std::size_t line = journal.rfind('\n', at) + 1;  // where it begins
    switch (octet(i) % 8) {
      case 0: journal.resize(at); break;
      case 1: journal.erase(at, 1 + octet(i) / 8); break;
      case 2: journal.insert(at, std::string(octet(i) / 8, '\0')); break;
      case 3:
        journal.insert(std::min(line, journal.size()), record(1 + octet(i) / 8 % inputs));
        break;
      case 4: journal.insert(std::min(line, journal.size()), json_line(Summary{}) + "\n"); break;
      case 5: journal.insert(at, 1, '\n'); break;
      case 6: journal.append(record(1 + octet(i) / 8 % inputs), 0, at % 300); break;
      case 7:
        if (at < journal.size()) journal[at] = static_cast<char>(octet(i + 2) ^ octet(i));
    }
  }
  return journal;
}

/// The octets of `text` in `spans`; they have to be whole lines, in order.
std::string kept_of(std::string_view text, const std::vector<Span>& spans) {
  std::string kept;
  std::uint64_t behind = 0;
  for (const Span& span : spans) {
    require(span.begin < span.end && span.end <= text.size(), "what is kept is in the file");
    require(kept.empty() || span.begin > behind, "what is kept is in order, and apart");
    require(span.begin == 0 || text[span.begin - 1] == '\n', "what is kept begins a line");
    require(text[span.end - 1] == '\n', "what is kept ends a line");
    kept += text.substr(span.begin, span.end - span.begin);
    behind = span.end;
  }
  return kept;
}

void check_kept(std::string_view kept, const std::vector<Result>& records) {
  for (const Result& record : records) {
    const std::size_t end = kept.find('\n');
    require(end != std::string_view::npos, "each record is kept");
    const auto again = read_result(kept.substr(0, end));
    require(again && json_line(*again) == json_line(record), "a record is kept as it was read");
    require(record.reason != Reason::interrupted, "what was not done is not kept");
    kept.remove_prefix(end + 1);
  }
  require(kept.empty(), "nothing but records is kept");
}

/// The lines of an input that is read once.
class Source {
 public:
  std::optional<Input> next() {
    if (read_ == inputs) return std::nullopt;
    return input(++read_);
  }

 private:
  std::uint64_t read_ = 0;
};

/// Every line of the input is done, or left to do; none is both.
void check_plan(const std::vector<Result>& records) {
  Source source;
  Gaps gaps({"list"}, "out", [&] { return source.next(); });
  std::set<std::uint64_t> lines;
  const auto add = [&](const Input& found) {
    require(found.text == input(found.line).text, "an input stays as it came in");
    require(lines.insert(found.line).second, "no line is done and left to do");
  };
  for (const Result& record : records) {
    const auto taken = gaps.take(record);
    if (!taken) throw gaps.beyond_input(record);
    require(taken->line == record.input.line, "a record is of its line");
    add(*taken);
  }
  while (const auto left = gaps.take_left()) add(*left);
  while (const auto unread = source.next()) add(*unread);
  require(lines.size() == inputs, "each line is done, or left to do");
}

/// False where the journal is refused.
bool check_journal(const std::string& text) {
  const MemoryFile file(text);
  std::vector<Result> records;
  std::vector<Span> kept;
  try {
    Journal journal(file.descriptor().number(), "out");
    while (auto record = journal.next()) records.push_back(*std::move(record));
    kept = journal.kept();
    check_kept(kept_of(text, kept), records);
    check_plan(records);
  } catch (const UsageError& refusal) {
    require(!std::string_view(refusal.what()).empty(), "a refusal says why");
    return false;
  }
  const bool loses_its_end_alone = kept.size() <= 1 && (kept.empty() || kept.front().begin == 0);
  if (!loses_its_end_alone) return true;
  app::trim_file(file.descriptor(), file.path(), kept);
  require(file.read() == kept_of(text, kept), "the file holds what is kept");
  return true;
}

/// 'j' and what has changed in a journal; or a journal as it stands.
void run(Octets octets) {
  const std::string_view text = as_text(octets);
  if (!text.starts_with('j')) {
    check_journal(std::string(text));
    return;
  }
  const bool is_taken_up = check_journal(changed_journal(text.substr(1)));
  require(is_taken_up || text.size() > 2, "a journal that nothing has changed is taken up");
}

const Registration registration({.name = "journal", .run = run});

}  // namespace
}  // namespace leadverify::fuzz
