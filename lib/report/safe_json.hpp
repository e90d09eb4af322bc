// JSON that others wrote, on its way into a line of ours.
//
// What nests deeper than anything that is meant is not taken: to copy, to write and to free it
// takes calls within calls, and the stack ends somewhere.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace leadverify {

/// `json` as a value; discarded where it is none, or nests more than `deepest` levels deep.
nlohmann::ordered_json parse_json(std::string_view json, int deepest);

/// safe_text() that leaves line ends and tabs as they are: in JSON they are escaped.
std::string safe_lines(std::string_view text, std::size_t limit);

/// `json` with each of its texts and keys, however deep they stand, made safe by safe_lines().
/// REQUIRES: it comes from parse_json().
nlohmann::ordered_json safe_json(const nlohmann::ordered_json& json);

}  // namespace leadverify
