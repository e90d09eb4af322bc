// What the secured sessions of a run share: how TLS is spoken, and the tickets by which
// servers let us resume.
//
// It is spoken as RFC 7435 has it: some security rather than none. Versions are 1.2 and 1.3;
// the certificate is looked at, and what it is worth is told, but nobody is turned down over
// it: the answer to RCPT is the same for everybody.
#pragma once

#include "smtp/tls_stream.hpp"

#include <memory>
#include <string>

namespace leadverify {

/// Any thread's.
class TlsContext {
 public:
  /// Costs nothing: what is needed is set up with the first stream.
  TlsContext();
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// A client's stream to the server called `host`; empty: it has no name that it could be told.
  std::unique_ptr<TlsStream> make_stream(const std::string& host);

 private:
  class Shared;

  std::unique_ptr<Shared> shared_;
};

}  // namespace leadverify
