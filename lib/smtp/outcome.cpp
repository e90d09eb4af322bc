#include "smtp/outcome.hpp"

namespace leadverify {

std::string_view to_string(TransportFault fault) {
  switch (fault) {
    case TransportFault::not_permitted: return "the address is not public";
    case TransportFault::refused: return "the connection was refused";
    case TransportFault::hung_up: return "the server hung up";
    case TransportFault::timed_out: return "the server did not answer in time";
    case TransportFault::shortage: return "this host ran out of descriptors, ports or buffers";
    case TransportFault::tls_failed: return "TLS failed";
  }
  return {};
}

}  // namespace leadverify
