#include "world/server_tls.hpp"

#include <new>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace leadverify::world {
namespace {

constexpr const char* server_name = "mail-world.example.org";

/// A certificate for `key`, signed by itself.
X509* make_certificate(EVP_PKEY* key) {
  X509* const certificate = X509_new();
  if (certificate == nullptr) throw std::bad_alloc();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400);
  X509_set_pubkey(certificate, key);
  X509_NAME* const name = X509_get_subject_name(certificate);
  const auto* const text = reinterpret_cast<const unsigned char*>(server_name);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_sign(certificate, key, EVP_sha256());
  return certificate;
}

}  // namespace

struct ServerTls::Context {
  explicit Context(std::size_t tickets) : ssl(SSL_CTX_new(TLS_server_method())) {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    if (ssl == nullptr || key == nullptr) throw std::bad_alloc();
    X509* const certificate = make_certificate(key);
    SSL_CTX_use_certificate(ssl, certificate);
    SSL_CTX_use_PrivateKey(ssl, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_num_tickets(ssl, tickets);
  }
  ~Context() { SSL_CTX_free(ssl); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  SSL_CTX* const ssl;
};

ServerTls::ServerTls(std::size_t tickets) : tickets_(tickets) {}
ServerTls::~ServerTls() = default;

std::unique_ptr<TlsStream> ServerTls::make_stream() {
  if (!context_) context_ = std::make_unique<Context>(tickets_);
  TlsStream::Ssl ssl(SSL_new(context_->ssl));
  if (!ssl) throw std::bad_alloc();
  SSL_set_accept_state(ssl.get());
  return std::make_unique<TlsStream>(std::move(ssl));
}

}  // namespace leadverify::world
