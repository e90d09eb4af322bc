#include <leadverify/json_line.hpp>

#include "report/record.hpp"

namespace leadverify {

std::string json_line(const Result& result) {
  nlohmann::ordered_json record = record_of(result);
  if (result.input.row) record["row"] = row_of(*result.input.row);
  return one_line(record);
}

}  // namespace leadverify
