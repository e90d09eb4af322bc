// DNS messages on the wire (RFC 1035 §4), as much of them as mail asks for.
#pragma once

#include "base/ip.hpp"
#include "dns/answers.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace leadverify::world {

namespace dns_type {
inline constexpr std::uint16_t a = 1;
inline constexpr std::uint16_t cname = 5;
inline constexpr std::uint16_t soa = 6;
inline constexpr std::uint16_t ptr = 12;
inline constexpr std::uint16_t mx = 15;
inline constexpr std::uint16_t txt = 16;
inline constexpr std::uint16_t aaaa = 28;
inline constexpr std::uint16_t opt = 41;
}  // namespace dns_type

enum class ResponseCode : std::uint8_t {
  ok = 0,
  formerr = 1,
  servfail = 2,
  nxdomain = 3,
  notimp = 4,
  refused = 5,
};

struct Question {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;  // as they stand in the header
  std::string name;         // lower case, in the escapes of RFC 1035 §5.1
  std::string wire;         // name, type and class as they came, for the answer to repeat
  std::uint16_t type = 0;
  std::optional<std::size_t> udp_size;  // of EDNS (RFC 6891); absent: no EDNS
};

struct Alias {
  std::string target;
};

struct Text {
  std::string text;
};

struct Pointer {
  std::string target;
};

/// The least that a negative answer's SOA must say (RFC 2308).
struct Soa {
  std::chrono::seconds minimum{0};
};

struct ResourceRecord {
  std::string owner;
  std::chrono::seconds ttl{0};
  std::variant<IpAddress, MxRecord, Alias, Soa, Text, Pointer> content;
};

struct Response {
  ResponseCode code = ResponseCode::ok;
  bool truncated = false;
  std::vector<ResourceRecord> answers;
  std::vector<ResourceRecord> authority;
};

/// A standard query with one question; nothing if it is none.
std::optional<Question> read_question(std::string_view message);

std::string write_response(const Question& question, const Response& response);

}  // namespace leadverify::world
