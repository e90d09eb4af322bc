// The world's DNS as a brain: question in, answer out, or none.
#pragma once

#include "base/time.hpp"
#include "dns/answers.hpp"
#include "world/counts.hpp"
#include "world/dns_message.hpp"
#include "world/script.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadverify::world {

class NameServer {
 public:
  enum class Transport : std::uint8_t { udp, tcp };
  struct Answer {
    std::string message;
    Duration after{0};  // the question
  };

  /// Both outlive it.
  NameServer(const Script& script, Counts& counts) : script_(script), counts_(counts) {}

  /// Nothing: the question stays without an answer.
  std::optional<Answer> answer(std::string_view message, Transport transport);

  /// What a resolver that asks here tells its user, for tests that do without octets.
  MxAnswer mx(const std::string& domain);
  /// Both families, v6 first.
  AddressAnswer addresses(const std::string& host);

  /// How long the one who asks for `name` waits; `most` where the question stays without an answer.
  Duration time_to_answer(const std::string& name, Duration most) const;

  /// The addresses that `host` leads to, CNAMEs followed; nothing is counted.
  std::vector<IpAddress> find_addresses(const std::string& host) const;

 private:
  struct Reply {
    Response response;
    Duration after{0};
    bool silent = false;
    bool garbage = false;
  };

  Reply look_up(const std::string& name, std::uint16_t type, Transport transport);
  /// Takes what the script's `dns` lines say of the question into `reply`; false: answer plainly.
  bool depart(const std::string& key, const Name& name, Transport transport, Reply& reply);
  const DnsManner* find_manner(const std::string& key, const Name& name);
  /// The plain answer: CNAMEs, then records, or the SOA that says why there are none.
  Response collect(const std::string& name, std::uint16_t type) const;

  const Script& script_;
  Counts& counts_;
  std::map<std::pair<const DnsManner*, std::string>, std::size_t> uses_;
};

}  // namespace leadverify::world
