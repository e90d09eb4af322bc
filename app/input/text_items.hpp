// Text with one address a line.
//
// Lines that are blank or begin with '#' are skipped.
#pragma once

#include "app/input/item_reader.hpp"
#include "app/input/text_line.hpp"

namespace leadverify::app {

class TextItems : public ItemReader {
 public:
  TextItems();

  std::optional<Input> next(std::string_view& octets) override;
  std::optional<Input> last() override;

 private:
  std::optional<Input> item_on(Line line);

  LineCutter cutter_;
};

}  // namespace leadverify::app
