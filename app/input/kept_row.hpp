// What an item carries into its record, gathered as long as there is room.
#pragma once

#include <leadverify/result.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leadverify::app {

/// Octets of one value; a longer one is cut.
inline constexpr std::size_t longest_kept_value = 1024;

class KeptRow {
 public:
  using Names = std::shared_ptr<const std::vector<std::string>>;

  /// A value is to come for each of `names`.
  explicit KeptRow(Names names);

  /// The next value; cut where it is too long, or there is no room left in the row.
  void add_text(std::string text);
  /// The same for JSON, which is text once it was cut.
  void add_json(std::string json);

  Row take() { return std::move(row_); }

 private:
  bool cut(std::string& text);

  Row row_;
  std::size_t room_;  // octets
};

}  // namespace leadverify::app
