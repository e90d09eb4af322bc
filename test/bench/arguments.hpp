// The arguments of a benchmark: `--name value` pairs, each with a standard value.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace leadverify::bench {

class Arguments {
 public:
  /// What follows `--` is kept for rest(). An odd word ends the program with a complaint.
  Arguments(int count, char** words);

  std::uint64_t number(const std::string& name, std::uint64_t standard);
  std::string word(const std::string& name, const std::string& standard);
  bool has(const std::string& name) const { return values_.contains(name); }
  const std::vector<std::string>& rest() const { return rest_; }

  /// To be called when all were asked for: one that nobody asked for ends the program.
  void refuse_others() const;

 private:
  std::map<std::string, std::string> values_;
  std::map<std::string, bool> known_;
  std::vector<std::string> rest_;
};

}  // namespace leadverify::bench
