#include "app/resume/gaps.hpp"

#include <leadverify/json_line.hpp>

#include <algorithm>

namespace leadverify::app {
namespace {

/// `text` as a record has it.
std::string shown(std::string_view text) {
  return safe_text(text, longest_address);
}

}  // namespace

Gaps::Gaps(std::vector<std::string> files, std::string output, NextInput next_input)
    : files_(std::move(files)), output_(std::move(output)), next_input_(std::move(next_input)) {
  for (std::uint32_t number = 0; number < files_.size(); ++number) {
    numbers_.emplace(safe_text(files_[number], longest_path), number);
  }
}

std::optional<Input> Gaps::take(const Result& record) {
  const std::uint64_t line = record.input.line;
  const std::vector<std::uint32_t> files = files_of(record);
  std::optional<std::string> other;  // what stands there instead
  for (const std::uint32_t file : files) {
    const std::optional<std::string_view> text = left_.find({file, line});
    if (text && shown(*text) == record.input.text) return unpack(*left_.take({file, line}));
    if (text) other = shown(*text);
  }
  while (can_come(files, line)) {
    std::optional<Input> input = next_input_();
    if (!input) return std::nullopt;
    go_on_to(*input);
    const bool is_here = at_.second == line && std::ranges::find(files, at_.first) != files.end();
    if (is_here && shown(input->text) == record.input.text) return input;
    if (is_here) other = shown(input->text);
    leave(*std::move(input));
  }
  if (other) throw other_address(record, *other);
  throw misfit(place_of(record) + " holds no address, or its record stands there twice");
}

UsageError Gaps::beyond_input(const Result& record) const {
  return misfit("there is a record of " + place_of(record) + ", and the input ends before it");
}

std::optional<Input> Gaps::take_left() {
  auto first = left_.take_first();
  if (!first) return std::nullopt;
  return unpack(*std::move(first));
}

/// The files that `record` can be of, by number: one that is named twice is read twice, and two
/// names can look alike.
std::vector<std::uint32_t> Gaps::files_of(const Result& record) const {
  const std::optional<std::string>& name = record.input.file;
  if (files_.size() == 1) {
    if (name) throw misfit("a record names its input file, " + *name + ", and this run has one");
    return {0};
  }
  if (!name) throw misfit("a record names no input file, and this run has more than one");
  std::vector<std::uint32_t> files;
  const auto [first, last] = numbers_.equal_range(*name);
  for (auto entry = first; entry != last; ++entry) files.push_back(entry->second);
  if (files.empty()) throw misfit("a record is of " + *name + ", which is no input of this run");
  return files;
}

/// Is a line of one of `files` still to be read?
bool Gaps::can_come(const std::vector<std::uint32_t>& files, std::uint64_t line) const {
  return std::ranges::any_of(files, [&](std::uint32_t file) { return at_ < Place(file, line); });
}

void Gaps::go_on_to(const Input& input) {
  std::uint32_t file = at_.first;
  if (input.file) {
    // A line that comes no later than the last one is of the next file of that name.
    if (files_[file] == *input.file && input.line <= at_.second) ++file;
    while (files_[file] != *input.file) ++file;
  }
  at_ = {file, input.line};
}

/// Keeps the address that was read last, with what it carries.
void Gaps::leave(Input input) {
  left_.keep(at_, input.text);
  if (!input.row && !input.remark && !input.is_broken) return;
  carried_.emplace(at_,
                   Carried{.row = std::move(input.row),
                           .remark = std::move(input.remark),
                           .is_broken = input.is_broken});
}

Input Gaps::unpack(PackedInputs::Kept kept) {
  Input input{.text = std::move(kept.text), .line = kept.place.second, .file = std::nullopt};
  if (files_.size() > 1) input.file = files_[kept.place.first];
  auto carried = carried_.extract(kept.place);
  if (carried.empty()) return input;
  input.row = std::move(carried.mapped().row);
  input.remark = std::move(carried.mapped().remark);
  input.is_broken = carried.mapped().is_broken;
  return input;
}

UsageError Gaps::other_address(const Result& record, const std::string& found) const {
  return misfit(place_of(record) + " is '" + found + "', and its record says '" +
                record.input.text + "'");
}

UsageError Gaps::misfit(const std::string& what) const {
  return UsageError("the records in " + output_ + " are not of this input: " + what +
                    "; resume with the input that they were made from, or name another output");
}

std::string Gaps::place_of(const Result& record) const {
  const std::string line = "line " + std::to_string(record.input.line);
  return record.input.file ? line + " of " + *record.input.file : line;
}

}  // namespace leadverify::app
