// TLS as the servers of a mail world speak it: with a certificate that each world makes for
// itself, and that nobody has reason to trust.
#pragma once

#include "smtp/tls_stream.hpp"

#include <cstddef>
#include <memory>

namespace leadverify::world {

/// One thread's.
class ServerTls {
 public:
  /// Costs nothing: the certificate is made for the first stream. `tickets` come behind each
  /// handshake.
  explicit ServerTls(std::size_t tickets = 2);
  ~ServerTls();
  ServerTls(const ServerTls&) = delete;
  ServerTls& operator=(const ServerTls&) = delete;

  /// A server's side of a connection.
  std::unique_ptr<TlsStream> make_stream();

 private:
  struct Context;

  std::size_t tickets_;
  std::unique_ptr<Context> context_;
};

}  // namespace leadverify::world
