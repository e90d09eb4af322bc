// JSON lines: an object with a key that holds the address, or a bare string, on each line.
//
// Blank lines are skipped, and so are summaries: what one run wrote, the next can read.
#pragma once

#include "app/input/item_reader.hpp"
#include "app/input/text_line.hpp"

namespace leadverify::app {

class JsonlItems : public ItemReader {
 public:
  explicit JsonlItems(Dialect dialect);

  std::optional<Input> next(std::string_view& octets) override;
  std::optional<Input> last() override;

 private:
  std::optional<Input> item_on(const Line& line);
  std::nullopt_t skip();

  Dialect dialect_;
  std::string key_;                                             // that holds the address
  std::shared_ptr<const std::vector<std::string>> kept_names_;  // none with Keep::all
  LineCutter cutter_;
};

}  // namespace leadverify::app
