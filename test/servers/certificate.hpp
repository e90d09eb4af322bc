// Certificates for servers that speak TLS, made for one test and signed by nobody else.
#pragma once

#include "servers/server_root.hpp"

namespace leadverify::servers {

/// Makes /etc/tls/key.pem and /etc/tls/certificate.pem with an RSA key, and the same with an
/// elliptic curve's, as ec-key.pem and ec-certificate.pem; by the openssl program.
void make_certificates(const ServerRoot& root);

}  // namespace leadverify::servers
