// A DNS server on 127.0.0.1, over UDP and TCP, that answers as a test's script says.
#pragma once

#include "base/asio.hpp"
#include "base/ip.hpp"
#include "support/dns_message.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leadverify {

class LoopbackNameServer {
 public:
  struct Question {
    std::string name;
    std::uint16_t type = 0;
    bool over_tcp = false;
    bool with_edns = false;
  };
  /// The answer's octets, whose ID is put in by the server; absent: silence.
  using Script = std::function<std::optional<DnsOctets>(const Question&)>;

  LoopbackNameServer(asio::any_io_executor executor, Script script);
  LoopbackNameServer(const LoopbackNameServer&) = delete;
  LoopbackNameServer& operator=(const LoopbackNameServer&) = delete;
  /// Closes the sockets; the io_context has no more work from here.
  ~LoopbackNameServer();

  Endpoint endpoint() const;
  /// Every question that has come, in order.
  const std::vector<Question>& questions() const;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

/// A loopback port at which nobody listens.
Endpoint dead_endpoint();

}  // namespace leadverify
