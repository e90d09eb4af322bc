// The addresses that an earlier run left between those that it finished.
//
// A run reads in the order of the input and finishes in another one, no farther apart than
// what it takes in at once. So the input is read on only as far as the finished records reach,
// and what they leave out on the way is kept here; however long the list is, what is finished
// takes no room. The input is read once, and can be a pipe.
#pragma once

#include <leadverify/result.hpp>

#include "app/base/usage_error.hpp"
#include "app/resume/packed_inputs.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadverify::app {

class Gaps {
 public:
  /// The next address of the input; absent where there is none (any more).
  using NextInput = std::function<std::optional<Input>()>;

  /// `files` as they are named in `file` of the inputs; `output` is for messages.
  Gaps(std::vector<std::string> files, std::string output, NextInput next_input);

  /// Takes the address that `record` is of out of the input, and reads on to it where need
  /// be. Absent where the input gives out before. Throws UsageError where the record is of
  /// none of its addresses, or of one that was taken out.
  std::optional<Input> take(const Result& record);

  /// What to say where the input has ended before the address of `record`.
  UsageError beyond_input(const Result& record) const;

  /// Takes out the first address, in the order of the input, that was read and is left.
  std::optional<Input> take_left();

 private:
  using Place = PackedInputs::Place;  // its file by its number in `files_`

  std::vector<std::uint32_t> files_of(const Result& record) const;
  bool can_come(const std::vector<std::uint32_t>& files, std::uint64_t line) const;
  void leave(Input input);
  Input unpack(PackedInputs::Kept kept);
  void go_on_to(const Input& input);
  UsageError other_address(const Result& record, const std::string& found) const;
  UsageError misfit(const std::string& what) const;
  std::string place_of(const Result& record) const;

  std::vector<std::string> files_;
  std::string output_;
  NextInput next_input_;
  std::multimap<std::string, std::uint32_t>
      numbers_;  // of files, by their names as records show them
  Place at_{};   // the address that was read last
  PackedInputs left_;
  // What some of those carry into their records, or are.
  struct Carried {
    std::optional<Row> row;
    std::optional<std::string> remark;
    bool is_broken = false;
  };
  std::map<Place, Carried> carried_;
};

}  // namespace leadverify::app
