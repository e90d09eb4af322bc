// Results as they come of an ordinary run, for tests of how they are written.
#pragma once

#include <leadverify/result.hpp>

#include <memory>
#include <string>
#include <vector>

namespace leadverify {

/// An address that was accepted, with every field that is then known.
inline Result accepted_result() {
  using namespace std::chrono_literals;
  Result result;
  result.input.text = "Jane@Example.com";
  result.input.line = 17;
  result.email = "Jane@example.com";
  result.domain = "example.com";
  result.status = Status::valid;
  result.reason = Reason::accepted;
  result.confidence = Confidence::high;
  result.catch_all = false;
  result.code = 250;
  result.enhanced = EnhancedStatus{2, 1, 5};
  result.message = "OK";
  result.mx = "mx1.example.com";
  result.mx_ip = "192.0.2.1";
  result.stage = Stage::rcpt;
  result.attempts = 1;
  result.role = false;
  result.disposable = false;
  result.free = false;
  result.elapsed = 212ms;
  result.checked_at = std::chrono::sys_days{std::chrono::January / 18 / 2026} + 9h + 30min;
  return result;
}

inline Row make_row(std::vector<std::string> names, std::vector<Row::Value> values) {
  return {.names = std::make_shared<const std::vector<std::string>>(std::move(names)),
          .values = std::move(values)};
}

}  // namespace leadverify
