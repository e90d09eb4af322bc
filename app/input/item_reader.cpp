#include "app/input/item_reader.hpp"

#include "app/input/csv_items.hpp"
#include "app/input/jsonl_items.hpp"
#include "app/input/text_items.hpp"

namespace leadverify::app {

std::unique_ptr<ItemReader> make_item_reader(const std::string& file, const Dialect& dialect) {
  switch (format_of(file, dialect.format)) {
    case InputFormat::csv: return std::make_unique<CsvItems>(file, dialect);
    case InputFormat::jsonl: return std::make_unique<JsonlItems>(dialect);
    case InputFormat::text:
    case InputFormat::by_name: break;
  }
  return std::make_unique<TextItems>();
}

}  // namespace leadverify::app
