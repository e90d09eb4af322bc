#include "smtp/tls_stream.hpp"

#include <algorithm>
#include <new>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <utility>

namespace leadverify {
namespace {

// Two records of the longest kind: of a whole one there is something to read, or it is TLS's own.
constexpr std::size_t most_unreadable = 32 * 1024;

}  // namespace

/// The connection as OpenSSL sees it: octets that came, and room for those that go.
struct TlsStream::Wire {
  std::string came;
  std::size_t taken = 0;  // of them
  std::string goes;

  static Wire& of(BIO* bio) { return *static_cast<Wire*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* space, int size) {
    BIO_clear_retry_flags(bio);
    Wire& wire = of(bio);
    const std::size_t length =
        wire.came.copy(space, static_cast<std::size_t>(std::max(0, size)), wire.taken);
    wire.taken += length;
    if (length > 0) return static_cast<int>(length);
    wire.came = {};
    wire.taken = 0;
    BIO_set_retry_read(bio);
    return -1;
  }

  static int write(BIO* bio, const char* octets, int length) {
    BIO_clear_retry_flags(bio);
    of(bio).goes.append(octets, static_cast<std::size_t>(std::max(0, length)));
    return length;
  }

  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

  static const BIO_METHOD* method() {
    struct Free {
      void operator()(BIO_METHOD* made) const { BIO_meth_free(made); }
    };
    static const std::unique_ptr<BIO_METHOD, Free> made = [] {
      std::unique_ptr<BIO_METHOD, Free> fresh(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "wire"));
      if (!fresh) throw std::bad_alloc();
      BIO_meth_set_read(fresh.get(), read);
      BIO_meth_set_write(fresh.get(), write);
      BIO_meth_set_ctrl(fresh.get(), control);
      return fresh;
    }();
    return made.get();
  }
};

void TlsStream::FreeSsl::operator()(ssl_st* ssl) const {
  SSL_free(ssl);
}

TlsStream::TlsStream(Ssl ssl) : wire_(std::make_unique<Wire>()), ssl_(std::move(ssl)) {
  BIO* const bio = BIO_new(Wire::method());
  if (!ssl_ || bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, wire_.get());
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);
}

TlsStream::~TlsStream() {
  // Nobody is told goodbye, and the session can be resumed all the same.
  SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

TlsStream::Step TlsStream::shake_hands() {
  ERR_clear_error();
  unreadable_ = 0;
  return step_after(SSL_do_handshake(ssl_.get()));
}

std::string TlsStream::describe() const {
  std::string text = SSL_get_version(ssl_.get());
  text += " with ";
  text += SSL_get_cipher_name(ssl_.get());
  if (SSL_session_reused(ssl_.get()) == 1) text += ", resumed";
  const long verdict = SSL_get_verify_result(ssl_.get());
  if (verdict == X509_V_OK) return text + "; the certificate would verify";
  return text + "; the certificate would not verify: " + X509_verify_cert_error_string(verdict);
}

void TlsStream::feed(std::string_view octets) {
  wire_->came.append(octets);
  unreadable_ += octets.size();
}

TlsStream::Reading TlsStream::read(std::span<char> space) {
  ERR_clear_error();
  std::size_t length = 0;
  const Step step = step_after(SSL_read_ex(ssl_.get(), space.data(), space.size(), &length));
  if (step == Step::done) unreadable_ = 0;
  if (step != Step::needs_octets || unreadable_ <= most_unreadable) return {step, length};
  fault_ = "nothing but TLS's own messages, and no end of them";
  return {Step::failed, 0};
}

bool TlsStream::has_octets() {
  ERR_clear_error();
  char octet = 0;
  std::size_t length = 0;
  if (SSL_peek_ex(ssl_.get(), &octet, 1, &length) == 1) {
    unreadable_ = 0;
    return true;
  }
  return unreadable_ > most_unreadable;
}

TlsStream::Step TlsStream::write(std::string_view octets) {
  ERR_clear_error();
  std::size_t length = 0;
  return step_after(SSL_write_ex(ssl_.get(), octets.data(), octets.size(), &length));
}

std::string TlsStream::take_output() {
  return std::exchange(wire_->goes, {});
}

/// `result` is what the last call gave: 1 is success. To be asked before any other call.
TlsStream::Step TlsStream::step_after(int result) {
  if (result == 1) return Step::done;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ: return Step::needs_octets;
    case SSL_ERROR_ZERO_RETURN: return Step::over;
    default: break;
  }
  const char* const reason = ERR_reason_error_string(ERR_peek_error());
  fault_ = reason == nullptr ? "for no reason given" : reason;
  ERR_clear_error();
  return Step::failed;
}

}  // namespace leadverify
