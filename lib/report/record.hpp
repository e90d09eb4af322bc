// The record of a result as a JSON object, from which lines of every kind are made.
#pragma once

#include <leadverify/result.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace leadverify {

// Octets of UTF-8 that a record gives each kind of text, beside those in leadverify/json_line.hpp.
// Together with the names of the keys they keep a record without a row under 8 KiB even if every
// character of it has to be escaped.
inline constexpr std::size_t name_limit = 255;  // a domain or host name
inline constexpr std::size_t sentence_limit =
    512;                                       // a server's message, our own error, a traced line
inline constexpr std::size_t word_limit = 64;  // an IP address, a provider

/// "2026-01-18T09:30:00Z" (RFC 3339)
std::string write_time(std::chrono::system_clock::time_point time);

/// The keys in the order of docs/output.md, without `row`; every text is safe to show.
nlohmann::ordered_json record_of(const Result& result);

/// The columns or keys of the input that the record carries: an object, or null.
nlohmann::ordered_json row_of(const Row& row);

/// `json` as one line, without a line end.
std::string one_line(const nlohmann::ordered_json& json);

}  // namespace leadverify
