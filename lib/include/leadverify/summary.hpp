// What a run came to: counts by status and reason, and what it cost others.
#pragma once

#include <leadverify/result.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace leadverify {

struct Summary {
  bool complete = true;     // false where the run was stopped before its end
  std::uint64_t total = 0;  // result records; valid + invalid + catch_all + unknown
  std::uint64_t valid = 0;
  std::uint64_t invalid = 0;
  std::uint64_t catch_all = 0;
  std::uint64_t unknown = 0;
  std::uint64_t greylisted = 0;             // records with greylist set
  std::uint64_t duplicates = 0;             // records with duplicate_of set
  std::uint64_t skipped = 0;                // input lines without an address (the caller's count)
  std::map<Reason, std::uint64_t> reasons;  // only those that occurred
  std::map<std::string, std::uint64_t> providers;  // likewise

  std::uint64_t connections = 0;       // TCP connections begun
  std::uint64_t recipients_asked = 0;  // RCPT commands sent, random recipients included
  std::uint64_t dns_queries = 0;       // questions put to DNS servers
  std::uint64_t mx_cache_hits = 0;     // MX lookups answered without a question
  std::chrono::milliseconds elapsed{0};

  /// Counts one more record.
  void count(const Result& result);

  /// Adds what another summary counts of records; not what it says of the run.
  void add(const Summary& other);
};

}  // namespace leadverify
