// The record of a result as a JSON object, from which lines of every kind are made.
#pragma once

#include <leadverify/result.hpp>

#include <nlohmann/json.hpp>

namespace leadverify {

/// The keys in the order of docs/output.md, without `row`; every text is safe to show.
nlohmann::ordered_json record_of(const Result& result);

/// The columns or keys of the input that the record carries: an object, or null.
nlohmann::ordered_json row_of(const Row& row);

/// `json` as one line, without a line end.
std::string one_line(const nlohmann::ordered_json& json);

}  // namespace leadverify
