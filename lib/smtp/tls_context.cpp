#include "smtp/tls_context.hpp"

#include "base/host_name.hpp"

#include <deque>
#include <mutex>
#include <new>
#include <openssl/ssl.h>
#include <unordered_map>
#include <utility>

namespace leadverify {
namespace {

// A ticket holds the server's certificates, some 10 KB. The servers that many sessions go to are
// few.
constexpr std::size_t most_tickets = 200;
constexpr long longest_certificates = 48L * 1024;  // octets, of a server's whole chain

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeTicket {
  void operator()(SSL_SESSION* ticket) const { SSL_SESSION_free(ticket); }
};
using Ticket = std::unique_ptr<SSL_SESSION, FreeTicket>;

/// The last ticket of each server.
class Tickets {
 public:
  void keep(const std::string& host, Ticket ticket) {
    const std::scoped_lock lock(mutex_);
    const auto [place, is_new] = tickets_.insert_or_assign(host, std::move(ticket));
    if (!is_new) return;
    order_.push_back(host);
    if (order_.size() <= most_tickets) return;
    tickets_.erase(order_.front());
    order_.pop_front();
  }

  /// A ticket to `host`, if there is one: a copy, since a session writes on its own.
  Ticket copy(const std::string& host) {
    const std::scoped_lock lock(mutex_);
    const auto found = tickets_.find(host);
    return Ticket(found == tickets_.end() ? nullptr : SSL_SESSION_dup(found->second.get()));
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, Ticket> tickets_;
  std::deque<std::string> order_;  // in which they came first
};

}  // namespace

class TlsContext::Shared {
 public:
  std::unique_ptr<TlsStream> make_stream(const std::string& host) {
    std::call_once(set_up_, [this] { set_up(); });
    TlsStream::Ssl ssl(SSL_new(context_.get()));
    if (!ssl) throw std::bad_alloc();
    SSL_set_connect_state(ssl.get());
    if (is_host_name(host)) {
      SSL_set_tlsext_host_name(ssl.get(), host.c_str());
      SSL_set1_host(ssl.get(), host.c_str());
      if (const Ticket ticket = tickets_.copy(host)) SSL_set_session(ssl.get(), ticket.get());
    }
    return std::make_unique<TlsStream>(std::move(ssl));
  }

 private:
  void set_up() {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    if (!context_) throw std::bad_alloc();
    SSL_CTX* const context = context_.get();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_max_cert_list(context, longest_certificates);
    // Old keys and signatures too: the other choice would be the clear. But no Diffie-Hellman in
    // finite fields: the server chooses the modulus, and one of 10,000 bits costs us a third of a
    // second of computing.
    SSL_CTX_set_cipher_list(context, "DEFAULT:!kDHE:!kDHEPSK");
    SSL_CTX_set1_groups_list(context, "X25519:P-256:X448:P-521:P-384");
    SSL_CTX_set_security_level(context, 0);
    // The certificate is checked against these, and never turned down. They are read one by one,
    // as issuers are met.
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_default_verify_paths(context);

    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_set_app_data(context, this);
    SSL_CTX_sess_set_new_cb(context, on_ticket);
  }

  /// 1: `session` is ours now.
  static int on_ticket(SSL* ssl, SSL_SESSION* session) {
    const char* const host = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (host == nullptr || SSL_SESSION_is_resumable(session) == 0) return 0;
    auto* const shared = static_cast<Shared*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    shared->tickets_.keep(host, Ticket(session));
    return 1;
  }

  std::once_flag set_up_;
  std::unique_ptr<SSL_CTX, FreeContext> context_;
  Tickets tickets_;  // gone before the context
};

TlsContext::TlsContext() : shared_(std::make_unique<Shared>()) {}
TlsContext::~TlsContext() = default;

std::unique_ptr<TlsStream> TlsContext::make_stream(const std::string& host) {
  return shared_->make_stream(host);
}

}  // namespace leadverify
