// One side of a TLS connection, without a socket: octets come in and go out enciphered.
//
// It is told what came from the other side and says what is to be sent there; whoever
// holds the connection does the waiting. Between two records it keeps no buffers, so that
// a session that waits for a reply costs little more than its keys and the server's
// certificate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct ssl_st;

namespace leadverify {

class TlsStream {
 public:
  struct FreeSsl {
    void operator()(ssl_st* ssl) const;
  };
  using Ssl = std::unique_ptr<ssl_st, FreeSsl>;

  /// `ssl` knows whether it is the client or the server, and has sent nothing yet.
  explicit TlsStream(Ssl ssl);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  enum class Step : std::uint8_t {
    done,
    needs_octets,  // from the other side: take_output() may hold what they answer
    over,          // the other side has ended the connection in order
    failed,        // the stream is of no more use: fault() says why
  };

  /// Goes on with the handshake. After each call there may be output.
  Step shake_hands();

  /// What was agreed on, and what the certificate is worth. REQUIRES: shake_hands() was done.
  std::string describe() const;

  /// Takes in octets from the other side.
  void feed(std::string_view octets);

  struct Reading {
    Step step = Step::done;
    std::size_t length = 0;  // octets read, at least one; if done
  };
  /// Deciphers as much as `space` takes. There may be output afterwards. Fails at what goes on and
  /// on about TLS itself (tickets, calls for another handshake), and holds nothing to be read: in
  /// 32 KiB of that.
  Reading read(std::span<char> space);

  /// Would read() give something, or fail, without a further octet from the other side?
  bool has_octets();

  /// Enciphers `octets` into the output: done or failed.
  Step write(std::string_view octets);

  /// What is to be sent to the other side.
  std::string take_output();

  /// The reason in a few words, if a step has failed.
  const std::string& fault() const { return fault_; }

 private:
  struct Wire;

  Step step_after(int result);

  std::unique_ptr<Wire> wire_;  // what the library reads and writes; outlives ssl_
  Ssl ssl_;
  std::size_t unreadable_ = 0;  // octets that came since there last was something to read
  std::string fault_;
};

}  // namespace leadverify
